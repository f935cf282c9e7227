// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/StoryCalendar.h"

#include "simulator/Random.h"

#include <algorithm>

namespace octotrail::simulator {

using namespace std::chrono_literals;
using event::Timestamp;

namespace {

constexpr auto firstLive = 6s; // soon enough for a demo that runs half a minute
constexpr auto betweenLive = 150s;
constexpr auto longestStory = 45min; // so that what begins in the history also ends in it

} // namespace

StoryCalendar::StoryCalendar(std::uint64_t seed, Timestamp historyBegin, Timestamp start)
    : m_seed(seed)
    , m_start(start)
{
    for (const auto &group : {plots::againstPeople(), plots::againstAdministration()}) {
        for (const Plot &plot : group) {
            m_plots.push_back(&plot);
        }
    }
    Random random(seed, 0x5701);
    const auto span = std::chrono::duration_cast<std::chrono::milliseconds>(start - historyBegin);
    const auto room = span > 2 * longestStory ? span - longestStory : span / 4;
    if (room <= 0ms) {
        return;
    }
    for (const Plot *plot : m_plots) {
        const auto offset
            = std::chrono::milliseconds(static_cast<std::int64_t>(random.unit() * static_cast<double>(room.count())));
        m_history.push_back({historyBegin + offset, plot});
    }
    std::ranges::sort(m_history, {}, &Entry::begin);
}

std::vector<StoryCalendar::Entry> StoryCalendar::between(Timestamp from, Timestamp until) const
{
    std::vector<Entry> result;
    const auto first = std::ranges::lower_bound(m_history, from, {}, &Entry::begin);
    for (auto entry = first; entry != m_history.end() && entry->begin < until; ++entry) {
        result.push_back(*entry);
    }
    if (until > m_start + firstLive) {
        const auto sinceFirst = std::max(from - (m_start + firstLive), std::chrono::microseconds(0));
        for (auto number = (sinceFirst + betweenLive - 1us) / betweenLive;; ++number) {
            const Timestamp begin = m_start + firstLive + number * betweenLive;
            if (begin >= until) {
                break;
            }
            result.push_back({begin, m_plots[(static_cast<std::uint64_t>(number) + m_seed - 1) % m_plots.size()]});
        }
    }
    return result;
}

} // namespace octotrail::simulator
