// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/EventResult.h"

#include "filter/ProfilePath.h"
#include "store/ChosenEvents.h"
#include "ui/widgets/WhenFinished.h"

#include <QtConcurrentRun>
#include <algorithm>
#include <iterator>
#include <utility>

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
    if (m_state == State::Cancelled) {
        dropRemoved();
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

std::optional<Seq> EventResult::shownUpTo() const
{
    // What is said of events by profiles and notes is another thing tomorrow.
    const bool isKnown = m_state == State::Complete && !m_lacksSome && !filter::usesProfiles(m_query.expression);
    return isKnown ? std::optional(m_shownUpTo) : std::nullopt;
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
    if (!m_incoming.empty()) {
        m_flushTimer.start();
    }
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
    m_shownUpTo = std::max(m_shownUpTo, m_lastSeen.value_or(0));
    m_lacksSome = !m_deferred.empty();
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
    // A search that was cancelled before it began has seen nothing.
    const bool begun = m_lastSeen || m_state == State::Cancelled;
    if (m_held || m_incoming.empty() || !begun || m_refreshing || m_placer.isBusy() || !showable) {
        return; // whatever is waited for calls again
    }
    if (m_refreshTimer.isActive()) {
        return;
    }
    const bool partial = m_state != State::Complete;
    const std::vector<LiveRow> rows = std::exchange(m_incoming, {});
    m_placer.place(m_rows, partial, m_order, rows,
        [this, rows](LivePlacer::Outcome outcome) { takePlaced(std::move(outcome), rows); });
}

void EventResult::takePlaced(LivePlacer::Outcome outcome, const std::vector<LiveRow> &given)
{
    if (outcome.kind != LivePlacer::Outcome::Kind::Placed) {
        if (m_state == State::Complete) {
            scheduleRefresh();
        } else {
            defer(given);
        }
        return;
    }
    for (const LiveRow &row : given) {
        m_shownUpTo = std::max(m_shownUpTo, row.seq);
    }
    defer(outcome.deferred);
    if (outcome.runs.size() > maxRuns) {
        SeqList rows = m_rows;
        std::for_each(outcome.runs.rbegin(), outcome.runs.rend(),
            [&rows](const InsertedRun &run) { rows.insert(run.row, run.seqs); });
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
    } else if (m_state == State::Complete) {
        m_lacksSome = false;
    }
}

void EventResult::defer(const std::vector<LiveRow> &rows)
{
    m_lacksSome = m_lacksSome || !rows.empty();
    m_deferred.insert(m_deferred.end(), rows.begin(), rows.end());
    if (!rows.empty() && m_state == State::Cancelled) {
        Q_EMIT unplacedCountChanged(unplacedCount());
    }
}

/// The rows whose events are gone, without asking the query again.
void EventResult::dropRemoved()
{
    const auto look = [store = m_store, rows = m_rows]() -> event::Result<std::vector<Seq>> {
        std::vector<Seq> seqs = rows.slice(0, rows.size() - 1);
        return store::ChosenEvents(*store, seqs).left({}).map([&seqs](std::vector<Seq> &&left) {
            std::vector<Seq> gone;
            std::ranges::sort(seqs);
            std::ranges::sort(left);
            std::ranges::set_difference(seqs, left, std::back_inserter(gone));
            return gone;
        });
    };
    whenFinished(
        QtConcurrent::run(look), this, [this, generation = m_generation](const event::Result<std::vector<Seq>> &gone) {
            if (generation != m_generation || !gone || gone->empty()) {
                return;
            }
            if (m_placer.isBusy()) {
                dropRemoved(); // it counts on the rows as they are
                return;
            }
            std::vector<Seq> seqs = m_rows.slice(0, m_rows.size() - 1);
            std::erase_if(seqs, [&gone](Seq seq) { return std::ranges::binary_search(*gone, seq); });
            SeqList rows;
            rows.append(std::make_shared<const std::vector<Seq>>(std::move(seqs)));
            replaceRows(std::move(rows));
        });
}

void EventResult::insertRuns(std::vector<InsertedRun> runs, bool live)
{
    std::for_each(runs.rbegin(), runs.rend(), [&](const InsertedRun &run) {
        const auto count = static_cast<qint64>(run.seqs.size());
        Q_EMIT aboutToInsert(run.row, count);
        m_rows.insert(run.row, run.seqs);
        Q_EMIT inserted(run.row, count, live);
    });
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
