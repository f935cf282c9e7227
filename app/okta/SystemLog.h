// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"
#include "okta/Response.h"

#include <QString>
#include <QUrl>

/// Requests for the System Log, GET /api/v1/logs.
/// https://developer.okta.com/docs/reference/system-log-query/
namespace octotrail::okta::systemlog {

/// The most events that Okta gives in a page.
inline constexpr int pageLimit = 1000;

/// Okta keeps the log for so long; an older since is answered with what is left, one of over 180 days is refused.
inline constexpr std::chrono::days retention{90};

/// The first request of a poll, which no until ends: ordered by when Okta stored the events, its pages never end, and
/// no event is left out. filter is Okta's expression, or empty.
QUrl firstPage(const QUrl &origin, event::Timestamp since, const QString &filter, int limit = pageLimit);

/// The first request for a range of published, newest events first: its pages end, and Okta does not promise that they
/// have every event. An end that is not on a millisecond is moved to the next one outside of the range.
QUrl boundedPage(const QUrl &origin, const event::TimeRange &range, const QString &filter, int limit = pageLimit);

/// A request for the newest event alone, to try a connection with.
QUrl newestEvent(const QUrl &origin, const QString &filter);

/// The limit of a request as its url has it, or Okta's default.
int limitOf(const QUrl &url);

/// Names what a next link belongs to, so that one of another query is not followed.
QString queryHash(const QUrl &origin, const QString &filter, int limit = pageLimit);

/// Whether Okta refused a next link as such: it expired, or was never one. Then the poll goes on from a time instead.
bool isRefusedLink(const Fault &fault);

} // namespace octotrail::okta::systemlog
