// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/EventDraft.h"

/// Event types that more than one part of the company's life writes. The names are those of Okta's catalogue:
/// https://developer.okta.com/docs/reference/api/event-types/
namespace octotrail::simulator::kinds {

inline constexpr EventKind sessionStart{"user.session.start", "core.user_auth.login_success", "User login to Okta"};
inline constexpr EventKind sessionFailed{"user.session.start", "core.user_auth.login_failed", "User login to Okta"};
inline constexpr EventKind accessToken{"app.oauth2.token.grant.access_token",
    "app.oauth2.token.grant.access_token_success", "OAuth2 access token is granted"};
inline constexpr EventKind threatDetected{
    "security.threat.detected", "security.threat.detected", "Request from suspicious actor", "WARN"};
inline constexpr EventKind contextChange{"user.session.context.change", "", "User session context changed"};
inline constexpr EventKind adminConsole{
    "user.session.access_admin_app", "app.admin.sso.login.success", "User accessing Okta admin app"};
inline constexpr EventKind lock{
    "user.account.lock", "core.user_auth.account_locked", "Max sign in attempts exceeded", "WARN"};
inline constexpr EventKind resetPassword{
    "user.account.reset_password", "core.user.config.user_account.reset_password", "User reset password for Okta"};
inline constexpr EventKind updatePassword{
    "user.account.update_password", "core.user.config.password_update.success", "User update password for Okta"};
inline constexpr EventKind updateProfile{
    "user.account.update_profile", "core.user.config.profile_update.success", "Update user profile for Okta"};
inline constexpr EventKind activateFactor{"user.mfa.factor.activate", "core.user.factor.activate",
    "Activate factor or authenticator enrollment method for user"};
inline constexpr EventKind resetFactors{"user.mfa.factor.reset_all", "core.user.factor.reset_all",
    "Reset all factors or authenticator enrollments for user"};
inline constexpr EventKind createUser{
    "user.lifecycle.create", "core.user.config.user_creation.success", "Create okta user"};
inline constexpr EventKind grantRole{
    "user.account.privilege.grant", "core.user.admin_privilege.granted", "Grant user privilege"};
inline constexpr EventKind addMember{
    "group.user_membership.add", "core.user_group_member.user_add", "Add user to group membership"};
inline constexpr EventKind removeMember{
    "group.user_membership.remove", "core.user_group_member.user_remove", "Remove user from group membership"};
inline constexpr EventKind assignApp{"application.user_membership.add", "app.generic.provision.assign_user_to_app",
    "Add user to application membership"};
inline constexpr EventKind unassignApp{"application.user_membership.remove",
    "app.generic.provision.deassign_user_from_app", "Remove user's application membership"};
inline constexpr EventKind updateRule{"policy.rule.update", "", "Update policy rule"};
inline constexpr EventKind enrolDevice{"device.enrollment.create", "", "Enroll new device"};

} // namespace octotrail::simulator::kinds
