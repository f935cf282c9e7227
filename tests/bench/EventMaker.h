// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"

#include <cstdint>
#include <string>
#include <vector>

namespace octotrail::bench {

/// Makes System Log events with Okta's field layout: an organization of some thousand people with their habits,
/// sixty event types in believable proportions. The same events for the same seed, everywhere.
class EventMaker
{
public:
    explicit EventMaker(std::uint64_t seed);
    /// The first event is published at start.
    EventMaker(std::uint64_t seed, event::Timestamp start);

    /// Writes the next event into json, replacing what is there. Time goes on by some seconds on the average.
    void next(std::string &json);

private:
    struct Person
    {
        std::string id, login, name, ip, device, deviceName, agent, fingerprint, tokenHash;
        std::size_t city;
        std::size_t network;
        std::size_t system;
        std::string session; ///< of today
        std::int64_t sessionUntil = 0; ///< microseconds
    };
    struct App
    {
        std::string id, instance, name;
    };

    std::uint64_t random();
    std::size_t below(std::size_t limit);
    bool chance(double probability);
    std::string token(std::size_t length);
    std::string hex(std::size_t length);
    std::string uuid();
    void writePlace(std::string &json, std::size_t city) const;

    std::uint64_t m_state;
    std::int64_t m_now; ///< microseconds
    std::vector<Person> m_people;
    std::vector<App> m_apps;
};

} // namespace octotrail::bench
