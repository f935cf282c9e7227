// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "event/Timestamp.h"

#include <QString>
#include <QUrl>

namespace octotrail::okta {

/// A search of an organization's System Log, in Okta's own terms.
struct LogSearch
{
    QString filter; ///< an expression; may be empty
    QString words; ///< a keyword search, if there is no expression
    event::TimeRange range;
};

/// The System Log page of the organization's Admin Console, which opens with the search. Refused for a custom domain,
/// behind which there is no Admin Console.
event::Result<QUrl> consoleUrl(const QUrl &origin, const LogSearch &search, const QString &timeZone);

/// A command for a POSIX shell that asks the System Log API. It has no token: it reads $OKTA_API_TOKEN, and hands it to
/// curl so that no list of processes shows it.
QString curlCommand(const QUrl &origin, const LogSearch &search);

} // namespace octotrail::okta
