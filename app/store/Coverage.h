// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/RangeSet.h"
#include "store/Records.h"

#include <QFuture>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

namespace octotrail::store {

class Store;

/// A range of time of which a source's log is wanted, but not known to be in the store completely.
struct Gap
{
    enum class Kind {
        Open, ///< can be filled, and will be
        Skipped, ///< the user gave up filling it
        Pending, ///< the live poll will read it
        Expired, ///< older than what Okta keeps
    };
    SourceId source = 0;
    event::TimeRange range; ///< has both ends
    Kind kind = Kind::Open;
    bool operator==(const Gap &) const = default;

    /// What the live poll is about to read is no gap to speak of.
    bool isLacking() const { return kind != Kind::Pending; }
    /// Whether asking for it helps.
    bool isFillable() const { return kind == Kind::Open || kind == Kind::Skipped; }
};

/// What is wanted of a source's log, and how far that is on its way.
struct CoverageGoal
{
    std::optional<event::Timestamp> since; ///< wanted from here on, by published
    /// The live poll reads everything that Okta stored from here on.
    std::optional<event::Timestamp> liveSince;
    QString query; ///< names what is read (organization and filter): of another one nothing is known
    bool paused = false; ///< filling of gaps, by the user
    std::optional<event::Timestamp> reconciled; ///< when a whole day was last read again
    bool operator==(const CoverageGoal &) const = default;
};

/// The ledger of gaps: which ranges of published each source has read completely. Ranges are added by
/// EventBatch::covered, in the transaction that stores their events, so that the ledger never says more than the store
/// has.
///
/// What counts as complete is decided by who reads: see collect::LogPoll for the live poll, whose order is that of
/// persistence, and collect::RangeReader for bounded requests.
///
/// May be called from any thread. Futures finish in the store's threads.
class Coverage
{
public:
    explicit Coverage(Store &store)
        : m_store(store)
    { }

    struct Standing
    {
        std::optional<CoverageGoal> goal; ///< none: never collected
        RangeSet covered;
        RangeSet skipped;
    };
    QFuture<event::Result<Standing>> standing(SourceId source) const;

    /// The gaps of a source, or of all (0), by time; now is when it is asked. What the live poll has not come to yet is
    /// a gap once it is longer than patience.
    QFuture<event::Result<std::vector<Gap>>> gaps(SourceId source, event::Timestamp now) const;

    /// Begins the live poll anew: commits its checkpoint together with the goal. Of another query all ranges are
    /// forgotten; forgetSince makes uncertain what was covered from there on.
    QFuture<event::Status> begin(
        SourceId source, Checkpoint checkpoint, CoverageGoal goal, std::optional<event::Timestamp> forgetSince = {});
    /// Takes over what another store has read of this source, once its events are here: its ranges are covered here,
    /// too, if they are of the same query. Where the other's log began earlier, the log is wanted from there on, but
    /// what it lacks of that time is skipped: nothing is fetched unasked.
    QFuture<event::Status> merge(SourceId source, Standing other);
    /// This range is to be read: it is skipped no longer, and wanted if it was not before.
    QFuture<event::Status> want(SourceId source, event::TimeRange range);
    /// It is not to be read unless somebody wants it again.
    QFuture<event::Status> skip(SourceId source, event::TimeRange range);
    QFuture<event::Status> setPaused(SourceId source, bool paused);
    QFuture<event::Status> setReconciled(SourceId source, event::Timestamp time);

    /// Okta keeps the log for so long.
    static constexpr std::chrono::days retention{90};
    /// Shorter than this, what the live poll has yet to read is no gap.
    static constexpr std::chrono::minutes patience{15};

    static std::vector<Gap> gapsOf(SourceId source, const Standing &standing, event::Timestamp now);

private:
    Store &m_store;
};

} // namespace octotrail::store
