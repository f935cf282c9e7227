// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/ByteSource.h"

#include <optional>

namespace octotrail::exchange {

class Decoder;

/// The text of a source: unpacks gzip and zstd, told by their magic numbers.
/// Keeps no more than a piece in memory, whatever the file claims. For one thread.
class Unpacker
{
public:
    explicit Unpacker(ByteSource &source);
    ~Unpacker();

    /// The next piece of text, valid until the next call; empty at the end. InvalidInput if the rest cannot be
    /// unpacked: what came before is good.
    event::Result<std::string_view> next(const std::stop_token &stop);

private:
    event::Status start(const std::stop_token &stop);
    event::Result<std::string_view> unpackOn(const std::stop_token &stop);

    ByteSource &m_source;
    std::unique_ptr<Decoder> m_decoder;
    std::string m_head; ///< what was read to tell the format
    std::string_view m_input; ///< packed bytes that are still to be unpacked
    std::unique_ptr<char[]> m_output;
    std::optional<event::Error> m_error; ///< to be told after what was unpacked before it
    bool m_started = false;
    bool m_sourceEnded = false;
};

} // namespace octotrail::exchange
