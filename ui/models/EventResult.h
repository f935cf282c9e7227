// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"
#include "ui/models/LiveMatcher.h"
#include "ui/models/LivePlacer.h"
#include "ui/models/RowOrder.h"
#include "ui/models/SeqList.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <memory>

namespace octotrail::ui {

/// The events that a query finds, in its order, growing: first as the search finds them, then with every new event
/// that matches. The last query asked for counts; what an earlier one finds is dropped.
///
/// Changes are announced before and after they are made, each insertion by its place.
class EventResult : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Empty, ///< nothing was asked for yet
        Searching, ///< isStale() until the first rows of the new query are there
        Complete,
        Cancelled, ///< rows() is what had been found by then
        Failed, ///< see error(); rows() is what was there before
    };
    Q_ENUM(State)

    EventResult(std::shared_ptr<store::Store> store, RowLoader &loader, QObject *parent = nullptr);
    ~EventResult() override;

    void run(const store::EventQuery &query);
    /// Asks the same query again and takes over what is different. The rows stay until then. A search that was
    /// cancelled is not taken up again: of its rows those go that are not in the store any more.
    void refresh();
    void cancel();

    const store::EventQuery &query() const { return m_query; }
    State state() const { return m_state; }
    const event::Error &error() const { return m_error; }
    /// Whether rows() is still of the query before.
    bool isStale() const { return m_stale; }
    /// From 0 to 1 while searching, if it is known.
    double progress() const { return m_progress; }
    const SeqList &rows() const { return m_rows; }
    /// rows() is what the query finds up to this seq, also later on; nullopt if it may be something else.
    std::optional<store::Seq> shownUpTo() const;

    /// While held, new events are counted, not inserted.
    void setHeld(bool held);
    bool isHeld() const { return m_held; }
    qint64 heldCount() const { return m_held ? static_cast<qint64>(m_incoming.size()) : 0; }
    /// New events that match a cancelled search; where they belong only another search can tell.
    qint64 unplacedCount() const { return m_state == State::Cancelled ? static_cast<qint64>(m_deferred.size()) : 0; }

Q_SIGNALS:
    void stateChanged();
    void progressed(double fraction);
    void heldCountChanged(qint64 count);
    void unplacedCountChanged(qint64 count);
    void aboutToReset();
    void wasReset();
    void aboutToInsert(qint64 row, qint64 count);
    /// live: they are new in the store, not found by the search.
    void inserted(qint64 row, qint64 count, bool live);

private:
    void setState(State state);
    void startSearch();
    void endSearch();
    void takeStarted(store::Seq last);
    void takeFound(const store::SeqsPtr &seqs);
    void takeFinished();
    void takeRefreshed(std::optional<std::vector<InsertedRun>> runs);
    void complete();
    void takeFailed(const event::Error &error);
    void takeLive(quint64 generation, const LiveRows &rows);
    void flush();
    void takePlaced(LivePlacer::Outcome outcome, const std::vector<LiveRow> &given);
    void defer(const std::vector<LiveRow> &rows);
    void dropRemoved();
    void insertRuns(std::vector<InsertedRun> runs, bool live);
    void replaceRows(SeqList rows);
    void scheduleRefresh();

    static constexpr std::chrono::milliseconds flushPeriod{200};
    static constexpr std::size_t maxRuns = 64; ///< insertions at once that are told one by one

    std::shared_ptr<store::Store> m_store;
    store::EventQuery m_query;
    RowOrder m_order;
    State m_state = State::Empty;
    event::Error m_error;
    double m_progress = 0;
    bool m_stale = false;

    std::unique_ptr<store::Search> m_search;
    bool m_refreshing = false; ///< m_search fills m_next, for the query that m_rows is of
    SeqList m_rows;
    SeqList m_next;

    LiveMatcher m_matcher;
    LivePlacer m_placer;
    quint64 m_generation = 0;
    store::Seq m_shownUpTo = 0; ///< the newest that was found or placed
    bool m_lacksSome = false; ///< of those that are not newer, some are still to be placed
    std::optional<store::Seq> m_lastSeen; ///< events up to this one were seen by the search
    std::vector<LiveRow> m_incoming;
    std::vector<LiveRow> m_deferred; ///< to be placed when the search has finished
    bool m_held = false;
    QTimer m_flushTimer;
    QTimer m_refreshTimer;
    QElapsedTimer m_refreshClock;
    std::chrono::milliseconds m_refreshTook{0};
};

} // namespace octotrail::ui
