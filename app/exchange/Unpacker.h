// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/TextInput.h"

#include <memory>
#include <optional>
#include <string>

namespace octotrail::exchange {

class Decoder;

/// The text of an input: unpacks gzip and zstd, told by their magic numbers.
/// Keeps no more than a piece in memory, whatever the file claims, and ends where it unpacks to more than any log does.
/// For one thread.
class Unpacker
{
public:
    explicit Unpacker(TextInput &source);
    ~Unpacker();

    /// The next piece of text, valid until the next call; empty at the end. InvalidInput if the rest cannot be
    /// unpacked: what came before is good.
    event::Result<std::string_view> next(const std::stop_token &stop);
    /// "gzip" or "zstd", or nothing; known after the first call of next().
    const QString &format() const { return m_format; }

private:
    event::Status start(const std::stop_token &stop);
    event::Result<std::string_view> unpackOn(const std::stop_token &stop);

    TextInput &m_source;
    std::unique_ptr<Decoder> m_decoder;
    QString m_format;
    qint64 m_unpacked = 0;
    std::string m_head; ///< what was read to tell the format
    std::string_view m_input; ///< packed bytes that are still to be unpacked
    std::unique_ptr<char[]> m_output;
    std::optional<event::Error> m_error; ///< to be told after what was unpacked before it
    bool m_started = false;
    bool m_sourceEnded = false;
};

} // namespace octotrail::exchange
