// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/Scene.h"

namespace octotrail::simulator {

/// What makes the days of honest people look odd: business trips, a VPN service at home, new devices. All of it
/// follows from the company's seed, the person and the time.
class Habits
{
public:
    Habits(const Company &company, std::uint64_t seed)
        : m_company(company)
        , m_seed(seed)
    { }

    /// Between two places: signs in from neither.
    bool isOnTheWay(std::size_t person, event::Timestamp t) const;

    /// How the person signs in at this time who would use the client if they were at their usual place.
    struct SignIn
    {
        Client client;
        RiskView risk;
    };
    SignIn signIn(Scene &scene, std::size_t person, event::Timestamp t, Client usual) const;

private:
    struct Trip
    {
        std::size_t office = 0; ///< which one they visit
        event::Timestamp leaves, arrives, leavesAgain, isBack;
        bool isAway(event::Timestamp t) const { return t >= leaves && t < isBack; }
        bool isThere(event::Timestamp t) const { return t >= arrives && t < leavesAgain; }
    };
    std::optional<Trip> trip(std::size_t person, event::Timestamp t) const;

    const Company &m_company;
    std::uint64_t m_seed;
};

} // namespace octotrail::simulator
