// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"

#include <QString>
#include <chrono>
#include <optional>

/// What a source says of itself, whole sentences in the analyst's own time zone.
namespace octotrail::collect::sentences {

/// "14:03:21", with the day if it is not today's.
QString clockTime(event::Timestamp time);

/// "24 hours", "90 minutes", "3 days".
QString duration(std::chrono::seconds length);

QString connecting(const QString &host);
QString catchingUp(qint64 events, const std::optional<event::Timestamp> &at);
QString upToDate(event::Timestamp nextPoll);
QString wasRateLimited();
QString rateLimited(event::Timestamp until);
/// Requests beyond our share of Okta's limit are not made.
QString waitingForShare(event::Timestamp until);
QString retrying(const QString &why, event::Timestamp when);
QString retryingNow(const QString &why);
QString paused();
QString notStarted();
QString importedOnly();
QString otherHost(const QString &host);
QString noNextLink();
QString linkRepeats();
QString linkRefused();
QString neverEnds();
QString listLeavesHost(const QString &host);
QString listRepeats();
QString devicesUnavailable();
QString devicesForbidden();
QString usersForbidden();
/// The same of a service app, of which Okta tells what it lacks.
QString profilesRefused(bool isDevices, const QString &why);
QString emptyListing();
QString classicHasNoDevices();

} // namespace octotrail::collect::sentences
