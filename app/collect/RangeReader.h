// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/LogPage.h"
#include "collect/Pace.h"
#include "collect/SourceStatus.h"
#include "okta/Client.h"
#include "store/Store.h"

#include <QObject>
#include <QSet>
#include <memory>
#include <optional>

namespace octotrail::collect {

/// Reads a range of the log with bounded requests, newest events first, into the store: a state machine on the event
/// loop of its thread. Leaves the limiter's way free for the live poll.
///
/// Bounded requests are ordered by published. So once a page is in the store, the range is complete from the page's
/// oldest event up; that is committed with the page to the ledger, and whoever begins again after a fault or a restart
/// begins there. A link that cannot be followed costs no more than a new request from that moment.
class RangeReader : public QObject
{
    Q_OBJECT

public:
    /// All of these outlive the reader.
    RangeReader(okta::Client &client, store::Store &store, const store::SourceConfig &source, const Pace &pace,
        SourceStatus &status, QObject *parent = nullptr);
    ~RangeReader() override;

    /// The range has both ends. If it covers, the ledger is told; what was read before the live poll's own start is
    /// complete only if that came first.
    void read(const event::TimeRange &range, bool covers);
    /// What was read and is not committed yet is dropped.
    void cancel();
    bool isBusy() const { return m_busy; }

Q_SIGNALS:
    /// A part is in the store.
    void committed(const octotrail::store::CommitReport &report);
    /// The whole range is.
    void finished();
    /// What came before the fault is. Nothing more is tried.
    void failed(const octotrail::okta::Fault &fault);

private:
    void askFromBoundary();
    void request();
    void onAnswer(const okta::Answer &answer);
    void take(LogPage page, bool isFull);
    void advance(bool madeProgress, const event::Error &why);
    void end();
    void fail(const okta::Fault &fault);
    void commit();
    void onCommitted(const event::Result<store::CommitReport> &report);

    okta::Client &m_client;
    store::Store &m_store;
    const store::SourceConfig &m_source;
    const Pace &m_pace;
    SourceStatus &m_status;

    bool m_busy = false;
    int m_run = 0; ///< counts reads and cancels, so that a commit of before one is told apart
    event::TimeRange m_range;
    bool m_covers = false;
    event::Timestamp m_boundary; ///< read from here up; events of this very moment may be missing
    QString m_link;
    bool m_linkIsOurs = false;
    QSet<QString> m_visited;
    int m_emptyPages = 0; ///< in a row
    std::unique_ptr<okta::Call> m_call;
    event::EventReader m_reader;

    std::vector<event::LogEvent> m_pending; ///< read and not yet on its way to the store
    bool m_hasPending = false;
    bool m_committing = false;
    bool m_ended = false; ///< the last page was read
    std::optional<okta::Fault> m_fault; ///< to be told once what came before is in the store
};

} // namespace octotrail::collect
