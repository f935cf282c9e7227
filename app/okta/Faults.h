// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "okta/Response.h"

#include <QList>
#include <QNetworkReply>
#include <QSslError>

/// Puts what can go wrong between Octotrail and Okta into kinds to act on and sentences to act by.
/// https://developer.okta.com/docs/reference/error-codes/
namespace octotrail::okta {

/// nullopt for status 200 with a body that starts and ends like JSON.
std::optional<Fault> faultOf(const Response &response);

/// For requests that got no whole answer. A cancelled request is told as timed out: who cancels does not ask.
Fault faultOf(QNetworkReply::NetworkError error, const QString &detail, const QUrl &url, const QList<QSslError> &tls);

/// A url that is not of the source's own origin was to be asked.
Fault refusal(const QUrl &url, const QUrl &origin);

/// "3 minutes 12 seconds", for telling how far a clock is off.
QString spokenDuration(std::chrono::milliseconds duration);

/// A sentence if the clocks differ so much that the analyst should know; empty if not.
QString clockSentence(const std::optional<std::chrono::milliseconds> &skew);

} // namespace octotrail::okta
