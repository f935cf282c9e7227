// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "okta/Response.h"
#include "okta/ServiceApp.h"

/// Okta's OAuth errors as sentences that say what to do in the Admin Console.
/// https://developer.okta.com/docs/reference/error-codes/
namespace octotrail::okta::oauth {

/// The error that an answer names: in its body, or in WWW-Authenticate; else Okta's own code. Empty if none.
QString errorCodeOf(const Response &response);

/// For an answer of the token endpoint that is not 200. The status is 401 for what is wrong with the app or its key and
/// 403 for scopes, whatever Okta chose: so that who retries can tell what retrying does not mend. worked: tokens came
/// before.
Fault faultOfTokenRequest(const Response &response, const ServiceApp &app, const QStringList &scopes, bool worked);

/// For a 401 or 403 of the API to a request with an access token.
Fault faultOfRequest(const Response &response, const ServiceApp &app);

} // namespace octotrail::okta::oauth
