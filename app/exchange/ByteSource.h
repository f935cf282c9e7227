// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/TextInput.h"

#include <QString>
#include <QtGlobal>
#include <memory>
#include <optional>

namespace octotrail::exchange {

/// A file, a pipe or standard input, read from its beginning to its end, a piece at a time. For one thread.
class ByteSource : public TextInput
{
public:
    /// "-" is standard input. The sentence of an error names the file.
    static event::Result<std::unique_ptr<ByteSource>> open(const QString &name);
    ~ByteSource() override;
    ByteSource(const ByteSource &) = delete;
    ByteSource &operator=(const ByteSource &) = delete;

    const QString &caption() const override { return m_caption; }
    /// nullopt for what has no size: pipes, terminals.
    std::optional<qint64> size() const { return m_size; }
    qint64 position() const override { return m_position; }

    /// Waits for a slow writer at the other end of a pipe, but not beyond a request to stop.
    event::Result<std::string_view> read(const std::stop_token &stop) override;

private:
    ByteSource(int descriptor, bool owned, QString caption);

    int m_descriptor;
    bool m_owned;
    bool m_mayBlock = true;
    QString m_caption;
    std::optional<qint64> m_size;
    qint64 m_position = 0;
    std::unique_ptr<char[]> m_buffer;
};

} // namespace octotrail::exchange
