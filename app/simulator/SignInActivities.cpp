// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/Activities.h"
#include "simulator/EventKinds.h"

#include <array>

namespace octotrail::simulator::activities {

using namespace std::chrono_literals;
using event::Timestamp;

namespace {

constexpr EventKind richClient{"user.authentication.auth_via_richclient", "app.rich_client.login_success",
    "Authentication of a user via Rich Client"};
constexpr EventKind verify{"user.authentication.verify", "core.user_auth.login_success", "Verify user identity"};
constexpr EventKind slo{"user.authentication.slo", "app.auth.slo", "User single logout out (SLO) from app"};
constexpr EventKind viaAgent{
    "user.authentication.auth_via_AD_agent", "core.user_auth.ad_login_success", "Authenticate user with AD agent"};
constexpr EventKind refreshToken{"app.oauth2.token.grant.refresh_token", "app.oauth2.token.grant.refresh_token_success",
    "OAuth2 refresh token is granted"};
constexpr EventKind unauthorizedApp{"app.generic.unauth_app_access_attempt", "app.generic.unauth_app_access_attempt",
    "User attempted unauthorized access to app", "WARN"};
constexpr EventKind denied{"application.policy.sign_on.deny_access", "app.sign_on.policy.deny_access",
    "Deny user access due to app sign on policy", "WARN"};

void reopenApp(Scene &scene, const Session &session, Timestamp t)
{
    const Person &who = scene.person(session.person);
    scene.openApp(t, session, scene.company().apps()[scene.random().pickFrom(who.apps)]);
}

void refresh(Scene &scene, const Session &session, Timestamp t)
{
    for (const EventKind &kind : {refreshToken, kinds::accessToken}) {
        EventDraft granted = scene.by(session, kind, t, "/oauth2/v1/token");
        granted.targets = {scene.app(scene.company().apps()[3])};
        granted.debugData = {{"grantType", "refresh_token"}, {"requestedScopes", "openid,profile,offline_access"},
            {"grantedScopes", "openid,profile,offline_access"}};
        scene.emit(granted);
        t = scene.after(t, 1ms, 20ms);
    }
}

void verifyAgain(Scene &scene, const Session &session, Timestamp t)
{
    EventDraft verified = scene.by(session, verify, t, "/idp/idx/challenge/answer");
    verified.targets = {scene.app(scene.random().pickFrom(scene.company().apps()))};
    verified.authenticationProvider = "FACTOR_PROVIDER";
    verified.credentialType = factors::fastPass.credentialType;
    verified.debugData = {{"factor", std::string(factors::fastPass.name)}};
    scene.emit(verified);
}

void mailClient(Scene &scene, const Session &session, Timestamp t)
{
    const Client client = [&] {
        Client mail = session.client;
        mail.browser = nullptr;
        mail.userAgent = "Larkspur-Mail/16.98 (16.98.25071321; x64)";
        return mail;
    }();
    EventDraft opened
        = scene.request(richClient, t, scene.person(session.person), client, "/app/larkspur_mail/sso/wsfed/active");
    opened.targets = {scene.app(scene.company().apps()[2])};
    scene.emit(opened);
}

void agentSignIn(Scene &scene, const Session &session, Timestamp t)
{
    EventDraft checked = scene.by(session, viaAgent, t, "/idp/idx/challenge/answer");
    checked.authenticationProvider = "ACTIVE_DIRECTORY";
    checked.credentialType = "PASSWORD";
    checked.targets = {{scene.company().directoryId(), "AppInstance", "larkspur.example.com", "Active Directory"}};
    if (scene.random().chance(0.03)) {
        checked.kind.severity = "WARN";
        checked.kind.legacyType = "core.user_auth.ad_login_failed";
        checked.result = "FAILURE";
        checked.reason = "INVALID_CREDENTIALS: Invalid username or password";
    }
    scene.emit(checked);
}

void singleLogout(Scene &scene, const Session &session, Timestamp t)
{
    EventDraft out = scene.by(session, slo, t, "/app/larkspur_people/slo/saml");
    out.targets = {scene.app(scene.company().apps()[5])};
    scene.emit(out);
}

/// Someone follows a link to an application that is not theirs.
void notAssigned(Scene &scene, const Session &session, Timestamp t)
{
    const App &app = scene.random().pickFrom(scene.company().apps());
    EventDraft refused = scene.by(session, unauthorizedApp, t, "/app/UserHome");
    refused.result = "FAILURE";
    refused.reason = "User is not assigned to this application";
    refused.targets = {scene.app(app)};
    scene.emit(refused);
}

void deniedByPolicy(Scene &scene, const Session &session, Timestamp t)
{
    EventDraft refused = scene.by(session, denied, t, "/app/larkspur_ledger/sso/saml");
    refused.result = "FAILURE";
    refused.reason = "User doesn't satisfy the authentication policy of the app: device is not managed";
    refused.targets = {scene.app(scene.company().apps()[17]), scene.rule(scene.company().appPolicy())};
    scene.emit(refused);
}

void forgottenPassword(Scene &scene, const Session &session, Timestamp t)
{
    const Person &who = scene.person(session.person);
    for (int tries = scene.random().between(1, 3); tries > 0; --tries) {
        t = scene.after(scene.failedPassword(t, who, session.client), 4s, 20s);
    }
}

void movedNetwork(Scene &scene, const Session &session, Timestamp t)
{
    // From the office home, or from home to the phone's network, with the session as it is.
    const Person &who = scene.person(session.person);
    Session moved = session;
    Location &location = moved.client.location;
    const Network &network = location.zone.empty() ? geography::mobileNetworks()[who.office % 2] : *who.home;
    const auto office = static_cast<std::size_t>(location.place - geography::officePlaces().data());
    location = {location.place, &network,
        geography::address(network, office % geography::officePlaces().size(), scene.random().next() % 5000), {}};
    EventDraft changed = scene.by(moved, kinds::contextChange, t, "/api/internal/session/context");
    changed.risk = RiskView{"LOW", {}, false, true, false, false};
    changed.debugData = {{"policyReevaluation", "true"}};
    scene.emit(changed);
    scene.openApp(scene.after(t, 5s, 90s), moved, scene.company().apps()[scene.random().pickFrom(who.apps)]);
}

/// A browser that restarts as a newer one, and takes its session along.
void newerBrowser(Scene &scene, const Session &session, Timestamp t)
{
    static constexpr std::array newer{
        Browser{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/140.0.0.0 Safari/537.36",
            "Mac OS 10.15.7 (Catalina)", "CHROME", "Computer"},
        Browser{"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0", "Windows 10",
            "FIREFOX", "Computer"},
    };
    Session restored = session;
    for (const Browser &browser : newer) {
        if (session.client.browser && session.client.browser->os == browser.os
            && session.client.browser->name == browser.name) {
            restored.client.browser = &browser;
        }
    }
    const Person &who = scene.person(session.person);
    scene.openApp(t, restored, scene.company().apps()[scene.random().pickFrom(who.apps)]);
}

} // namespace

std::span<const Activity> signIns()
{
    using enum Activity::Actor;
    static constexpr std::array all{
        Activity{3400, Employee, reopenApp},
        Activity{720, Employee, refresh},
        Activity{480, Employee, verifyAgain},
        Activity{280, Employee, mailClient},
        Activity{280, Employee, agentSignIn},
        Activity{60, Employee, singleLogout},
        Activity{15, Employee, notAssigned},
        Activity{10, Employee, deniedByPolicy},
        Activity{60, Employee, forgottenPassword},
        Activity{20, Employee, movedNetwork},
        Activity{10, Employee, newerBrowser},
    };
    return all;
}

} // namespace octotrail::simulator::activities
