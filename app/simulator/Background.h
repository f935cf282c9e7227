// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/Activities.h"
#include "simulator/Habits.h"

#include <unordered_map>
#include <vector>

namespace octotrail::simulator {

/// What a company does all day. Keeps who is signed in, so that sessions hang together.
class Background
{
public:
    Background(const Company &company, std::uint64_t seed);

    /// How busy the company is, from a quiet night to 1 in working hours.
    double load(event::Timestamp t) const;
    /// One thing that happens: some events from this time on.
    void perform(Scene &scene, event::Timestamp t);

private:
    std::size_t someoneAtWork(Scene &scene, event::Timestamp t, const std::vector<std::size_t> &among) const;
    Session &sessionOf(Scene &scene, std::size_t person, event::Timestamp t);

    const Company &m_company;
    const Habits m_habits;
    std::vector<Activity> m_activities;
    int m_totalWeight = 0;
    std::vector<std::size_t> m_active; ///< people who can sign in
    std::unordered_map<std::size_t, Session> m_sessions;
};

} // namespace octotrail::simulator
