// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "okta/Client.h"
#include "store/Store.h"

#include <QObject>
#include <functional>
#include <memory>
#include <optional>

namespace octotrail::collect {

/// Finds where the System Log of a source is to be read on: at its checkpoint, at the time of the newest event if the
/// checkpoint's link is void, or at the time that the source is set to start from, by Okta's clock.
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
    };
    using Done = std::function<void(const event::Result<Found> &)>;

    /// client, store and source outlive this.
    LogStart(okta::Client &client, store::Store &store, const store::SourceConfig &source, int pageLimit,
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

private:
    void onCheckpoint(const event::Result<std::optional<store::Checkpoint>> &read);
    void askForTheTime();
    void beginAt(event::Timestamp since);
    event::Timestamp configuredStart(event::Timestamp serverNow) const;
    void end(const event::Result<Found> &found);

    okta::Client &m_client;
    store::Store &m_store;
    const store::SourceConfig &m_source;
    int m_pageLimit;
    QString m_queryHash;
    std::chrono::milliseconds m_overlap = usualOverlap;
    bool m_withinRetention = false;
    Done m_done;
    int m_search = 0; ///< counts the calls of find(), so that an answer to an earlier one is told apart
    std::optional<event::Timestamp> m_newest;
    std::unique_ptr<okta::Call> m_call;
};

} // namespace octotrail::collect
