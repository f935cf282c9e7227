// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/Company.h"
#include "simulator/ProfileChange.h"
#include "simulator/Random.h"

#include <optional>
#include <string>
#include <vector>

namespace octotrail::simulator {

/// The users and devices of a company as the management API has them: as the company was made at first, and then
/// changed as time goes on: people move, leave and are deleted, devices come. The same for a seed.
class ProfileDirectory
{
public:
    ProfileDirectory(const Company &company, std::uint64_t seed, int changesPerHour);

    template <class What>
    struct Entry
    {
        What now;
        std::optional<What> before; ///< as it was until changed; none: it was not there, or never changed
        std::optional<event::Timestamp> changed;
        bool isNew = false;
        bool isGone = false;
    };

    /// By id.
    const std::vector<Entry<Person>> &people() const { return m_people; }
    const std::vector<Entry<Device>> &devices() const { return m_devices; }
    const Person &owner(const Device &device) const;

    /// Lets happen what is due since start; now is the moment that the changes get.
    void advance(std::chrono::microseconds sinceStart, event::Timestamp now);
    /// Lets this happen to someone whom it fits. Their id, or that of the device; empty if it fits nobody.
    std::string change(ProfileChange change, event::Timestamp now);

private:
    Entry<Person> *someone(std::initializer_list<std::string_view> statuses);
    static Person &touch(Entry<Person> &entry, event::Timestamp now);
    static Device &touch(Entry<Device> &entry, event::Timestamp now);
    std::string enrol(event::Timestamp now);

    const Company &m_company;
    Random m_random;
    std::vector<Entry<Person>> m_people;
    std::vector<Entry<Device>> m_devices;
    std::vector<std::size_t> m_byIndex; ///< where a person of the company stands in m_people
    int m_changesPerHour;
    std::int64_t m_done = 0;
};

} // namespace octotrail::simulator
