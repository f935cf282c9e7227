// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"
#include "simulator/Plots.h"

#include <optional>
#include <string>
#include <vector>

namespace octotrail::simulator {

/// Which attack begins when: each once in the history, and after its end one after the other.
class StoryCalendar
{
public:
    struct Entry
    {
        event::Timestamp begin;
        const Plot *plot = nullptr;
    };

    StoryCalendar(std::uint64_t seed, event::Timestamp historyBegin, event::Timestamp start);

    /// The entries that begin in [from, until), in order.
    std::vector<Entry> between(event::Timestamp from, event::Timestamp until) const;

private:
    std::uint64_t m_seed;
    event::Timestamp m_start;
    std::vector<const Plot *> m_plots;
    std::vector<Entry> m_history; ///< by begin
};

} // namespace octotrail::simulator
