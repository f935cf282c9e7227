// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/Records.h"

#include <QString>
#include <QStringList>
#include <functional>
#include <stop_token>
#include <vector>

namespace octotrail::store {

/// What a recovery saved, and what not.
struct RecoveryReport
{
    /// Events that were stored and are not among the saved ones.
    struct Loss
    {
        Seq first = 0; ///< of the seqs that they had
        Seq last = 0;
        std::int64_t events = 0;
        event::TimeRange published; ///< in which they were, as far as it is known; both ends included
    };

    std::int64_t events = 0; ///< saved
    std::int64_t proven = 0; ///< of these: in commits that are what the integrity chain says, to the last event
    std::int64_t lost = 0; ///< as the chain counts
    std::vector<Loss> losses;
    bool isCollectedAgain = false; ///< sources have been told to fill the ranges of time that lost events
    QStringList notes; ///< sentences about anything else that was lost or changed
    bool isComplete() const { return lost == 0 && notes.isEmpty(); }
};

/// How far it is; the work is done in steps of different speed.
struct RecoveryProgress
{
    enum class Step { Copying, Checking, Saving, Proving };
    Step step = Step::Copying;
    double fraction = 0;
};

/// What of the file is read.
enum class RecoveryScope {
    Tables, ///< by DuckDB, as far as it can; if that is no table, the pages
    Pages, ///< the pages alone, in which events are looked for
};

/// Saves what can be read of a damaged store into a new one at the target, where no file may be. The damaged file is
/// left as it is. Works where DuckDB refuses the file: with a damaged header, log or pages; if no table can be read any
/// more, events are looked for in the pages themselves.
///
/// Events keep their seqs and the chain its entries, and what is lost gets an entry of its own: so a verification of
/// the new store tells of it. The ranges of time that have lost events count as not collected, so that sources fill
/// them again.
///
/// Reads all of the file, in the calling thread; progress is told from there. Locked if the file is open.
///
/// For a process that may crash: see recoverApart(), which is what everybody else calls.
event::Result<RecoveryReport> recoverStore(const QString &damaged, const QString &target,
    const std::function<void(RecoveryProgress)> &progress, const std::stop_token &stop,
    RecoveryScope scope = RecoveryScope::Tables);

/// Whether there is something to recover, and room for the new file.
event::Status checkRecoveryPlaces(const QString &damaged, const QString &target);

/// What is lost, and what more there is to say, a sentence each.
QStringList recoverySentences(const RecoveryReport &report);

} // namespace octotrail::store
