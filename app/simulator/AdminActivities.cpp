// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/Activities.h"
#include "simulator/EventKinds.h"

#include <array>

namespace octotrail::simulator::activities {

using namespace std::chrono_literals;
using event::Timestamp;

namespace {

constexpr EventKind updateAppUser{"application.user_membership.update",
    "app.user_management.update_from_master_success", "Update user application property"};
constexpr EventKind changeAppName{"application.user_membership.change_username",
    "app.generic.config.app_username_update", "Change user's application username"};
constexpr EventKind updateApp{"application.lifecycle.update", "app.generic.config.app_updated", "Update application"};
constexpr EventKind createApp{"application.lifecycle.create", "app.generic.config.app_activated", "Create application"};
constexpr EventKind updateAppPolicy{
    "application.policy.sign_on.update", "app.sign_on.policy.update", "Update app sign on policy"};
constexpr EventKind createGroup{"group.lifecycle.create", "core.user_group.create", "Create Okta group"};
constexpr EventKind updateGroup{"group.profile.update", "core.user_group.update", "Update Okta group"};
constexpr EventKind assignGroup{
    "group.application_assignment.add", "core.user_group.app_assign", "Add assigned application to group"};
constexpr EventKind updateZone{"zone.update", "network_zone.update", "Update of a network zone"};
constexpr EventKind revokeRole{
    "user.account.privilege.revoke", "core.user.admin_privilege.revoked", "Revoke user privilege", "INFO"};
constexpr EventKind requestReport{"analytics.reports.export.request", "", "Request export of a report"};
constexpr EventKind downloadReport{"analytics.reports.export.download", "", "Download export of a report"};

void openConsole(Scene &scene, const Session &session, Timestamp t)
{
    const Timestamp opened = scene.openApp(t, session, scene.company().adminConsole());
    EventDraft entered = scene.by(session, kinds::adminConsole, scene.after(opened, 10ms, 90ms), "/admin/sso/callback");
    entered.targets = {scene.user(scene.person(session.person)), scene.app(scene.company().adminConsole())};
    scene.emit(entered);
}

void appMembership(Scene &scene, const Session &session, Timestamp t)
{
    const Person &who = scene.person(scene.colleague(session.person));
    const App &app = scene.random().pickFrom(scene.company().apps());
    const double choice = scene.random().unit();
    const EventKind &kind = choice < 0.5 ? kinds::assignApp
        : choice < 0.75                  ? kinds::unassignApp
        : choice < 0.92                  ? updateAppUser
                                         : changeAppName;
    EventDraft changed = scene.by(session, kind, t, "/api/v1/apps/users");
    changed.targets = {scene.userAs("AppUser", who), scene.app(app), scene.user(who)};
    changed.debugData = {{"appname", std::string(app.name)}};
    scene.emit(changed);
}

void changeApp(Scene &scene, const Session &session, Timestamp t)
{
    const App &app = scene.random().pickFrom(scene.company().apps());
    const bool policy = scene.random().chance(0.3);
    EventDraft changed = scene.by(session, policy ? updateAppPolicy : updateApp, t, "/api/v1/apps");
    Party target = scene.app(app);
    target.changedFrom = R"({"general":{"autoLaunch":false}})";
    target.changedTo = R"({"general":{"autoLaunch":true}})";
    changed.targets = {target};
    scene.emit(changed);
}

void newApp(Scene &scene, const Session &session, Timestamp t)
{
    EventDraft created = scene.by(session, createApp, t, "/api/v1/apps");
    created.targets = {{scene.random().id("0oa"), "AppInstance", "Team Dashboard", "Team Dashboard",
        R"({"signOnModeType":"BOOKMARK"})"}};
    scene.emit(created);
}

void groupMembership(Scene &scene, const Session &session, Timestamp t)
{
    const Group &group = scene.random().pickFrom(scene.company().groups());
    const EventKind &kind = scene.random().chance(0.65) ? kinds::addMember : kinds::removeMember;
    for (int people = scene.random().between(1, 4); people > 0; --people) {
        EventDraft changed = scene.by(session, kind, t, "/api/v1/groups/users");
        changed.targets = {scene.user(scene.person(scene.colleague(session.person))), scene.group(group)};
        scene.emit(changed);
        t = scene.after(t, 800ms, 5s);
    }
}

void changeGroup(Scene &scene, const Session &session, Timestamp t)
{
    const Group &group = scene.random().pickFrom(scene.company().groups());
    const double choice = scene.random().unit();
    EventDraft changed = scene.by(session,
        choice < 0.3       ? createGroup
            : choice < 0.7 ? updateGroup
                           : assignGroup,
        t, "/api/v1/groups");
    changed.targets = {scene.group(group)};
    if (choice < 0.3) {
        changed.targets
            = {{scene.random().id("00g"), "UserGroup", "unknown", "Project " + scene.random().text(3, "ABCDEFGH")}};
    } else if (choice >= 0.7) {
        changed.targets.push_back(scene.app(scene.random().pickFrom(scene.company().apps())));
    }
    scene.emit(changed);
}

void tunePolicy(Scene &scene, const Session &session, Timestamp t)
{
    const Policy &policy = scene.company().enrolmentPolicy();
    EventDraft changed = scene.by(session, kinds::updateRule, t, "/api/v1/policies/rules");
    Party rule = scene.rule(policy);
    rule.changedFrom = R"({"policyRuleActionJson":{"enroll":{"self":"CHALLENGE"}}})";
    rule.changedTo = R"({"policyRuleActionJson":{"enroll":{"self":"LOGIN"}}})";
    changed.targets = {scene.policy(policy), rule};
    scene.emit(changed);
}

void changeZone(Scene &scene, const Session &session, Timestamp t)
{
    EventDraft changed = scene.by(session, updateZone, t, "/api/v1/zones");
    changed.targets = {{scene.random().id("nzo"), "NetworkZone", "unknown", "Offices"}};
    scene.emit(changed);
}

/// In office hours, by one who may, and only for a help desk role: routine.
void routineRole(Scene &scene, const Session &session, Timestamp t)
{
    const bool grant = scene.random().chance(0.6);
    const Person &who = scene.person(scene.company().admins().back());
    EventDraft changed = scene.by(session, grant ? kinds::grantRole : revokeRole, t, "/api/internal/administrators");
    changed.targets = {scene.user(who)};
    changed.debugData = {{grant ? "privilegeGranted" : "privilegeRevoked", "Help desk administrator"}};
    scene.emit(changed);
}

void report(Scene &scene, const Session &session, Timestamp t)
{
    const Party report{"SYSTEM_LOG", "Report", "unknown", "System Log"};
    for (const EventKind &kind : {requestReport, downloadReport}) {
        EventDraft made = scene.by(session, kind, t, "/reports/export");
        made.targets = {report};
        scene.emit(made);
        t = scene.after(t, 30s, 200s);
    }
}

} // namespace

std::span<const Activity> administration()
{
    using enum Activity::Actor;
    static constexpr std::array all{
        Activity{40, Administrator, openConsole},
        Activity{40, Administrator, appMembership},
        Activity{4, Administrator, changeApp},
        Activity{1, Administrator, newApp},
        Activity{25, Administrator, groupMembership},
        Activity{3, Administrator, changeGroup},
        Activity{1, Administrator, tunePolicy},
        Activity{1, Administrator, changeZone},
        Activity{1, Administrator, routineRole},
        Activity{2, Administrator, report},
    };
    return all;
}

} // namespace octotrail::simulator::activities
