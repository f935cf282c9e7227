// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "event/Timestamp.h"
#include "okta/Response.h"

#include <QByteArray>
#include <QUrl>
#include <optional>
#include <string>
#include <string_view>

/// Requests for users and devices, GET /api/v1/users and /api/v1/devices, both 200 a page.
namespace octotrail::okta::profiles {

inline constexpr int pageLimit = 200;

QUrl usersPage(const QUrl &origin, int limit = pageLimit);
QUrl devicesPage(const QUrl &origin, int limit = pageLimit);

/// The listing of every user, the deprovisioned ones as well, whom only a search finds; or of those that changed after
/// a moment.
QUrl usersListing(const QUrl &origin, const std::optional<event::Timestamp> &changedAfter);
/// The same of devices, with a summary of their users.
QUrl devicesListing(const QUrl &origin, const std::optional<event::Timestamp> &changedAfter);

/// The Content-Type with which Okta leaves credentials out of users.
QByteArray usersContentType();

/// The user's JSON with nothing of "credentials" but the provider, everything else to the byte as it was.
/// Fails if the JSON is too broken to tell where the credentials are: then it must not be kept.
event::Result<std::string> withoutCredentials(std::string_view user);

/// Whether the organization or the token cannot give devices at all, which is no fault of the source.
bool isUnavailable(const Fault &fault);

} // namespace octotrail::okta::profiles
