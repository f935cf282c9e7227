// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/EventResult.h"

#include "ui/widgets/WhenFinished.h"

#include <QtConcurrentRun>
#include <algorithm>

namespace octotrail::ui {

using store::Seq;

EventResult::EventResult(std::shared_ptr<store::Store> store, RowLoader &loader, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , m_matcher(m_store)
    , m_placer(loader)
{
    connect(&m_matcher, &LiveMatcher::matched, this, &EventResult::takeLive);
    m_flushTimer.setSingleShot(true);
    m_flushTimer.setInterval(flushPeriod);
    connect(&m_flushTimer, &QTimer::timeout, this, &EventResult::flush);
    m_refreshTimer.setSingleShot(true);
    connect(&m_refreshTimer, &QTimer::timeout, this, &EventResult::refresh);
}

EventResult::~EventResult() = default;

void EventResult::run(const store::EventQuery &query)
{
    m_query = query;
    m_refreshing = false;
    m_stale = true;
    startSearch();
    setState(State::Searching);
}

void EventResult::refresh()
{
    if (m_state == State::Empty) {
        return;
    }
    if (m_state != State::Complete) {
        run(m_query);
        return;
    }
    m_refreshing = true;
    startSearch();
}

void EventResult::startSearch()
{
    endSearch();
    m_placer.cancel();
    m_refreshTimer.stop();
    m_order = RowOrder(m_query);
    m_next.clear();
    m_incoming.clear();
    m_deferred.clear();
    m_lastSeen.reset();
    m_progress = 0;
    m_refreshClock.start();
    // In this order: what is committed after the search has begun is asked of the matcher, too.
    m_matcher.setQuery(++m_generation, m_query);
    m_search = m_store->search(m_query);
    connect(m_search.get(), &store::Search::started, this, &EventResult::takeStarted);
    connect(m_search.get(), &store::Search::found, this, &EventResult::takeFound);
    connect(m_search.get(), &store::Search::progressed, this, [this](double fraction) {
        m_progress = fraction;
        Q_EMIT progressed(fraction);
    });
    connect(m_search.get(), &store::Search::finished, this, &EventResult::takeFinished);
    connect(m_search.get(), &store::Search::failed, this, &EventResult::takeFailed);
}

void EventResult::endSearch()
{
    if (m_search) {
        m_search->cancel();
        m_search->disconnect(this);
        m_search.release()->deleteLater(); // we may have been called by one of its signals
    }
}

void EventResult::cancel()
{
    if (m_state != State::Searching || !m_search) {
        return;
    }
    endSearch();
    if (m_stale) {
        replaceRows({});
        m_stale = false;
    }
    setState(State::Cancelled);
}

void EventResult::takeStarted(Seq last)
{
    m_lastSeen = last;
    std::erase_if(m_incoming, [last](const LiveRow &row) { return row.seq <= last; });
}

void EventResult::takeFound(const store::SeqsPtr &seqs)
{
    if (m_refreshing) {
        m_next.append(seqs);
        return;
    }
    if (m_stale) {
        SeqList rows;
        rows.append(seqs);
        m_stale = false;
        replaceRows(std::move(rows));
        Q_EMIT stateChanged();
        return;
    }
    const qint64 row = m_rows.size();
    const auto count = static_cast<qint64>(seqs->size());
    Q_EMIT aboutToInsert(row, count);
    m_rows.append(seqs);
    Q_EMIT inserted(row, count, false);
}

void EventResult::takeFinished()
{
    endSearch();
    m_refreshTook = std::chrono::milliseconds(m_refreshClock.elapsed());
    if (m_refreshing) {
        whenFinished(
            QtConcurrent::run([before = m_rows, after = m_next] { return insertionsBetween(before, after, maxRuns); }),
            this, [this, generation = m_generation](std::optional<std::vector<InsertedRun>> runs) {
                if (generation == m_generation) {
                    takeRefreshed(std::move(runs));
                }
            });
        return;
    }
    if (m_stale) {
        m_stale = false;
        replaceRows({});
    }
    complete();
}

void EventResult::takeRefreshed(std::optional<std::vector<InsertedRun>> runs)
{
    m_refreshing = false;
    if (runs) {
        insertRuns(std::move(*runs), true);
    } else {
        replaceRows(std::move(m_next));
    }
    m_next.clear();
    complete();
}

void EventResult::complete()
{
    setState(State::Complete);
    m_incoming.insert(m_incoming.end(), m_deferred.begin(), m_deferred.end());
    m_deferred.clear();
    if (!m_incoming.empty()) {
        m_flushTimer.start();
    }
}

void EventResult::takeFailed(const event::Error &error)
{
    endSearch();
    m_refreshing = false;
    m_stale = false;
    m_error = error;
    setState(State::Failed);
}

void EventResult::takeLive(quint64 generation, const LiveRows &rows)
{
    if (generation != m_generation) {
        return;
    }
    for (const LiveRow &row : *rows) {
        if (!m_lastSeen || row.seq > *m_lastSeen) {
            m_incoming.push_back(row);
        }
    }
    if (m_incoming.empty()) {
        return;
    }
    if (m_held) {
        Q_EMIT heldCountChanged(heldCount());
    } else if (!m_flushTimer.isActive()) {
        m_flushTimer.start();
    }
}

void EventResult::setHeld(bool held)
{
    if (held == m_held) {
        return;
    }
    m_held = held;
    Q_EMIT heldCountChanged(heldCount());
    if (!held && !m_incoming.empty()) {
        flush();
    }
}

void EventResult::flush()
{
    const bool showable
        = m_state == State::Complete || ((m_state == State::Searching || m_state == State::Cancelled) && !m_stale);
    if (m_held || m_incoming.empty() || !m_lastSeen || m_refreshing || m_placer.isBusy() || !showable) {
        return; // whatever is waited for calls again
    }
    if (m_refreshTimer.isActive()) {
        return;
    }
    const bool partial = m_state != State::Complete;
    m_placer.place(m_rows, partial, m_order, std::exchange(m_incoming, {}),
        [this](LivePlacer::Outcome outcome) { takePlaced(std::move(outcome)); });
}

void EventResult::takePlaced(LivePlacer::Outcome outcome)
{
    if (outcome.kind != LivePlacer::Outcome::Kind::Placed) {
        scheduleRefresh();
        return;
    }
    m_deferred.insert(m_deferred.end(), outcome.deferred.begin(), outcome.deferred.end());
    if (outcome.runs.size() > maxRuns) {
        SeqList rows = m_rows;
        for (auto run = outcome.runs.rbegin(); run != outcome.runs.rend(); ++run) {
            rows.insert(run->row, run->seqs);
        }
        replaceRows(std::move(rows));
    } else {
        insertRuns(std::move(outcome.runs), true);
    }
    if (m_state == State::Complete && !m_deferred.empty()) {
        m_incoming.insert(m_incoming.end(), m_deferred.begin(), m_deferred.end());
        m_deferred.clear();
    }
    if (!m_incoming.empty()) {
        m_flushTimer.start();
    }
}

void EventResult::insertRuns(std::vector<InsertedRun> runs, bool live)
{
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        const auto count = static_cast<qint64>(run->seqs.size());
        Q_EMIT aboutToInsert(run->row, count);
        m_rows.insert(run->row, run->seqs);
        Q_EMIT inserted(run->row, count, live);
    }
}

void EventResult::replaceRows(SeqList rows)
{
    Q_EMIT aboutToReset();
    m_rows = std::move(rows);
    Q_EMIT wasReset();
}

void EventResult::scheduleRefresh()
{
    // Searching again must not become the main work while a large archive comes in.
    m_refreshTimer.start(std::max(std::chrono::milliseconds(1500), 4 * m_refreshTook));
}

void EventResult::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace octotrail::ui
