// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/EventKinds.h"
#include "simulator/Plots.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace octotrail::simulator::plots {

using namespace std::chrono_literals;
using event::Timestamp;

namespace {

constexpr EventKind createToken{"system.api_token.create", "api.token.create", "Create API token"};
constexpr EventKind createIdp{"system.idp.lifecycle.create", "", "Create identity provider"};
constexpr EventKind activateIdp{"system.idp.lifecycle.activate", "", "Activate identity provider"};
constexpr EventKind viaIdp{
    "user.authentication.auth_via_IDP", "core.user_auth.idp.saml.login_success", "Authenticate user via IDP"};
constexpr EventKind updatePolicy{"policy.lifecycle.update", "policy.config.updated", "Update policy"};
constexpr EventKind updateZone{"zone.update", "network_zone.update", "Update of a network zone"};
constexpr EventKind supportGranted{
    "user.session.impersonation.grant", "core.user.impersonation.grant.enabled", "Enable impersonation grant"};
constexpr EventKind supportEntered{"user.session.impersonation.initiate", "core.user.impersonation.session.initiated",
    "Initiate impersonation session"};
constexpr EventKind supportLeft{
    "user.session.impersonation.end", "core.user.impersonation.session.ended", "End impersonation session"};

/// An administrator, for choice one who is asleep at this time.
std::size_t sleepingAdministrator(Scene &scene, Timestamp t)
{
    const auto awakeness = [&](std::size_t admin) {
        const int offset = geography::officePlaces()[scene.person(admin).office].utcOffsetHours;
        const auto local = t + std::chrono::hours(offset);
        const auto hour
            = std::chrono::duration_cast<std::chrono::hours>(local - std::chrono::floor<std::chrono::days>(local))
                  .count();
        const auto distance = std::abs(hour - 3);
        return std::min(distance, 24 - distance); // from three in the morning
    };
    return *std::ranges::min_element(scene.company().admins(), {}, awakeness);
}

Session inConsole(Scene &scene, Timestamp t, std::size_t admin, Client client, const RiskView &risk)
{
    Session session = scene.signIn(t, admin, std::move(client), factors::totp, risk);
    t = scene.openApp(scene.after(session.end, 5s, 20s), session, scene.company().adminConsole(), risk);
    EventDraft entered = scene.by(session, kinds::adminConsole, t + 50ms, "/admin/sso/callback");
    entered.targets = {scene.user(scene.person(admin)), scene.app(scene.company().adminConsole())};
    entered.risk = risk;
    scene.emit(entered);
    session.end = t + 50ms;
    return session;
}

/// At night, an account nobody would think of becomes super administrator.
void roleAtNight(Scene &scene, Timestamp t)
{
    const std::size_t admin = sleepingAdministrator(scene, t);
    const Session session = inConsole(scene, t, admin, attacker(scene, linuxBrowser), highRisk);
    t = scene.after(session.end, 20s, 70s);
    const Party account{scene.random().id("00u"), "User", "svc.backup@example.com", "Backup Service"};
    EventDraft created = scene.by(session, kinds::createUser, t, "/api/v1/users");
    created.targets = {account};
    scene.emit(created);
    EventDraft granted = scene.by(session, kinds::grantRole, scene.after(t, 15s, 60s), "/api/internal/administrators");
    granted.targets = {account};
    granted.debugData = {{"privilegeGranted", "Super administrator"}};
    scene.emit(granted);
}

/// A token made from an unusual network and used at once from yet another.
void apiToken(Scene &scene, Timestamp t)
{
    const std::size_t admin = scene.random().pickFrom(scene.company().admins());
    const Session session = inConsole(scene, t, admin, attacker(scene, linuxBrowser), highRisk);
    const std::string token = scene.random().id("00T");
    t = scene.after(session.end, 10s, 40s);
    EventDraft made = scene.by(session, createToken, t, "/api/internal/tokens");
    made.targets = {{token, "Token", "unknown", "sync"}};
    made.debugData = {{"networkConnection", "ANYWHERE"}};
    scene.emit(made);
    Client tool = attacker(scene, linuxBrowser);
    tool.browser = nullptr;
    tool.userAgent = "curl/8.5.0";
    for (int members = 0; members < 3; ++members) {
        t = scene.after(t, 20s, 60s);
        EventDraft added = scene.request(kinds::addMember, t, scene.person(admin), tool, "/api/v1/groups/users");
        added.apiTokenId = token;
        added.targets
            = {scene.user(scene.person(scene.colleague(admin))), scene.group(scene.company().groups().back())};
        scene.emit(added);
    }
}

/// A second way in: a foreign identity provider, and an administrator who comes through it.
void identityProvider(Scene &scene, Timestamp t)
{
    const std::size_t admin = scene.company().admins().front();
    const Session session = inConsole(scene, t, admin, attacker(scene, linuxBrowser), highRisk);
    const Party provider{
        scene.random().id("0oa"), "IdentityProvider", "unknown", "Partner SSO", R"({"idpType":"SAML2"})"};
    t = scene.after(session.end, 30s, 90s);
    for (const EventKind &kind : {createIdp, activateIdp}) {
        EventDraft changed = scene.by(session, kind, t, "/api/v1/idps");
        changed.targets = {provider};
        scene.emit(changed);
        t = scene.after(t, 5s, 25s);
    }
    const Client client = attacker(scene, headlessBrowser);
    const std::string entered = "102" + scene.random().alphanumeric(22);
    for (const EventKind &kind : {viaIdp, kinds::sessionStart}) {
        EventDraft in = scene.request(kind, t, scene.person(admin), client, "/sso/saml2", entered);
        in.authenticationProvider = "FEDERATION";
        in.credentialProvider = "GENERIC_SAML2";
        in.credentialType = "ASSERTION";
        in.targets = {provider};
        in.risk = highRisk;
        scene.emit(in);
        t = scene.after(t, 50ms, 400ms);
    }
}

/// One factor is enough from now on, and everywhere counts as the office.
void weakenedPolicy(Scene &scene, Timestamp t)
{
    const std::size_t admin = scene.random().pickFrom(scene.company().admins());
    const Session session = inConsole(
        scene, t, admin, scene.clientOf(scene.person(admin)), {"MEDIUM", "Anomalous Device", true, true, false, false});
    const Policy &policy = scene.company().appPolicy();
    t = scene.after(session.end, 20s, 60s);
    EventDraft rule = scene.by(session, kinds::updateRule, t, "/api/v1/policies/rules");
    Party changed = scene.rule(policy);
    changed.changedFrom
        = R"({"policyRuleActionJson":{"appSignOn":{"verificationMethod":{"factorMode":"2FA","reauthenticateIn":"PT2H"}}}})";
    changed.changedTo
        = R"({"policyRuleActionJson":{"appSignOn":{"verificationMethod":{"factorMode":"1FA","reauthenticateIn":"PT43800H"}}}})";
    rule.targets = {scene.policy(policy), changed};
    rule.debugData = {{"policyRuleFactorMode", "1FA"}};
    scene.emit(rule);
    t = scene.after(t, 5s, 30s);
    EventDraft whole = scene.by(session, updatePolicy, t, "/api/v1/policies");
    whole.targets = {scene.policy(policy)};
    scene.emit(whole);
    EventDraft zone = scene.by(session, updateZone, scene.after(t, 20s, 60s), "/api/v1/zones");
    Party offices{scene.random().id("nzo"), "NetworkZone", "unknown", "Offices"};
    offices.changedFrom = R"({"gateways":["203.0.113.0/24"]})";
    offices.changedTo = R"({"gateways":["0.0.0.0/0"]})";
    zone.targets = {offices};
    scene.emit(zone);
}

/// Support is let in, and looks around as an administrator.
void supportAccess(Scene &scene, Timestamp t)
{
    const std::size_t admin = scene.company().admins().front();
    const Person &who = scene.person(admin);
    const Session session = inConsole(scene, t, admin, scene.clientOf(who), {});
    t = scene.after(session.end, 20s, 60s);
    EventDraft granted = scene.by(session, supportGranted, t, "/api/internal/support/access");
    granted.targets = {scene.user(who)};
    granted.debugData = {{"impersonationExpiration", event::formatTimestamp(t + 8h)}};
    scene.emit(granted);

    Client support = attacker(scene, linuxBrowser);
    const std::string entered = "102" + scene.random().alphanumeric(22);
    t = scene.after(t, 2min, 6min);
    for (const EventKind &kind : {supportEntered, kinds::adminConsole, supportLeft}) {
        EventDraft step = scene.request(kind, t, who, support,
            kind.type == kinds::adminConsole.type ? "/admin/sso/callback" : "/login/impersonate", entered);
        if (kind.type != kinds::adminConsole.type) {
            step.actor = scene.system();
        }
        step.targets = {scene.user(who)};
        scene.emit(step);
        t = scene.after(t, 30s, 4min);
    }
}

} // namespace

std::span<const Plot> againstAdministration()
{
    static constexpr std::array all{
        Plot{"api-token-created", apiToken},
        Plot{"admin-role-at-night", roleAtNight},
        Plot{"idp-created", identityProvider},
        Plot{"policy-weakened", weakenedPolicy},
        Plot{"support-access", supportAccess},
    };
    return all;
}

} // namespace octotrail::simulator::plots
