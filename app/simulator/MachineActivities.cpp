// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/Activities.h"
#include "simulator/EventKinds.h"

#include <array>

namespace octotrail::simulator::activities {

using namespace std::chrono_literals;
using event::Timestamp;

namespace {

constexpr EventKind serviceToken{"app.oauth2.as.token.grant.access_token",
    "app.oauth2.as.token.grant.access_token_success", "OAuth2 access token is granted"};
constexpr EventKind claims{
    "app.oauth2.as.evaluate.claim", "app.oauth2.as.evaluate.claim_success", "Evaluate OAuth2 claims"};
constexpr EventKind importStart{
    "system.import.start", "app.user_management.import.csv_import_started", "import started"};
constexpr EventKind importUser{
    "system.import.user.update", "app.user_management.import.user_update", "Update user triggered by import process"};
constexpr EventKind importGroup{"system.import.group.update", "app.user_management.import.group_update",
    "Update group triggered from import process"};
constexpr EventKind importComplete{
    "system.import.complete", "app.user_management.import.complete", "Import process complete"};
constexpr EventKind agentConnect{"system.agent.ad.connect", "app.ad.agent.connected", "Connect AD agent to Okta"};
constexpr EventKind agentWrite{
    "system.agent.ad.write_ldap", "app.ad.agent.ldap_write", "Perform LDAP write by AD agent"};
constexpr EventKind pushProfile{"application.provision.user.push_profile", "app.user_management.push_profile_success",
    "Push user's profile to external application"};
constexpr EventKind pushUser{"application.provision.user.push", "app.user_management.push_new_user_success",
    "Push new user to external application"};
constexpr EventKind pushGroup{"application.provision.group_push.pushed", "", "A group was pushed to an app"};
constexpr EventKind syncUser{
    "application.provision.user.sync", "app.user_management.sync_success", "Sync user in external application"};
constexpr EventKind rateWarning{
    "system.org.rate_limit.warning", "core.framework.ratelimit.warning", "Rate limit warning", "WARN"};
constexpr EventKind blocked{
    "security.request.blocked", "security.request.blocked", "Request blocked due to a blocklist rule", "WARN"};
constexpr EventKind mailDelivery{"system.email.delivery", "", "Email delivery status updated"};

Party directory(const Scene &scene)
{
    return {scene.company().directoryId(), "AppInstance", "larkspur.example.com", "Active Directory"};
}

Party directoryAgent(const Scene &scene)
{
    return {"a53" + scene.company().directoryId().substr(3), "AD_AGENT", "unknown", "LKS-AD-01"};
}

void service(Scene &scene, const Session &, Timestamp t)
{
    static constexpr std::array<std::string_view, 3> clients{"Order Sync", "Telemetry Gateway", "Invoice Export"};
    const App &app = scene.company().apps()[9];
    Client client = scene.serviceClient("larkspur-service/4.12 (linux; okhttp 4.12.0)");
    client.oauthClientId = app.clientId;
    const std::string name(scene.random().pickFrom(clients));
    for (const EventKind &kind : {claims, serviceToken}) {
        EventDraft granted = scene.request(kind, t, scene.person(0), client, "/oauth2/default/v1/token");
        granted.actor = {app.clientId, "PublicClientApp", app.clientId, name};
        granted.issuerId = scene.company().authorizationServerId();
        granted.credentialType = "OAuth 2.0";
        granted.targets = {{scene.company().authorizationServerId(), "AuthorizationServer", "unknown", "default"}};
        granted.debugData = {{"grantType", "client_credentials"}, {"requestedScopes", "orders.read"},
            {"grantedScopes", "orders.read"}, {"clientAuthType", "client_secret_basic"}};
        scene.emit(granted);
        t = scene.after(t, 1ms, 9ms);
    }
}

void directoryImport(Scene &scene, const Session &, Timestamp t)
{
    const std::string transaction = scene.random().hex(32);
    const auto step = [&](const EventKind &kind, std::vector<Party> targets) {
        EventDraft done = scene.job(kind, t, scene.system());
        done.transactionId = transaction;
        done.targets = std::move(targets);
        done.debugData = {{"importTrigger", "SCHEDULED"}};
        scene.emit(done);
        t = scene.after(t, 100ms, 3s);
    };
    step(importStart, {directory(scene)});
    for (int people = scene.random().between(1, 6); people > 0; --people) {
        const Person &who = scene.person(scene.colleague(0));
        step(importUser, {scene.userAs("AppUser", who), directory(scene)});
        step(kinds::updateProfile, {scene.user(who)});
    }
    step(importGroup, {scene.group(scene.random().pickFrom(scene.company().groups())), directory(scene)});
    step(importComplete, {directory(scene)});
}

void agentWork(Scene &scene, const Session &, Timestamp t)
{
    EventDraft done = scene.job(scene.random().chance(0.15) ? agentConnect : agentWrite, t, directoryAgent(scene));
    done.targets = {directory(scene), directoryAgent(scene)};
    scene.emit(done);
}

void provisioning(Scene &scene, const Session &, Timestamp t)
{
    const Person &who = scene.person(scene.colleague(0));
    const App &app = scene.company().apps()[static_cast<std::size_t>(scene.random().between(2, 8))];
    const double choice = scene.random().unit();
    EventDraft done = scene.job(choice < 0.55 ? pushProfile
            : choice < 0.8                    ? syncUser
            : choice < 0.9                    ? pushUser
                                              : pushGroup,
        t, scene.system());
    done.targets = {scene.userAs("AppUser", who), scene.app(app), scene.user(who)};
    if (scene.random().chance(0.04)) {
        done.kind.severity = "ERROR";
        done.result = "FAILURE";
        done.reason = "Automatic provisioning of user " + who.displayName() + " to app " + std::string(app.label)
            + " failed: Error while trying to push profile: 503 Service Unavailable";
    }
    scene.emit(done);
}

void rateLimit(Scene &scene, const Session &, Timestamp t)
{
    const Client client = scene.serviceClient("okta-sdk-python/2.9.13 python/3.11.4 Linux/6.1");
    EventDraft warned
        = scene.request(rateWarning, t, scene.person(scene.company().admins().front()), client, "/api/v1/users");
    warned.result = {};
    warned.apiTokenId = "00T" + scene.company().directoryId().substr(3);
    warned.targets
        = {{"/api/v1/users?limit=200", "URL Pattern", {}, {}}, {scene.random().id("rlb"), "Bucket Uuid", {}, {}}};
    warned.debugData = {{"threshold", "600"}, {"timeSpan", "1"}, {"timeUnit", "MINUTES"}, {"warningPercent", "60"},
        {"rateLimitScopeType", "ORG"}, {"rateLimitSecondsToReset", std::to_string(scene.random().between(1, 59))},
        {"rateLimitBucketUuid", scene.random().uuid()}};
    scene.emit(warned);
}

/// The noise of the internet: guesses against people who do not exist.
void internetNoise(Scene &scene, const Session &, Timestamp t)
{
    const Place &place = scene.random().pick(geography::foreignPlaces());
    const Network &network = scene.random().pick(geography::hostingNetworks());
    Client client = scene.strangeClient(place, network, *scene.company().devices().front().browser);
    client.browser = nullptr;
    client.userAgent = "python-requests/2.32.3";
    const bool block = scene.random().chance(0.5);
    EventDraft seen
        = scene.request(block ? blocked : kinds::threatDetected, t, scene.person(0), client, "/api/v1/authn");
    seen.actor = {client.location.ip, "IP address", client.location.ip, client.location.ip};
    seen.result = "DENY";
    seen.reason = block ? "BLOCKLIST" : "Password Spray";
    seen.debugData = {{"threatSuspected", "true"}};
    if (!block) {
        seen.debugData.emplace_back("threatDetections", R"({"Password Spray":"MEDIUM"})");
    }
    seen.targets
        = {{scene.company().organizationId(), "Organization", "unknown", std::string(scene.company().companyName())}};
    scene.emit(seen);
}

void mailDelivered(Scene &scene, const Session &, Timestamp t)
{
    const Person &who = scene.person(scene.colleague(0));
    EventDraft delivered = scene.job(mailDelivery, t, scene.system());
    const bool bounced = scene.random().chance(0.1);
    delivered.result = bounced ? "FAILURE" : "SUCCESS";
    delivered.reason = bounced ? "bounced" : "";
    delivered.targets = {scene.user(who)};
    delivered.debugData = {{"templateType", "PASSWORD_RESET"}, {"emailStatus", bounced ? "BOUNCED" : "DELIVERED"}};
    scene.emit(delivered);
}

} // namespace

std::span<const Activity> machines()
{
    using enum Activity::Actor;
    static constexpr std::array all{
        Activity{480, Machine, service},
        Activity{8, Machine, directoryImport},
        Activity{60, Machine, agentWork},
        Activity{100, Machine, provisioning},
        Activity{6, Machine, rateLimit},
        Activity{15, Machine, internetNoise},
        Activity{15, Machine, mailDelivered},
    };
    return all;
}

} // namespace octotrail::simulator::activities
