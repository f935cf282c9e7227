// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/Background.h"
#include "simulator/EventLog.h"
#include "simulator/EventWriter.h"
#include "simulator/Faults.h"
#include "simulator/Scene.h"
#include "simulator/Simulator.h"
#include "simulator/StoryCalendar.h"

#include <mutex>
#include <queue>
#include <vector>

namespace octotrail::simulator {

/// Lets time pass in the company and writes what happens into a log. What happens up to a moment is a function of the
/// seed and the start alone, however often and in whatever steps advance() is called.
class Timeline
{
public:
    struct Setup
    {
        std::uint64_t seed = 1;
        event::Timestamp start; ///< end of the history, begin of live time
        std::chrono::hours history{24};
        int eventsPerMinute = 120;
        int historyEventsPerMinute = 20;
        LogFaults faults;
        bool stories = true;
    };

    Timeline(const Company &company, const Setup &setup, EventLog &log);

    /// Everything that was persisted up to this moment is in the log afterwards.
    void advance(event::Timestamp now);

    /// The attacks as far as they are in the log. Any thread.
    std::vector<Story> stories() const;

private:
    /// An attack with when its events come into the log.
    struct Told
    {
        std::string_view name;
        event::Timestamp begin;
        struct Part
        {
            event::Timestamp published;
            event::Timestamp persisted;
            std::string uuid;
        };
        std::vector<Part> parts; ///< by published
    };
    struct Pending
    {
        event::Timestamp persisted;
        std::uint64_t number; ///< in the order of writing, for equal times
        event::Timestamp published;
        event::Timestamp visible;
        std::string line;
        bool operator>(const Pending &other) const
        {
            return std::pair(persisted, number) > std::pair(other.persisted, other.number);
        }
    };
    void liveThroughSlice();
    Told::Part take(const EventDraft &draft, Random &random);
    void tell(const StoryCalendar::Entry &entry);
    static std::chrono::seconds upToTwoHours(Random &random);
    event::Timestamp persistenceOf(event::Timestamp published, Random &random) const;

    const Company &m_company;
    Setup m_setup;
    EventLog &m_log;
    EventWriter m_writer;
    Background m_background;
    StoryCalendar m_calendar;
    mutable std::mutex m_toldMutex;
    std::vector<Told> m_told;
    event::Timestamp m_now; ///< guarded by m_toldMutex: up to when the log is complete
    event::Timestamp m_begin;
    std::uint64_t m_slice = 0; ///< the next one
    double m_owed = 0; ///< events of background traffic that are due
    std::uint64_t m_written = 0;
    std::priority_queue<Pending, std::vector<Pending>, std::greater<>> m_pending;
};

} // namespace octotrail::simulator
