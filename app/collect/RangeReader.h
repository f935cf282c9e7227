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
#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace octotrail::collect {

/// Reads a range of the log with bounded requests, newest events first, into the store: a state machine on the event
/// loop of its thread. Leaves the limiter's way free for the live poll.
///
/// While a page is on its way, the one before it is parsed on Qt's pool, and those before that go into the store, some
/// batches at a time. They are taken in the order in which they were asked for.
///
/// Bounded requests are ordered by published. So once a page is read, the range is complete from the page's oldest
/// event up. Each batch has all events of a part of the range, and is committed together with that part to the ledger,
/// whatever becomes of the batches around it; whoever begins again after a fault or a restart begins with what is
/// missing there. A link that cannot be followed costs no more than a new request from that moment.
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
    /// What was read and is not on its way to the store is dropped.
    void cancel();
    /// Until all of it is in the store, or nothing more is tried.
    bool isBusy() const { return m_busy; }
    /// Until all of it is read.
    bool isAsking() const { return m_busy && !m_ended && !m_fault; }
    const event::TimeRange &range() const { return m_range; }
    /// What is still to be read once it has failed: what is younger is in the store.
    event::TimeRange rest() const
    {
        return {m_range.since, std::min(m_boundary + std::chrono::milliseconds(1), *m_range.until)};
    }
    /// How many pages of it were read that had events.
    int pages() const { return m_fullPages; }
    /// Events that are read and not yet in the store.
    std::size_t unstored() const { return m_pending.size() + m_unreported; }

Q_SIGNALS:
    /// Another page is read. It was the last one if nothing more is asked for.
    void advanced();
    /// Nothing is asked for until then, for a rate limit.
    void waiting(octotrail::event::Timestamp until);
    /// A part is in the store.
    void committed(const octotrail::store::CommitReport &report);
    /// The whole range is.
    void finished();
    /// What came before the fault is. Nothing more is tried.
    void failed(const octotrail::okta::Fault &fault);

private:
    using Events = std::shared_ptr<std::vector<event::LogEvent>>;
    /// An answer whose events are being parsed.
    struct Page
    {
        int number;
        NextLink next;
        int limit;
        bool goesOn; ///< the next page is asked for without looking at this one
        std::optional<event::Result<Events>> events;
    };

    void askFromBoundary();
    void askOn();
    void onAnswer(const okta::Answer &answer);
    void onFault(const okta::Fault &fault);
    void parse(const okta::Response &response);
    void onParsed(int number, const event::Result<Events> &events);
    void proceed();
    void take(Page page);
    bool noteBoundary(const std::vector<event::LogEvent> &events);
    void takeLast(const Page &page, bool isFull, bool madeProgress);
    void advance(bool madeProgress, const event::Error &why);
    void fail(const okta::Fault &fault);

    void commit();
    std::vector<event::LogEvent> takeComplete();
    void append(store::EventBatch batch);
    void onCommitted(const event::Result<store::CommitReport> &report, std::size_t events);

    okta::Client &m_client;
    store::Store &m_store;
    const store::SourceConfig &m_source;
    const Pace &m_pace;
    SourceStatus &m_status;

    bool m_busy = false;
    int m_run = 0; ///< counts reads and cancels, so that what belongs to one before is told apart
    event::TimeRange m_range;
    bool m_covers = false;
    event::Timestamp m_boundary; ///< read from here up; events of this very moment may be missing
    event::Timestamp m_claimed; ///< from here up it is on its way to the store and the ledger
    bool m_ended = false; ///< the last page was read
    std::optional<okta::Fault> m_fault; ///< to be told once what came before is in the store

    // Asking
    QString m_link; ///< what to ask next; empty if it is asked for, or not known yet
    QString m_asked;
    bool m_linkIsOurs = false;
    bool m_linkIsRefused = false; ///< to be asked from the boundary, once that is known
    QSet<QString> m_visited;
    std::unique_ptr<okta::Call> m_call;

    // Pages in the order of the requests
    std::deque<Page> m_pages;
    int m_pageCount = 0;
    int m_fullPages = 0; ///< those that had events
    int m_emptyPages = 0; ///< in a row

    // The store
    std::vector<event::LogEvent> m_pending; ///< read and not yet on its way there
    std::size_t m_unreported = 0; ///< events on their way
    int m_commits = 0; ///< on their way
    bool m_mustConfirm = false; ///< the one on its way is part of what the next one claims
};

} // namespace octotrail::collect
