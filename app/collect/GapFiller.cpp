// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/GapFiller.h"

#include "collect/Await.h"
#include "collect/Problems.h"
#include "collect/Sentences.h"

#include <algorithm>

namespace octotrail::collect {

using event::Timestamp;
using store::Coverage;
using store::Gap;
using store::RangeSet;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::minutes usualSlice = 24h;
constexpr std::chrono::minutes longestSlice = 30 * 24h;
constexpr std::chrono::minutes shortestSlice = 1h;

RangeSet openOf(const Coverage::Standing &standing, Timestamp now)
{
    RangeSet open;
    for (const Gap &gap : Coverage::gapsOf(0, standing, now)) {
        if (gap.kind == Gap::Kind::Open) {
            open.add(gap.range);
        }
    }
    return open;
}

std::chrono::microseconds lengthOf(const RangeSet &ranges)
{
    std::chrono::microseconds length{0};
    for (const event::TimeRange &range : ranges.ranges()) {
        length += *range.until - *range.since;
    }
    return length;
}

qint64 daysOf(std::chrono::microseconds length)
{
    return std::chrono::ceil<std::chrono::days>(length).count();
}

} // namespace

GapFiller::GapFiller(okta::Client &client, store::Store &store, const store::SourceConfig &source, const Pace &pace,
    SourceStatus &status, QObject *parent)
    : QObject(parent)
    , m_coverage(store)
    , m_source(source)
    , m_status(status)
    , m_reader(client, store, source, pace, status)
    , m_backoff(pace.backoffUnit, pace.backoffCap)
    , m_slice(usualSlice)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &GapFiller::look);
    connect(&m_reader, &RangeReader::committed, this, [this](const store::CommitReport &report) {
        ++m_batches;
        if (m_status.backfill) {
            m_status.backfill->events += report.inserted;
        }
        Q_EMIT changed();
    });
    connect(&m_reader, &RangeReader::finished, this, &GapFiller::onFinished);
    connect(&m_reader, &RangeReader::failed, this, &GapFiller::onFailed);
}

GapFiller::~GapFiller() = default;

// Running

void GapFiller::start()
{
    const bool isFirst = !std::exchange(m_started, true);
    if (isFirst || (!m_busy && !m_reader.isBusy() && !m_timer.isActive())) {
        m_busy = m_busy || isFirst;
        look();
    }
}

void GapFiller::stop()
{
    m_started = false;
    ++m_looks;
    m_timer.stop();
    m_reader.cancel();
    settle();
}

void GapFiller::look()
{
    whenFinished(m_coverage.standing(m_source.id), this, [this, look = ++m_looks](const auto &standing) {
        if (look == m_looks) {
            onGaps(standing);
        }
    });
}

void GapFiller::onGaps(const event::Result<Coverage::Standing> &standing)
{
    if (!standing) {
        retryLater(standing.error());
        return;
    }
    const RangeSet open = openOf(*standing, serverNow());
    if (open.isEmpty()) {
        m_whole.reset();
        m_status.backfill.reset();
        Q_EMIT changed();
        settle();
        return;
    }
    tellRange(open);
    m_gap = open.ranges().back();
    m_status.backfill->paused = standing->goal->paused;
    Q_EMIT changed();
    if (standing->goal->paused) {
        settle();
    } else {
        m_busy = true;
        readSlice();
    }
}

/// How much of it there is, how much is done, and how long the rest may take.
void GapFiller::tellRange(const RangeSet &open)
{
    const event::TimeRange whole{open.ranges().front().since, open.ranges().back().until};
    const std::chrono::microseconds remaining = lengthOf(open);
    const bool isAnother = !m_whole || *whole.since < *m_whole->since || *whole.until > *m_whole->until;
    if (isAnother || !m_status.backfill) {
        m_whole = whole;
        m_begun = std::chrono::steady_clock::now();
        m_remainingAtBegin = remaining;
        m_status.backfill = Backfill{whole, 0, daysOf(remaining), 0, {}, false};
    }
    Backfill &backfill = *m_status.backfill;
    backfill.done = std::max<qint64>(0, backfill.slices - daysOf(remaining));
    const std::chrono::duration<double> done = m_remainingAtBegin - remaining;
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - m_begun;
    backfill.end.reset();
    if (done > 0s) {
        const auto left = spent * (std::chrono::duration<double>(remaining) / done);
        backfill.end = event::now() + std::chrono::duration_cast<std::chrono::seconds>(left);
    }
}

void GapFiller::readSlice()
{
    m_batches = 0;
    const Timestamp since = std::max(*m_gap.since, *m_gap.until - m_slice);
    m_reader.read({since, *m_gap.until}, true);
}

void GapFiller::onFinished()
{
    m_backoff.reset();
    m_faults = 0;
    // A slice of one batch is read with a request or a few: more of such time costs no more.
    m_slice = m_batches <= 1 ? std::min(m_slice * 2, longestSlice) : std::max(m_slice / 2, usualSlice);
    look();
}

void GapFiller::onFailed(const okta::Fault &fault)
{
    if (fault.status == 401 || fault.status == 403) {
        // The live poll meets the same, and tells what to do about it.
        stop();
        Q_EMIT changed();
        return;
    }
    if (fault.status >= 500 || fault.error.kind == event::ErrorKind::Timeout) {
        m_slice = std::max(m_slice / 4, shortestSlice);
    }
    retryLater(fault.error);
}

void GapFiller::retryLater(const event::Error &error)
{
    addProblem(m_status, error.sentence);
    m_timer.start(m_backoff.next());
    Q_EMIT changed();
    // It goes on, but who waits for it is let go.
    constexpr int enough = 10;
    if (++m_faults >= enough) {
        settle();
    }
}

void GapFiller::settle()
{
    if (std::exchange(m_busy, false)) {
        Q_EMIT settled();
    }
}

/// By Okta's clock: what is older than Okta keeps is not asked for.
Timestamp GapFiller::serverNow() const
{
    return event::now() + m_status.clockSkew.value_or(0ms);
}

// The user's wishes

void GapFiller::pause()
{
    m_timer.stop();
    m_reader.cancel();
    ++m_looks;
    if (m_status.backfill) {
        m_status.backfill->paused = true;
        m_status.backfill->end.reset();
    }
    m_coverage.setPaused(m_source.id, true);
    Q_EMIT changed();
    settle();
}

void GapFiller::resume()
{
    m_whole.reset(); // the pause is not to count in the estimate
    whenFinished(m_coverage.setPaused(m_source.id, false), this, [this](const event::Status &) {
        if (m_started) {
            look();
        }
    });
}

void GapFiller::cancel()
{
    m_timer.stop();
    m_reader.cancel();
    whenFinished(m_coverage.standing(m_source.id), this, [this, look = ++m_looks](const auto &standing) {
        if (look != m_looks) {
            return;
        }
        const RangeSet open = standing ? openOf(*standing, serverNow()) : RangeSet();
        for (const event::TimeRange &range : open.ranges()) {
            m_coverage.skip(m_source.id, range);
        }
        whenFinished(m_coverage.setPaused(m_source.id, false), this, [this](const event::Status &) { this->look(); });
    });
}

void GapFiller::fill(const event::TimeRange &range)
{
    whenFinished(m_coverage.want(m_source.id, range), this, [this](const event::Status &wanted) {
        if (!wanted) {
            addProblem(m_status, wanted.error().sentence);
            Q_EMIT changed();
        }
        resume();
    });
}

} // namespace octotrail::collect
