// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::simulator {

/// The organization's log: lines in the order in which they were persisted, which is not the order in which they
/// happened. One thread appends and reads; lines() may be called from any.
class EventLog
{
public:
    using Timestamp = event::Timestamp;

    /// persisted must not step back; what does is taken as persisted with its predecessor.
    void append(std::string line, Timestamp published, Timestamp persisted);
    /// The same for a line that keeps its place, but is seen by nobody before then.
    void append(std::string line, Timestamp published, Timestamp persisted, Timestamp visible);
    /// A line whose bytes the caller keeps for as long as the log lives.
    void appendView(std::string_view line, Timestamp published, Timestamp persisted);
    /// What was appended so far was there before anyone could ask: see firstPersistedSince(). loaded is when, or the
    /// beginning of time if the log is a company's own.
    void closeHistory(Timestamp loaded);

    std::size_t size() const { return m_entries.size(); }
    std::string_view line(std::size_t index) const { return m_entries[index].line; }
    Timestamp published(std::size_t index) const { return m_entries[index].published; }
    Timestamp persisted(std::size_t index) const { return m_entries[index].persisted; }
    bool isVisible(std::size_t index, Timestamp now) const { return m_entries[index].visible <= now; }

    /// Where a poll that starts at this time begins. A history that ended more than an hour before it was loaded counts
    /// as persisted when it was loaded for who asks for a time after its end: so an old file is served whole to who
    /// wants the last days, and in part to who names a time within it.
    std::size_t firstPersistedSince(Timestamp since) const;

    /// Indexes into the log, ordered by published, then by persistence.
    const std::vector<std::uint32_t> &byPublished() const;

    std::vector<std::string> lines() const;

private:
    struct Entry
    {
        std::string_view line;
        Timestamp published;
        Timestamp persisted;
        Timestamp visible = Timestamp::min();
    };
    void push(Entry entry);

    mutable std::mutex m_mutex; ///< held by the owner while it changes, by others while they read
    std::deque<std::string> m_storage;
    std::vector<Entry> m_entries;
    std::size_t m_historySize = 0;
    Timestamp m_servedWholeUntil = Timestamp::min();
    mutable std::vector<std::uint32_t> m_byPublished; ///< lags behind m_entries until it is asked for
};

} // namespace octotrail::simulator
