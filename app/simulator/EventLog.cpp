// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/EventLog.h"

#include <algorithm>
#include <numeric>

namespace octotrail::simulator {

void EventLog::append(std::string line, Timestamp published, Timestamp persisted)
{
    const std::scoped_lock lock(m_mutex);
    m_storage.push_back(std::move(line));
    push({m_storage.back(), published, persisted, Timestamp::min()});
}

void EventLog::append(std::string line, Timestamp published, Timestamp persisted, Timestamp visible)
{
    const std::scoped_lock lock(m_mutex);
    m_storage.push_back(std::move(line));
    push({m_storage.back(), published, persisted, visible});
}

void EventLog::appendView(std::string_view line, Timestamp published, Timestamp persisted)
{
    const std::scoped_lock lock(m_mutex);
    push({line, published, persisted, Timestamp::min()});
}

void EventLog::push(Entry entry)
{
    if (!m_entries.empty()) {
        entry.persisted = std::max(entry.persisted, m_entries.back().persisted);
    }
    m_entries.push_back(entry);
}

void EventLog::closeHistory(Timestamp loaded)
{
    m_historySize = m_entries.size();
    if (!m_entries.empty() && m_entries.back().persisted + std::chrono::hours(1) < loaded) {
        m_servedWholeUntil = loaded;
    }
}

std::size_t EventLog::firstPersistedSince(Timestamp since) const
{
    const auto first = std::ranges::lower_bound(m_entries, since, {}, &Entry::persisted);
    const auto index = static_cast<std::size_t>(first - m_entries.begin());
    if (index == m_historySize && since <= m_servedWholeUntil) {
        return 0;
    }
    return index;
}

const std::vector<std::uint32_t> &EventLog::byPublished() const
{
    const auto earlier = [this](std::uint32_t a, std::uint32_t b) {
        return std::pair(m_entries[a].published, a) < std::pair(m_entries[b].published, b);
    };
    const auto sortedSize = static_cast<std::ptrdiff_t>(m_byPublished.size());
    if (m_byPublished.size() < m_entries.size()) {
        m_byPublished.resize(m_entries.size());
        const auto fresh = m_byPublished.begin() + sortedSize;
        std::iota(fresh, m_byPublished.end(), static_cast<std::uint32_t>(sortedSize));
        std::sort(fresh, m_byPublished.end(), earlier);
        // New events are rarely far from the end: merge from where the oldest of them belongs.
        const auto from = std::upper_bound(m_byPublished.begin(), fresh, *fresh, earlier);
        std::inplace_merge(from, fresh, m_byPublished.end(), earlier);
    }
    return m_byPublished;
}

std::vector<std::string> EventLog::lines() const
{
    const std::scoped_lock lock(m_mutex);
    std::vector<std::string> result;
    result.reserve(m_entries.size());
    for (const Entry &entry : m_entries) {
        result.emplace_back(entry.line);
    }
    return result;
}

} // namespace octotrail::simulator
