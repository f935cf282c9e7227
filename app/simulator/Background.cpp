// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/Background.h"

#include <algorithm>
#include <array>

namespace octotrail::simulator {

using namespace std::chrono_literals;
using event::Timestamp;

namespace {

constexpr double nightLoad = 0.35;

/// How likely someone with this start of work is at it at this local time.
double presence(Timestamp t, int utcOffsetHours, int startHour)
{
    const Timestamp local = t + std::chrono::hours(utcOffsetHours);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::weekday weekday{day};
    const double hour = std::chrono::duration<double, std::ratio<3600>>(local - day).count();
    if (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday) {
        return hour > 8 && hour < 20 ? 0.06 : 0.01;
    }
    if (hour >= startHour && hour < startHour + 9) {
        return 1;
    }
    return hour >= startHour - 1 && hour < startHour + 12 ? 0.2 : 0.02;
}

} // namespace

Background::Background(const Company &company, std::uint64_t seed)
    : m_company(company)
    , m_habits(company, seed)
{
    for (std::size_t i = 0; i < company.people().size(); ++i) {
        if (company.people()[i].status == "ACTIVE") {
            m_active.push_back(i);
        }
    }
    for (const auto &group : {activities::signIns(), activities::credentials(), activities::administration(),
             activities::lifecycle(), activities::machines()}) {
        for (const Activity &activity : group) {
            m_activities.push_back(activity);
            m_totalWeight += activity.weight;
        }
    }
}

double Background::load(Timestamp t) const
{
    double present = 0;
    const auto places = geography::officePlaces();
    for (const Place &place : places) {
        present += presence(t, place.utcOffsetHours, 9);
    }
    // The offices lie around the world: three of them at work are a full house.
    return std::clamp(present / 3, nightLoad, 1.0);
}

std::size_t Background::someoneAtWork(Scene &scene, Timestamp t, const std::vector<std::size_t> &among) const
{
    std::size_t who = 0;
    for (int tries = 0; tries < 24; ++tries) {
        who = scene.random().pickFrom(among);
        const Person &person = m_company.people()[who];
        const Place &place = geography::officePlaces()[person.office];
        if (scene.random().chance(presence(t, place.utcOffsetHours, person.startHour))
            && !m_habits.isOnTheWay(who, t)) {
            break;
        }
    }
    return who;
}

Session &Background::sessionOf(Scene &scene, std::size_t who, Timestamp t)
{
    const auto found = m_sessions.find(who);
    if (found != m_sessions.end() && found->second.end > t) {
        return found->second;
    }
    const Person &person = m_company.people()[who];
    Random &random = scene.random();
    const bool phone = random.chance(0.15);
    Habits::SignIn in = m_habits.signIn(scene, who, t, scene.clientOf(person, phone));
    const double choice = random.unit();
    const Factor &factor = choice < 0.45 ? factors::push
        : choice < 0.8                   ? factors::fastPass
        : choice < 0.9                   ? factors::totp
        : choice < 0.95                  ? factors::sms
                                         : factors::securityKey;
    if (random.chance(0.07)) {
        t = scene.after(scene.failedPassword(t, person, in.client, in.risk), 4s, 15s);
    }
    Session session = scene.signIn(t, who, std::move(in.client), factor, in.risk);
    const Timestamp opened = session.end;
    session.end = session.begin + std::chrono::minutes(random.between(60, 600));
    if (random.chance(0.3)) {
        scene.signOut(session.end, session);
    }
    session.begin = opened + 1s;
    return m_sessions[who] = std::move(session);
}

void Background::perform(Scene &scene, Timestamp t)
{
    int at = scene.random().below(m_totalWeight);
    const auto activity
        = std::ranges::find_if(m_activities, [&](const Activity &each) { return (at -= each.weight) < 0; });
    if (activity->actor == Activity::Actor::Machine) {
        activity->perform(scene, {}, t);
        return;
    }
    const bool byAdministrator = activity->actor == Activity::Actor::Administrator;
    const std::size_t who = someoneAtWork(scene, t, byAdministrator ? m_company.admins() : m_active);
    const Session &session = sessionOf(scene, who, t);
    activity->perform(scene, session, std::max(t, session.begin));
}

} // namespace octotrail::simulator
