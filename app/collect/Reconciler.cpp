// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/Reconciler.h"

#include "collect/Await.h"
#include "collect/LogStart.h"
#include "collect/Problems.h"

namespace octotrail::collect {

using event::Timestamp;
using namespace std::chrono_literals;

Reconciler::Reconciler(okta::Client &client, store::Store &store, const store::SourceConfig &source, const Pace &pace,
    SourceStatus &status, QObject *parent)
    : QObject(parent)
    , m_coverage(store)
    , m_source(source)
    , m_pace(pace)
    , m_status(status)
    , m_reader(client, store, source, pace, status)
{
    connect(&m_reader, &RangeReader::committed, this, [this](const store::CommitReport &report) {
        m_status.reconciled += report.inserted;
        Q_EMIT changed();
    });
    connect(&m_reader, &RangeReader::finished, this, &Reconciler::readNext);
    connect(&m_reader, &RangeReader::failed, this, &Reconciler::onFailed);
}

Reconciler::~Reconciler() = default;

void Reconciler::stop()
{
    ++m_run;
    m_running = false;
    m_ranges.clear();
    m_reader.cancel();
}

/// The next time that the poll has caught up, the pass goes on: in a large organization none would come to its end if
/// each fault began it anew.
void Reconciler::onFailed(const okta::Fault &fault)
{
    addProblem(m_status, fault.error.sentence);
    m_ranges.push_back(m_reader.rest());
    m_running = false;
    Q_EMIT changed();
}

void Reconciler::onCaughtUp(Timestamp serverTime)
{
    if (m_running) {
        return;
    }
    if (!m_ranges.empty()) {
        m_running = true;
        readNext();
        return;
    }
    m_last = m_last.value_or(serverTime); // the first is due a period after the start
    const bool isDue = m_source.reconcilePeriod > 0min && serverTime - *m_last >= m_source.reconcilePeriod;
    const bool isDayDue
        = m_source.reconcileDaily && (!m_lastDaily || serverTime - *m_lastDaily >= std::chrono::days(1));
    if (!isDue && !isDayDue) {
        return;
    }
    m_running = true;
    m_now = serverTime;
    whenFinished(m_coverage.standing(m_source.id), this, [this, run = ++m_run](const auto &standing) {
        if (run == m_run) {
            onStanding(standing);
        }
    });
}

void Reconciler::onStanding(const event::Result<store::Coverage::Standing> &standing)
{
    m_running = false;
    if (!standing || !standing->goal) {
        return;
    }
    m_lastDaily = standing->goal->reconciled.value_or(m_now);
    m_isDaily = m_source.reconcileDaily && m_now - *m_lastDaily >= std::chrono::days(1);
    const bool isDue = m_source.reconcilePeriod > 0min && m_now - *m_last >= m_source.reconcilePeriod;
    if (!standing->goal->reconciled) {
        m_coverage.setReconciled(m_source.id, m_now); // from now on days are counted
    }
    if (!m_isDaily && !isDue) {
        return;
    }
    const Timestamp until = m_now - m_pace.settling;
    Timestamp since = until - m_source.reconcileWindow;
    if (m_isDaily) {
        // And what came to light late since the last such pass, if that was longer ago.
        since = std::min<Timestamp>(until - 24h, *m_lastDaily - LogStart::usualLateness);
    }
    m_ranges = standing->covered.intersected({since, until}).ranges();
    m_running = true;
    readNext();
}

void Reconciler::readNext()
{
    if (!m_ranges.empty()) {
        const event::TimeRange range = m_ranges.back();
        m_ranges.pop_back();
        m_reader.read(range, false);
        return;
    }
    m_running = false;
    m_last = m_now;
    m_status.reconciledAt = event::now();
    if (m_isDaily) {
        m_lastDaily = m_now;
        m_coverage.setReconciled(m_source.id, m_now);
    }
    Q_EMIT changed();
}

} // namespace octotrail::collect
