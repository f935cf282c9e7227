// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ReadAhead.h"

#include <utility>

namespace octotrail::store {

namespace {

constexpr std::size_t mostReady = 32; ///< chunks: some ten thousand rows

} // namespace

ReadAhead::ReadAhead(Read read)
    : m_thread([this, read = std::move(read)](const std::stop_token &stop) { run(stop, read); })
{ }

void ReadAhead::run(const std::stop_token &stop, const Read &read)
{
    for (bool isLast = false; !isLast && !stop.stop_requested();) {
        auto chunk = read();
        isLast = !chunk || !*chunk;
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, stop, [this] { return m_ready.size() < mostReady; });
        m_ready.push_back(std::move(chunk));
        m_changed.notify_all();
    }
}

event::Result<const duckdb::Chunk *> ReadAhead::next()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_ready.empty(); });
    auto &front = m_ready.front();
    if (!front) {
        return tl::unexpected(front.error()); // and at each further call
    }
    if (!*front) {
        return nullptr;
    }
    m_given = std::move(*front);
    m_ready.pop_front();
    m_changed.notify_all();
    return &*m_given;
}

} // namespace octotrail::store
