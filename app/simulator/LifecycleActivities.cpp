// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/Activities.h"
#include "simulator/EventKinds.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace octotrail::simulator::activities {

using namespace std::chrono_literals;
using event::Timestamp;

namespace {

constexpr EventKind activate{"user.lifecycle.activate", "core.user.config.user_activated", "Activate Okta user"};
constexpr EventKind deactivate{
    "user.lifecycle.deactivate", "core.user.config.user_deactivated", "Deactivate Okta user"};
constexpr EventKind suspend{"user.lifecycle.suspend", "core.user.config.user_suspended", "Suspend Okta user"};
constexpr EventKind unsuspend{"user.lifecycle.unsuspend", "core.user.config.user_unsuspended", "Unsuspend Okta user"};
constexpr EventKind reactivate{
    "user.lifecycle.reactivate", "core.user.config.user_reactivated", "Reactivate Okta user"};
constexpr EventKind deprovision{"application.provision.user.deactivate", "app.user_management.deactivate_user_success",
    "Push user deactivation to external application"};

/// Someone who is not on the company's list: they come after it was made, or left before.
Party stranger(Scene &scene)
{
    const std::string &first = scene.person(scene.colleague(0)).firstName;
    const std::string &last = scene.person(scene.colleague(0)).lastName;
    std::string login = first + '.' + last + std::to_string(scene.random().between(10, 99)) + "@example.com";
    std::ranges::transform(login, login.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return {scene.random().id("00u"), "User", login, first + ' ' + last};
}

/// Steps that the system takes of itself, as one transaction.
class Chain
{
public:
    Chain(Scene &scene, Timestamp t)
        : m_scene(scene)
        , m_t(t)
        , m_transaction(scene.random().hex(32))
    { }
    void add(const EventKind &kind, std::vector<Party> targets)
    {
        EventDraft done = m_scene.job(kind, m_t, m_scene.system());
        done.transactionId = m_transaction;
        done.targets = std::move(targets);
        m_scene.emit(done);
        m_t = m_scene.after(m_t, 200ms, 2500ms);
    }

private:
    Scene &m_scene;
    Timestamp m_t;
    std::string m_transaction;
};

void joiner(Scene &scene, const Session &session, Timestamp t)
{
    const Party who = stranger(scene);
    for (const EventKind &kind : {kinds::createUser, activate}) {
        EventDraft made = scene.by(session, kind, t, "/api/v1/users");
        made.targets = {who};
        scene.emit(made);
        t = scene.after(t, 100ms, 900ms);
    }
    Chain chain(scene, t);
    const auto &groups = scene.company().groups();
    chain.add(kinds::addMember, {who, scene.group(groups.front())});
    chain.add(kinds::addMember, {who, scene.group(scene.random().pickFrom(groups))});
    for (std::size_t app = 2; app < 8; ++app) {
        chain.add(kinds::assignApp,
            {{who.id, "AppUser", who.alternateId, who.displayName}, scene.app(scene.company().apps()[app]), who});
    }
}

void leaver(Scene &scene, const Session &session, Timestamp t)
{
    const Party who = stranger(scene);
    EventDraft gone = scene.by(session, deactivate, t, "/api/v1/users/lifecycle/deactivate");
    gone.targets = {who};
    scene.emit(gone);
    Chain chain(scene, scene.after(t, 100ms, 900ms));
    for (std::size_t app = 2; app < 6; ++app) {
        const Party appUser{who.id, "AppUser", who.alternateId, who.displayName};
        chain.add(deprovision, {appUser, scene.app(scene.company().apps()[app])});
        chain.add(kinds::unassignApp, {appUser, scene.app(scene.company().apps()[app]), who});
    }
    chain.add(kinds::removeMember, {who, scene.group(scene.random().pickFrom(scene.company().groups()))});
}

void pause(Scene &scene, const Session &session, Timestamp t)
{
    const double choice = scene.random().unit();
    EventDraft changed = scene.by(session,
        choice < 0.45      ? suspend
            : choice < 0.8 ? unsuspend
                           : reactivate,
        t, "/api/v1/users/lifecycle");
    changed.targets = {stranger(scene)};
    scene.emit(changed);
}

void changedProfile(Scene &scene, const Session &session, Timestamp t)
{
    const Person &who = scene.person(session.person);
    EventDraft changed = scene.by(session, kinds::updateProfile, t, "/enduser/settings/profile");
    Party target = scene.user(who);
    target.changedFrom = R"({"mobilePhone":null})";
    target.changedTo = R"({"mobilePhone":"+1 555 01)" + std::to_string(scene.random().between(10, 99)) + R"("})";
    changed.targets = {target};
    scene.emit(changed);
}

} // namespace

std::span<const Activity> lifecycle()
{
    using enum Activity::Actor;
    static constexpr std::array all{
        Activity{2, Administrator, joiner},
        Activity{2, Administrator, leaver},
        Activity{1, Administrator, pause},
        Activity{4, Employee, changedProfile},
    };
    return all;
}

} // namespace octotrail::simulator::activities
