// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/Pace.h"
#include "okta/Client.h"
#include "store/Coverage.h"
#include "store/Store.h"

#include <QObject>
#include <functional>
#include <memory>
#include <optional>

namespace octotrail::collect {

/// Finds where the System Log of a source is to be read on: at its checkpoint, at the time of the newest event if the
/// checkpoint's link is void, or at the time that the source is set to start from, by Okta's clock.
///
/// If that is longer ago than the poll is to catch up with (Pace::catchUp), the poll begins an hour ago instead, and
/// the time before is left to the ledger as a gap. The checkpoint may have been passed by events that came late;
/// so what was covered in the last hours before it is read again.
///
/// What it finds is in the store before it is told, so that "now" stays the same now after a restart.
class LogStart : public QObject
{
    Q_OBJECT

public:
    struct Found
    {
        QString link;
        bool isOurs = false; ///< made from a time, not given by Okta
        std::optional<event::Timestamp> newest; ///< greatest published that was stored
        /// Everything that Okta stored since then comes by this link, or came by those before it.
        std::optional<event::Timestamp> since;
        std::optional<std::chrono::milliseconds> clockSkew; ///< the server's clock minus ours, if it was asked
    };
    using Done = std::function<void(const event::Result<Found> &)>;

    /// client, store, source and pace outlive this.
    LogStart(okta::Client &client, store::Store &store, const store::SourceConfig &source, const Pace &pace,
        QObject *parent = nullptr);
    ~LogStart() override;

    /// done is called once, later, unless cancel() comes first.
    void find(Done done);
    void cancel();
    bool isBusy() const { return m_done != nullptr; }

    /// How far before the newest event to go on if the link is void; an hour unless told otherwise.
    void setOverlap(std::chrono::milliseconds overlap) { m_overlap = overlap; }
    std::chrono::milliseconds overlap() const { return m_overlap; }
    /// Okta refused the configured start as too long ago: from now on no start is older than what Okta keeps.
    /// False if that would change nothing.
    bool stayWithinRetention();

    static QString stream();
    /// The checkpoint to be committed with the events before link; an empty link makes it void.
    store::Checkpoint checkpoint(const QString &link, const std::optional<event::Timestamp> &newest) const;

    static constexpr std::chrono::milliseconds usualOverlap{std::chrono::hours(1)};
    /// Events come to light so late at most, but for a few that the daily reading finds.
    static constexpr std::chrono::milliseconds usualLateness{std::chrono::hours(2)};

private:
    void onCheckpoint(const event::Result<std::optional<store::Checkpoint>> &read);
    void onStanding(const event::Result<store::Coverage::Standing> &read);
    void askForTheTime();
    void onTime(event::Timestamp serverNow);
    bool isOld(event::Timestamp time, event::Timestamp serverNow) const;
    bool isOurQuery() const;
    std::optional<event::Timestamp> lastCovered() const;
    void goOn(std::optional<event::Timestamp> wanted);
    void beginAt(event::Timestamp since, event::Timestamp wanted, std::optional<event::Timestamp> forgetSince = {});
    event::Timestamp configuredStart(event::Timestamp serverNow) const;
    void end(const event::Result<Found> &found);

    okta::Client &m_client;
    store::Store &m_store;
    store::Coverage m_coverage;
    const store::SourceConfig &m_source;
    const Pace &m_pace;
    QString m_queryHash;
    std::chrono::milliseconds m_overlap = usualOverlap;
    bool m_withinRetention = false;
    Done m_done;
    int m_search = 0; ///< counts the calls of find(), so that an answer to an earlier one is told apart
    QString m_link; ///< of the checkpoint, if it can be followed
    std::optional<event::Timestamp> m_newest;
    std::optional<std::chrono::milliseconds> m_clockSkew;
    store::Coverage::Standing m_standing;
    std::unique_ptr<okta::Call> m_call;
};

} // namespace octotrail::collect
