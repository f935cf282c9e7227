// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>
#include <string_view>

namespace octotrail::cli {

/// Standard output as a device, unbuffered. When its reader has gone (head has seen enough), writing fails quietly.
class StandardOutput : public QIODevice
{
    Q_OBJECT

public:
    StandardOutput();

    /// Whether there is nobody left to read it: no failure of ours.
    bool isAbandoned() const { return m_isAbandoned; }
    bool print(std::string_view bytes);
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    bool m_isAbandoned = false;
};

} // namespace octotrail::cli
