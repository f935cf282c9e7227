// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/Activities.h"
#include "simulator/EventKinds.h"

#include <array>

namespace octotrail::simulator::activities {

using namespace std::chrono_literals;
using event::Timestamp;

namespace {

constexpr EventKind resetMail{"system.email.password_reset.sent_message", "", "Send self-service password reset email"};
constexpr EventKind unlock{
    "user.account.unlock", "core.user_auth.account_unlocked", "Auto-unlock user account for Okta"};
constexpr EventKind unlockByAdmin{
    "user.account.unlock_by_admin", "core.user_auth.account_unlocked_by_admin", "User account unlock by admin"};
constexpr EventKind deactivateFactor{"user.mfa.factor.deactivate", "core.user.factor.deactivate",
    "Reset factor or authenticator enrollment method for user"};
constexpr EventKind updateFactor{"user.mfa.factor.update", "core.user.factor.update", "Update factor for user"};
constexpr EventKind enrolMail{
    "system.email.mfa_enroll_notification.sent_message", "", "MFA enrollment notification email sent"};
constexpr EventKind newDeviceMail{
    "system.email.new_device_notification.sent_message", "", "New device signin notification email sent"};
constexpr EventKind factorMail{
    "system.email.send_factor_verify_message", "", "An email was sent to a user for verification"};
constexpr EventKind factorSms{"system.sms.send_factor_verify_message", "core.user.sms.message_sent.factor",
    "Send second factor authentication SMS"};
constexpr EventKind addDeviceUser{"device.user.add", "", "Add device to user"};
constexpr EventKind removeDeviceUser{"device.user.remove", "", "Remove device from user"};
constexpr EventKind clearSession{"user.session.clear", "core.user.config.session.clear", "Clear user session"};

Party factorParty(Scene &scene, const Factor &factor)
{
    return {scene.random().id("aut"), "AuthenticatorEnrollment", "unknown", std::string(factor.name)};
}

void mailTo(Scene &scene, const EventKind &kind, const Person &who, Timestamp t)
{
    EventDraft sent = scene.job(kind, t, scene.system());
    sent.targets = {scene.user(who)};
    sent.debugData = {{"templateType", "default"}, {"tokenLifetime", "3600"}};
    scene.emit(sent);
}

void selfServiceReset(Scene &scene, const Session &session, Timestamp t)
{
    const Person &who = scene.person(session.person);
    mailTo(scene, resetMail, who, t);
    t = scene.after(t, 30s, 240s);
    for (const EventKind &kind : {kinds::resetPassword, kinds::updatePassword}) {
        EventDraft changed = scene.request(kind, t, who, session.client, "/idp/idx/challenge/answer");
        changed.targets = {scene.user(who)};
        scene.emit(changed);
        t = scene.after(t, 20s, 70s);
    }
}

void changePassword(Scene &scene, const Session &session, Timestamp t)
{
    EventDraft changed = scene.by(session, kinds::updatePassword, t, "/enduser/settings/password");
    changed.targets = {scene.user(scene.person(session.person))};
    scene.emit(changed);
}

void lockedOut(Scene &scene, const Session &session, Timestamp t)
{
    const std::size_t whom = scene.colleague(session.person);
    const Person &who = scene.person(whom);
    const Client client = scene.clientOf(who);
    for (int i = 0; i < 5; ++i) {
        t = scene.after(scene.failedPassword(t, who, client), 3s, 12s);
    }
    EventDraft locked = scene.request(kinds::lock, t, who, client, "/idp/idx/challenge/answer");
    locked.result = "FAILURE";
    locked.reason = "LOCKED_OUT";
    locked.targets = {scene.user(who)};
    scene.emit(locked);
    if (scene.random().chance(0.6)) {
        EventDraft unlocked = scene.job(unlock, t + 30min, scene.system());
        unlocked.targets = {scene.user(who)};
        scene.emit(unlocked);
    } else {
        EventDraft unlocked
            = scene.by(session, unlockByAdmin, scene.after(t, 4min, 20min), "/api/v1/users/lifecycle/unlock");
        unlocked.targets = {scene.user(who)};
        scene.emit(unlocked);
    }
}

void enrolFactor(Scene &scene, const Session &session, Timestamp t)
{
    const Person &who = scene.person(session.person);
    const Factor &factor = scene.random().chance(0.7) ? factors::push : factors::securityKey;
    EventDraft activated = scene.by(session, kinds::activateFactor, t, "/idp/idx/challenge/answer");
    activated.reason = "User set up " + std::string(factor.name) + " factor";
    activated.targets = {scene.user(who), factorParty(scene, factor)};
    activated.debugData = {{"factor", std::string(factor.name)}};
    scene.emit(activated);
    mailTo(scene, enrolMail, who, scene.after(t, 1s, 4s));
}

void changeFactor(Scene &scene, const Session &session, Timestamp t)
{
    const Person &who = scene.person(session.person);
    EventDraft removed = scene.by(session, deactivateFactor, t, "/enduser/settings/factors");
    removed.reason = "User reset SMS_FACTOR factor";
    removed.targets = {scene.user(who), factorParty(scene, factors::sms)};
    scene.emit(removed);
    EventDraft updated = scene.by(session, updateFactor, scene.after(t, 20s, 90s), "/enduser/settings/factors");
    updated.targets = {scene.user(who), factorParty(scene, factors::push)};
    scene.emit(updated);
}

void helpDeskReset(Scene &scene, const Session &session, Timestamp t)
{
    const std::size_t whom = scene.colleague(session.person);
    const Person &who = scene.person(whom);
    EventDraft reset = scene.by(session, kinds::resetFactors, t, "/api/v1/users/lifecycle/reset_factors");
    reset.targets = {scene.user(who)};
    scene.emit(reset);
    // At their desk, on their own machine: what a reset should look like.
    const Session own = scene.signIn(scene.after(t, 3min, 15min), whom, scene.clientOf(who), factors::sms);
    enrolFactor(scene, own, scene.after(own.end, 20s, 90s));
}

void newDevice(Scene &scene, const Session &session, Timestamp t)
{
    const Person &who = scene.person(session.person);
    const Device &device = scene.company().devices()[who.devices.back()];
    const Party party{device.id, "Device", "unknown", device.name,
        R"({"platform":")" + std::string(device.platform) + R"(","registered":"true"})"};
    for (const EventKind &kind : {kinds::enrolDevice, addDeviceUser}) {
        EventDraft added = scene.by(session, kind, t, "/idp/authenticators");
        added.targets = {party, scene.user(who)};
        scene.emit(added);
        t = scene.after(t, 50ms, 800ms);
    }
    mailTo(scene, newDeviceMail, who, scene.after(t, 1s, 6s));
}

void oldDevice(Scene &scene, const Session &session, Timestamp t)
{
    EventDraft removed = scene.by(session, removeDeviceUser, t, "/enduser/settings/devices");
    removed.targets
        = {{scene.random().id("guo"), "Device", "unknown", "Old phone"}, scene.user(scene.person(session.person))};
    scene.emit(removed);
}

void codeByMail(Scene &scene, const Session &session, Timestamp t)
{
    mailTo(scene, factorMail, scene.person(session.person), t);
}

void codeBySms(Scene &scene, const Session &session, Timestamp t)
{
    const Person &who = scene.person(session.person);
    EventDraft sent = scene.by(session, factorSms, t, "/idp/idx/challenge");
    sent.targets = {scene.user(who)};
    sent.debugData = {{"phoneNumber", "XXX-XXX-" + std::to_string(scene.random().between(1000, 9999))}};
    scene.emit(sent);
    scene.verifyFactor(scene.after(t, 8s, 40s), who, session.client, factors::sms, session.id);
}

void clearedSession(Scene &scene, const Session &session, Timestamp t)
{
    EventDraft cleared = scene.by(session, clearSession, t, "/api/v1/users/sessions");
    cleared.targets = {scene.user(scene.person(scene.colleague(session.person)))};
    scene.emit(cleared);
}

} // namespace

std::span<const Activity> credentials()
{
    using enum Activity::Actor;
    static constexpr std::array all{
        Activity{5, Employee, selfServiceReset},
        Activity{4, Employee, changePassword},
        Activity{3, Administrator, lockedOut},
        Activity{8, Employee, enrolFactor},
        Activity{3, Employee, changeFactor},
        Activity{2, Administrator, helpDeskReset},
        Activity{4, Employee, newDevice},
        Activity{2, Employee, oldDevice},
        Activity{15, Employee, codeByMail},
        Activity{40, Employee, codeBySms},
        Activity{1, Administrator, clearedSession},
    };
    return all;
}

} // namespace octotrail::simulator::activities
