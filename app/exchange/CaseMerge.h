// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/Store.h"

#include <QStringList>
#include <functional>
#include <memory>
#include <stop_token>

namespace octotrail::exchange {

struct MergeProgress
{
    qint64 events = 0; ///< looked at
    qint64 total = 0;
    qint64 added = 0; ///< new in this case
    qint64 duplicates = 0; ///< that it had already, by uuid
};

struct MergeReport
{
    MergeProgress totals;
    qint64 alerts = 0; ///< added, or with more events, notes or a verdict now
    qint64 annotations = 0; ///< events whose bookmark, tags or note changed
    qint64 profiles = 0; ///< added, or newer than the ones here
    qint64 documents = 0; ///< saved searches, layouts, rules and the like that were added
    QStringList newSources; ///< their names; those that collect are paused
};

/// Brings what another case has into this one: events exactly once and byte for byte, with the sources they belong to,
/// what is known to be read of each, what was noted of them, alerts with their verdicts and notes, profiles that are
/// unknown or newer, and documents that are not here. Rules and suppressions are not brought: what runs here is chosen
/// here. The other case is only read; one of an older version is copied aside for it.
///
/// A source is one that is here if it has the same uuid, or collects from the same organization, or is an archive of
/// the same name. Refused if it is this case itself; else the errors of Store::open(). What was committed stays when it
/// fails or is stopped; merging again adds nothing twice. Waits: call it from a worker thread.
event::Result<MergeReport> mergeCase(const std::shared_ptr<store::Store> &into, const QString &file,
    const std::function<void(const MergeProgress &)> &progress, const std::stop_token &stop);

} // namespace octotrail::exchange
