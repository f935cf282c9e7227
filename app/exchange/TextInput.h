// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QString>
#include <stop_token>
#include <string_view>

namespace octotrail::exchange {

/// Bytes that are read from their beginning to their end, a piece at a time. For one thread.
class TextInput
{
public:
    virtual ~TextInput() = default;

    /// The name for people.
    virtual const QString &caption() const = 0;
    /// How many bytes of the file were read so far.
    virtual qint64 position() const = 0;
    /// The next bytes, valid until the next call; empty at the end. Cancelled on a request to stop.
    virtual event::Result<std::string_view> read(const std::stop_token &stop) = 0;
};

/// Whether so much came of so little that it is a bomb: text that is packed better than any log can be.
constexpr bool isBomb(qint64 packed, qint64 unpacked)
{
    constexpr qint64 harmless = qint64{64} << 20;
    constexpr qint64 mostTimes = 500;
    return unpacked > harmless && unpacked / mostTimes > packed;
}

QString bombSentence(const QString &caption);

} // namespace octotrail::exchange
