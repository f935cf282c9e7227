// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/duckdb/Chunk.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace octotrail::store {

/// Chunks that a thread of its own reads, some of them before they are asked for: who uses them need not wait for them.
/// next() may be called from any thread, by one at a time.
class ReadAhead
{
public:
    /// The next chunk, nullopt after the last.
    using Read = std::function<event::Result<std::optional<duckdb::Chunk>>()>;

    /// Calls it in the other thread until there are no more, it fails, or this is destroyed, which waits for it.
    explicit ReadAhead(Read read);

    /// The next chunk, null after the last; it lives until this is called again. What the reading failed with comes
    /// after the chunks before it.
    event::Result<const duckdb::Chunk *> next();

private:
    void run(const std::stop_token &stop, const Read &read);

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<event::Result<std::optional<duckdb::Chunk>>> m_ready;
    std::optional<duckdb::Chunk> m_given;
    std::jthread m_thread; ///< the last member: it ends before the others do
};

} // namespace octotrail::store
