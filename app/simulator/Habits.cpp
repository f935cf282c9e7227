// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/Habits.h"

namespace octotrail::simulator {

using namespace std::chrono_literals;
using event::Timestamp;

namespace {

constexpr double travelling = 0.02; ///< of the people, in a week
constexpr auto journey = 20h; ///< as far as the offices lie apart
constexpr double onNewDevice = 0.004; ///< of the sign-ins
constexpr std::size_t vpnUsers = 50; ///< one in so many

} // namespace

std::optional<Habits::Trip> Habits::trip(std::size_t person, Timestamp t) const
{
    const auto day = std::chrono::floor<std::chrono::days>(t).time_since_epoch();
    const auto week = (day - std::chrono::days(4)) / std::chrono::weeks(1); // from Monday on
    Random random(m_seed, 0x7219'0000'0000 + static_cast<std::uint64_t>(week) * 1'000'003 + person);
    if (!random.chance(travelling)) {
        return std::nullopt;
    }
    const std::size_t home = m_company.people()[person].office;
    const auto offices = geography::officePlaces().size();
    Trip trip;
    trip.office = (home + 1 + static_cast<std::size_t>(random.below(static_cast<int>(offices) - 1))) % offices;
    const Timestamp monday{std::chrono::weeks(week) + std::chrono::days(4)};
    trip.leaves = monday + std::chrono::hours(random.between(0, 30));
    trip.arrives = trip.leaves + journey;
    trip.leavesAgain = trip.arrives + std::chrono::hours(random.between(30, 78));
    trip.isBack = trip.leavesAgain + journey;
    return trip;
}

bool Habits::isOnTheWay(std::size_t person, Timestamp t) const
{
    const auto away = trip(person, t);
    return away && away->isAway(t) && !away->isThere(t);
}

Habits::SignIn Habits::signIn(Scene &scene, std::size_t person, Timestamp t, Client usual) const
{
    Random &random = scene.random();
    SignIn result{std::move(usual), {}};
    Location &location = result.client.location;
    const Person &who = scene.person(person);
    const auto subscriber = static_cast<std::uint64_t>(std::stoull(who.employeeNumber));
    if (const auto away = trip(person, t); away && away->isThere(t)) {
        const bool atOffice = random.chance(0.6);
        const Network &network = atOffice ? geography::officeNetwork(away->office)
                                          : geography::homeNetworks()[person % geography::homeNetworks().size()];
        location = {&geography::officePlaces()[away->office], &network,
            geography::address(network, away->office, subscriber),
            atOffice ? std::string_view("Offices") : std::string_view()};
        result.risk = {"MEDIUM", "Anomalous Location", false, true, true, false};
    } else if (person % vpnUsers == 7 && location.zone.empty() && random.chance(0.5)) {
        const Network &network = geography::hostingNetworks()[2];
        location = {&geography::foreignPlaces()[0], &network, geography::address(network, 0, subscriber), {}};
        result.risk = {"MEDIUM", "Anomalous Location", false, true, true, true};
    } else if (random.chance(onNewDevice)) {
        // A new browser, or one that has forgotten its cookies.
        const bool newAddress = random.chance(0.3);
        result.client.deviceToken = random.hex(64);
        result.risk
            = {newAddress ? "MEDIUM" : "LOW", newAddress ? "Anomalous Device" : "", true, newAddress, false, false};
    }
    return result;
}

} // namespace octotrail::simulator
