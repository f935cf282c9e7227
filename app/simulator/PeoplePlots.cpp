// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/EventKinds.h"
#include "simulator/Plots.h"

#include <algorithm>
#include <array>

namespace octotrail::simulator::plots {

using namespace std::chrono_literals;
using event::Timestamp;

namespace {

constexpr EventKind denyPush{
    "user.mfa.okta_verify.deny_push", "core.user.factor.deny_push", "User rejected Okta push verify", "WARN"};
constexpr EventKind reported{"user.account.report_suspicious_activity_by_enduser",
    "core.user.account.report_suspicious_activity", "User report suspicious activity", "WARN"};
constexpr EventKind showPassword{
    "application.user_membership.show_password", "app.generic.show.password", "Show user's password for application"};

/// Few guesses for many people from one address, and one that fits.
void passwordSpray(Scene &scene, Timestamp t)
{
    Client client = attacker(scene, headlessBrowser);
    const RiskView risk{"MEDIUM", "Anomalous Location", true, true, true, false};
    EventDraft threat = scene.request(kinds::threatDetected, t, scene.person(0), client, "/api/v1/authn");
    threat.actor = {client.location.ip, "IP address", client.location.ip, client.location.ip};
    threat.result = "ALLOW";
    threat.reason = "Password Spray";
    threat.targets
        = {{scene.company().organizationId(), "Organization", "unknown", std::string(scene.company().companyName())}};
    threat.debugData = {{"threatSuspected", "true"}, {"threatDetections", R"({"Password Spray":"HIGH"})"}};
    scene.emit(threat);

    const auto people = static_cast<int>(scene.company().people().size());
    const int victims = std::min(people, 25);
    const int first = scene.random().below(people);
    for (int i = 0; i < victims; ++i) {
        const Person &who = scene.person(static_cast<std::size_t>((first + i) % people));
        t = scene.after(t, 3s, 14s);
        client.deviceToken = scene.random().hex(64);
        scene.failedPassword(t, who, client, risk);
    }
    const Person &guessed = scene.person(scene.colleague(0));
    t = scene.verifyFactor(scene.after(t, 4s, 12s), guessed, client, factors::password, {}, "SUCCESS", {}, risk);
    scene.verifyFactor(scene.after(t, 2s, 5s), guessed, client, factors::push, {}, "UNANSWERED",
        "User did not respond to the push notification", risk);
}

/// Push after push, until the phone's owner gives in.
void pushBombing(Scene &scene, Timestamp t)
{
    const std::size_t victim = scene.colleague(0);
    const Person &who = scene.person(victim);
    Client client = attacker(scene, linuxBrowser);
    const std::string session = "102" + scene.random().alphanumeric(22);
    t = scene.verifyFactor(t, who, client, factors::password, session, "SUCCESS", {}, highRisk);
    for (int pushes = scene.random().between(8, 12); pushes > 0; --pushes) {
        t = scene.verifyFactor(scene.after(t, 6s, 20s), who, client, factors::push, session, "FAILURE",
            "INVALID_CREDENTIALS: User rejected Okta push verify", highRisk);
        const Client phone = scene.clientOf(who, true);
        EventDraft denied = scene.request(denyPush, t + 5ms, who, phone, "/api/v1/authn/factors/verify", session);
        denied.result = "FAILURE";
        denied.reason = "User rejected Okta push verify";
        denied.targets = {scene.user(who)};
        denied.debugData = {{"factor", std::string(factors::push.name)}};
        scene.emit(denied);
    }
    const Session taken = scene.signIn(scene.after(t, 10s, 30s), victim, std::move(client), factors::push, highRisk);
    t = taken.end;
    for (int apps = 0; apps < 3; ++apps) {
        t = scene.openApp(
            scene.after(t, 15s, 60s), taken, scene.company().apps()[scene.random().pickFrom(who.apps)], highRisk);
    }
}

/// The victim's cookie in another browser, on another network.
void stolenSession(Scene &scene, Timestamp t)
{
    const std::size_t victim = scene.colleague(0);
    const Person &who = scene.person(victim);
    const Session own = scene.signIn(t, victim, scene.clientOf(who), factors::push);
    scene.openApp(scene.after(own.end, 20s, 90s), own, scene.company().apps()[2]);

    Session stolen = own;
    stolen.client = attacker(scene, headlessBrowser);
    stolen.client.deviceToken = own.client.deviceToken; // it came with the cookies
    t = scene.after(own.end, 3min, 9min);
    EventDraft changed = scene.by(stolen, kinds::contextChange, t, "/app/UserHome");
    changed.risk = highRisk;
    scene.emit(changed);
    for (const std::size_t app : {2U, 6U, 3U, 5U}) {
        t = scene.openApp(scene.after(t, 4s, 25s), stolen, scene.company().apps()[app], highRisk);
    }
}

/// A call to the help desk, and someone else is let in.
void helpDeskReset(Scene &scene, Timestamp t)
{
    const std::size_t helper = scene.random().pickFrom(scene.company().admins());
    const std::size_t victim = scene.colleague(helper);
    const Person &who = scene.person(victim);
    const Session desk = scene.signIn(t, helper, scene.clientOf(scene.person(helper)), factors::fastPass);
    t = scene.after(desk.end, 20s, 60s);
    for (const EventKind &kind : {kinds::resetFactors, kinds::resetPassword}) {
        EventDraft reset = scene.by(desk, kind, t,
            kind.type == kinds::resetFactors.type ? "/api/v1/users/lifecycle/reset_factors"
                                                  : "/api/v1/users/lifecycle/reset_password");
        reset.targets = {scene.user(who)};
        scene.emit(reset);
        t = scene.after(t, 15s, 50s);
    }
    const Session taken
        = scene.signIn(scene.after(t, 1min, 4min), victim, attacker(scene, linuxBrowser), factors::sms, highRisk);
    EventDraft enrolled
        = scene.by(taken, kinds::activateFactor, scene.after(taken.end, 10s, 40s), "/idp/idx/challenge/answer");
    enrolled.reason = "User set up OKTA_VERIFY_PUSH factor";
    enrolled.targets
        = {scene.user(who), {scene.random().id("aut"), "AuthenticatorEnrollment", "unknown", "OKTA_VERIFY_PUSH"}};
    enrolled.risk = highRisk;
    enrolled.debugData = {{"factor", "OKTA_VERIFY_PUSH"}};
    scene.emit(enrolled);
    EventDraft device = scene.by(taken, kinds::enrolDevice, enrolled.published + 300ms, "/idp/authenticators");
    device.targets = {{scene.random().id("guo"), "Device", "unknown",
                          "DESKTOP-" + scene.random().text(7, "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789")},
        scene.user(who)};
    scene.emit(device);
}

/// In the office, and half an hour later on another continent.
void impossibleTravel(Scene &scene, Timestamp t)
{
    const std::size_t victim = scene.colleague(0);
    const Session here = scene.signIn(t, victim, scene.clientOf(scene.person(victim)), factors::push);
    const Place &far = scene.random().pick(geography::foreignPlaces());
    const Network &network = geography::hostingNetworks().front();
    scene.signIn(scene.after(here.end, 15min, 35min), victim, scene.strangeClient(far, network, linuxBrowser),
        factors::sms, highRisk);
}

/// FastPass refuses to answer a site that is not Okta; one of those who were asked reports it.
void phishingBlocked(Scene &scene, Timestamp t)
{
    const Client client = attacker(scene, headlessBrowser);
    for (int victims = 3; victims > 0; --victims) {
        const Person &who = scene.person(scene.colleague(0));
        scene.verifyFactor(
            t, who, client, factors::fastPass, {}, "FAILURE", "FastPass declined phishing attempt", highRisk);
        if (victims == 1) {
            const Client own = scene.clientOf(who);
            EventDraft report
                = scene.request(reported, scene.after(t, 1min, 3min), who, own, "/enduser/suspicious-activity");
            report.targets = {scene.user(who)};
            report.debugData = {{"suspiciousActivityEventIp", client.location.ip},
                {"suspiciousActivityEventCountry", std::string(client.location.place->country)},
                {"suspiciousActivityEventType", "user.session.start"}};
            scene.emit(report);
        }
        t = scene.after(t, 12s, 70s);
    }
}

/// A new browser opens everything there is, one after the other, and looks at stored passwords.
void massAppAccess(Scene &scene, Timestamp t)
{
    const std::size_t victim = scene.colleague(0);
    const Person &who = scene.person(victim);
    const RiskView risk{"MEDIUM", "Anomalous Device", true, true, false, false};
    const Session session = scene.signIn(t, victim, attacker(scene, linuxBrowser), factors::totp, risk);
    t = session.end;
    const auto &apps = scene.company().apps();
    for (std::size_t app = 2; app < std::min<std::size_t>(apps.size(), 20); ++app) {
        scene.openApp(t, session, apps[app], risk);
        t = scene.after(t, 1s, 3s);
        if (apps[app].protocol == Protocol::Swa) {
            EventDraft shown = scene.by(session, showPassword, t, "/api/internal/enduser/reveal");
            shown.targets = {scene.userAs("AppUser", who), scene.app(apps[app])};
            scene.emit(shown);
        }
    }
}

} // namespace

Client attacker(Scene &scene, const Browser &browser)
{
    return scene.strangeClient(
        scene.random().pick(geography::foreignPlaces()), scene.random().pick(geography::hostingNetworks()), browser);
}

std::span<const Plot> againstPeople()
{
    static constexpr std::array all{
        Plot{"phishing-blocked", phishingBlocked},
        Plot{"password-spray", passwordSpray},
        Plot{"mass-app-access", massAppAccess},
        Plot{"mfa-push-bombing", pushBombing},
        Plot{"stolen-session", stolenSession},
        Plot{"help-desk-reset", helpDeskReset},
        Plot{"impossible-travel", impossibleTravel},
    };
    return all;
}

} // namespace octotrail::simulator::plots
