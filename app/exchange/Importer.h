// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/Store.h"

#include <QStringList>
#include <functional>
#include <stop_token>

namespace octotrail::exchange {

struct ImportProgress
{
    qint64 bytesRead = 0;
    qint64 bytesTotal = 0; ///< 0 if it cannot be known (standard input)
    qint64 events = 0; ///< new in the store
    qint64 duplicates = 0;
    qint64 errors = 0; ///< lines or elements that are no sound event; kept as bytes where they are objects
};

struct ImportProblem
{
    QString file;
    qint64 line = 0; ///< 1-based; for a JSON array the line on which the element starts
    QString sentence;
};

/// What was done, also by an import that did not come to its end.
struct ImportReport
{
    event::Status status; ///< why it did not
    ImportProgress totals;
    QList<ImportProblem> problems; ///< the first hundred thousand
    qint64 damagedFiles = 0; ///< those that could not be read to their end; what came before the damage is stored
    qint64 rebuilt = 0; ///< events that are marked as not being Okta's bytes: from CSV or Elastic's fields
};

/// Imports files (a JSON array, or NDJSON, or the Admin Console's CSV; as they are, with gzip or zstd, or in a zip
/// archive; "-" for standard input) as events of the source of that name, which is made if there is none. What Panther,
/// Elastic, Splunk and others put around events is taken off. What was committed stays if it fails or is stopped;
/// importing again adds nothing twice. Waits: call it from a worker thread. progress is called from that thread, some
/// ten times a second.
ImportReport importEvents(store::Store &store, const QStringList &files, const QString &sourceName,
    const std::function<void(const ImportProgress &)> &progress, const std::stop_token &stop);

} // namespace octotrail::exchange
