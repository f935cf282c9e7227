// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/ProfileDirectory.h"

#include <algorithm>
#include <array>

namespace octotrail::simulator {

using event::Timestamp;

ProfileDirectory::ProfileDirectory(const Company &company, std::uint64_t seed, int changesPerHour)
    : m_company(company)
    , m_random(seed, 0xd1)
    , m_changesPerHour(changesPerHour)
{
    for (const Person &person : company.people()) {
        m_people.push_back({person, {}, {}, false, false});
    }
    for (const Device &device : company.devices()) {
        m_devices.push_back({device, {}, {}, false, false});
    }
    const auto id = [](const auto &entry) -> const std::string & { return entry.now.id; };
    std::ranges::sort(m_people, {}, id);
    std::ranges::sort(m_devices, {}, id);
    for (const Person &person : company.people()) {
        const auto at = std::ranges::lower_bound(m_people, person.id, {}, id);
        m_byIndex.push_back(static_cast<std::size_t>(at - m_people.begin()));
    }
}

const Person &ProfileDirectory::owner(const Device &device) const
{
    return m_people[m_byIndex[device.owner]].now;
}

Person &ProfileDirectory::touch(Entry<Person> &entry, Timestamp now)
{
    entry.before = entry.now;
    entry.changed = now;
    entry.now.lastUpdated = std::chrono::floor<std::chrono::milliseconds>(now);
    return entry.now;
}

Device &ProfileDirectory::touch(Entry<Device> &entry, Timestamp now)
{
    if (entry.isNew && entry.changed) {
        entry.isNew = false;
    }
    entry.before = entry.now;
    entry.changed = now;
    entry.now.lastUpdated = std::chrono::floor<std::chrono::milliseconds>(now);
    return entry.now;
}

/// The administrators stay as they are: the log speaks of them, and somebody has to do the rest.
ProfileDirectory::Entry<Person> *ProfileDirectory::someone(std::initializer_list<std::string_view> statuses)
{
    std::vector<Entry<Person> *> fitting;
    for (Entry<Person> &entry : m_people) {
        const bool fits = std::ranges::find(statuses, entry.now.status) != statuses.end();
        if (fits && !entry.isGone && entry.now.adminRole.empty()) {
            fitting.push_back(&entry);
        }
    }
    return fitting.empty() ? nullptr : m_random.pickFrom(fitting);
}

std::string ProfileDirectory::enrol(Timestamp now)
{
    Entry<Person> *owner = someone({"ACTIVE"});
    if (!owner) {
        return {};
    }
    const auto at = std::ranges::find(m_company.people(), owner->now.id, &Person::id);
    Device device;
    device.id = m_random.id("guo");
    device.name = owner->now.firstName + "'s iPad";
    device.platform = "IOS";
    device.osVersion = "18.5";
    device.manufacturer = "APPLE";
    device.model = "iPad14,3";
    device.serialNumber = m_random.text(10, "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789");
    device.udid = m_random.uuid();
    device.owner = static_cast<std::size_t>(at - m_company.people().begin());
    device.created = std::chrono::floor<std::chrono::milliseconds>(now);
    device.lastUpdated = device.created;
    const std::string id = device.id;
    const auto place = std::ranges::lower_bound(
        m_devices, id, {}, [](const Entry<Device> &entry) -> const std::string & { return entry.now.id; });
    m_devices.insert(place, {std::move(device), {}, now, true, false});
    return id;
}

std::string ProfileDirectory::change(ProfileChange change, Timestamp now)
{
    switch (change) {
    case ProfileChange::Move: {
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> posts{
            {{"Engineering", "Software Engineer"}, {"Sales", "Sales Engineer"}, {"Finance", "Financial Analyst"},
                {"Marketing", "Content Designer"}, {"Operations", "Logistics Analyst"}}};
        Entry<Person> *entry = someone({"ACTIVE"});
        if (!entry) {
            return {};
        }
        auto post = m_random.pickFrom(posts);
        if (post.first == entry->now.department) {
            post = {"Customer Support", "Support Specialist"};
        }
        Person &person = touch(*entry, now);
        person.department = post.first;
        person.title = post.second;
        return person.id;
    }
    case ProfileChange::Suspend:
    case ProfileChange::Unsuspend: {
        const bool suspends = change == ProfileChange::Suspend;
        Entry<Person> *entry = suspends ? someone({"ACTIVE"}) : someone({"SUSPENDED"});
        if (!entry) {
            return {};
        }
        Person &person = touch(*entry, now);
        person.status = suspends ? "SUSPENDED" : "ACTIVE";
        return person.id;
    }
    case ProfileChange::Deactivate: {
        Entry<Person> *entry = someone({"ACTIVE", "SUSPENDED", "STAGED"});
        if (!entry) {
            return {};
        }
        touch(*entry, now).status = "DEPROVISIONED";
        for (Entry<Device> &device : m_devices) {
            if (owner(device.now).id == entry->now.id) {
                touch(device, now);
            }
        }
        return entry->now.id;
    }
    case ProfileChange::Delete: {
        Entry<Person> *entry = someone({"DEPROVISIONED"});
        if (!entry) {
            return {};
        }
        touch(*entry, now);
        entry->isGone = true;
        for (Entry<Device> &device : m_devices) {
            if (owner(device.now).id == entry->now.id) {
                touch(device, now);
                device.isGone = true;
            }
        }
        return entry->now.id;
    }
    case ProfileChange::Enrol:
        return enrol(now);
    case ProfileChange::Manage: {
        std::vector<Entry<Device> *> there;
        for (Entry<Device> &entry : m_devices) {
            if (!entry.isGone) {
                there.push_back(&entry);
            }
        }
        if (there.empty()) {
            return {};
        }
        Device &device = touch(*m_random.pickFrom(there), now);
        device.managed = !device.managed;
        return device.id;
    }
    }
    return {};
}

void ProfileDirectory::advance(std::chrono::microseconds sinceStart, Timestamp now)
{
    using enum ProfileChange;
    static constexpr std::array usual{Move, Suspend, Enrol, Move, Deactivate, Manage, Unsuspend, Move, Delete, Enrol};
    const auto due = static_cast<std::int64_t>(
        std::chrono::duration<double, std::ratio<3600>>(sinceStart).count() * m_changesPerHour);
    for (; m_done < due; ++m_done) {
        change(m_random.pickFrom(usual), now);
    }
}

} // namespace octotrail::simulator
