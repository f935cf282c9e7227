// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"
#include "exchange/Importer.h"

#include <optional>

namespace octotrail::exchange {

/// What is in files, as far as they were read.
struct ImportPreview
{
    QStringList formats; ///< "NDJSON", "CSV of the Admin Console", ...
    QStringList packings; ///< "gzip", ...
    QStringList wrappers; ///< tools whose wrapping was recognised: "Splunk"
    qint64 events = 0; ///< that would be imported, with those that the store may have already
    qint64 rebuilt = 0; ///< of these, the ones that are not Okta's bytes
    std::optional<event::Timestamp> first, last; ///< of their times
    struct Row
    {
        QString published, eventType, actor, outcome, message;
    };
    QList<Row> rows; ///< the first events
    QList<ImportProblem> problems; ///< the first ones
    qint64 problemCount = 0;
    qint64 bytesRead = 0;
    qint64 bytesTotal = 0; ///< 0 if it cannot be known
    bool isWhole = false; ///< all was read
};

/// Reads files as an import would, but stores nothing. seen is called with what is known so far, some four times a
/// second, from the calling thread. Fails if a file cannot be opened, or on a stop. Waits: call it from a worker
/// thread.
event::Result<ImportPreview> previewImport(const QStringList &files, const QString &storeFile,
    const std::function<void(const ImportPreview &)> &seen, const std::stop_token &stop);

} // namespace octotrail::exchange
