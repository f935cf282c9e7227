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
/// A slice of more pages than this is shortened, so that several are read at once; ...
constexpr int manyPages = 60;
/// ... one of no more than this is made a day long.
constexpr int fewPages = 30;
/// Of a slice with less there is nothing to be had by reading another one beside it.
constexpr int pagesToWiden = 2;
/// Slices that are read while earlier ones are still going into the store. Each is some thousands of events.
constexpr std::size_t mostReaders = 8;
/// So many events wait for the store before no other slice is begun.
constexpr std::size_t mostUnstored = 40'000;

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
    , m_client(client)
    , m_store(store)
    , m_coverage(store)
    , m_source(source)
    , m_pace(pace)
    , m_status(status)
    , m_backoff(pace.backoffUnit, pace.backoffCap)
    , m_slice(usualSlice)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &GapFiller::look);
}

GapFiller::~GapFiller() = default;

// Running

void GapFiller::start()
{
    const bool isFirst = !std::exchange(m_started, true);
    if (isFirst || (!m_busy && !isReading() && !m_timer.isActive())) {
        m_busy = m_busy || isFirst;
        look();
    }
}

void GapFiller::stop()
{
    m_started = false;
    ++m_looks;
    m_timer.stop();
    cancelReaders();
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
    m_status.backfill->paused = standing->goal->paused;
    Q_EMIT changed();
    if (standing->goal->paused) {
        settle();
    } else {
        m_busy = true;
        readSlices(open);
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
        Backfill begun = m_status.backfill.value_or(Backfill());
        begun.range = whole;
        begun.slices = daysOf(remaining);
        begun.events = 0;
        m_status.backfill = std::move(begun);
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

/// Begins with what nobody reads yet, as far as that is in order.
void GapFiller::readSlices(RangeSet open)
{
    std::size_t unstored = 0;
    for (const auto &reader : m_readers) {
        unstored += reader->unstored();
        if (reader->isBusy()) {
            open.subtract(reader->range());
        }
    }
    while (!open.isEmpty() && !m_timer.isActive() && askingReaders() < m_width && unstored < mostUnstored) {
        RangeReader &reader = idleReader();
        if (reader.isBusy()) {
            return;
        }
        const event::TimeRange gap = open.ranges().back();
        const event::TimeRange slice{std::max(*gap.since, *gap.until - m_slice), gap.until};
        reader.read(slice, true);
        open.subtract(slice);
    }
}

/// One of them is busy if all are, and there are to be no more.
RangeReader &GapFiller::idleReader()
{
    const auto idle = std::ranges::find_if(m_readers, [](const auto &reader) { return !reader->isBusy(); });
    if (idle != m_readers.end()) {
        return **idle;
    }
    if (m_readers.size() >= mostReaders) {
        return *m_readers.back();
    }
    RangeReader *reader
        = m_readers.emplace_back(std::make_unique<RangeReader>(m_client, m_store, m_source, m_pace, m_status)).get();
    connect(reader, &RangeReader::committed, this, [this](const store::CommitReport &report) {
        if (m_status.backfill) {
            m_status.backfill->events += report.inserted;
        }
        Q_EMIT changed();
    });
    connect(reader, &RangeReader::waiting, this, [this](Timestamp until) { tellWaiting({}, until); });
    connect(reader, &RangeReader::advanced, this, [this, reader] { onAdvanced(*reader); });
    connect(reader, &RangeReader::finished, this, &GapFiller::onFinished);
    connect(reader, &RangeReader::failed, this, &GapFiller::onFailed);
    return *reader;
}

bool GapFiller::isReading() const
{
    return std::ranges::any_of(m_readers, [](const auto &reader) { return reader->isBusy(); });
}

int GapFiller::askingReaders() const
{
    return static_cast<int>(std::ranges::count_if(m_readers, [](const auto &reader) { return reader->isAsking(); }));
}

void GapFiller::cancelReaders()
{
    for (const auto &reader : m_readers) {
        reader->cancel();
    }
}

/// Goes by how much there is: more slices at once, longer ones, shorter ones.
void GapFiller::onAdvanced(const RangeReader &reader)
{
    tellGoesOn();
    const int pages = reader.pages();
    if (reader.isAsking()) {
        if (pages == pagesToWiden && m_width < m_pace.pastAtOnce) {
            ++m_width;
            look();
        }
        return;
    }
    if (pages <= 1) {
        m_width = 1;
        m_slice = std::clamp(m_slice * 2, usualSlice, longestSlice);
    } else if (pages <= fewPages) {
        m_slice = std::max(m_slice / 2, usualSlice);
    } else if (pages > manyPages) {
        m_slice = std::max(m_slice / 2, shortestSlice);
    }
    look(); // the next slice need not wait until this one is in the store
}

void GapFiller::onFinished()
{
    m_backoff.reset();
    m_faults = 0;
    look();
}

void GapFiller::onFailed(const okta::Fault &fault)
{
    if (fault.status == 401 || fault.status == 403) {
        // The live poll meets the same, and tells what to do about it.
        stop();
        tellWaiting(fault.error.sentence, {});
        return;
    }
    m_width = 1;
    if (fault.status >= 500 || fault.error.kind == event::ErrorKind::Timeout) {
        m_slice = std::max(m_slice / 4, shortestSlice);
    }
    if (m_timer.isActive()) {
        addProblem(m_status, fault.error.sentence); // one of several at once: they are tried again together
    } else {
        retryLater(fault.error);
    }
}

void GapFiller::retryLater(const event::Error &error)
{
    addProblem(m_status, error.sentence);
    const std::chrono::milliseconds wait = m_backoff.next();
    m_timer.start(wait);
    tellWaiting(error.sentence, event::now() + wait);
    // It goes on, but who waits for it is let go.
    constexpr int enough = 10;
    if (++m_faults >= enough) {
        settle();
    }
}

void GapFiller::tellWaiting(const QString &fault, const std::optional<Timestamp> &until)
{
    if (m_status.backfill) {
        m_status.backfill->fault = fault;
        m_status.backfill->nextTry = until;
    }
    Q_EMIT changed();
}

void GapFiller::tellGoesOn()
{
    if (m_status.backfill) {
        m_status.backfill->fault.clear();
        m_status.backfill->nextTry.reset();
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
    cancelReaders();
    ++m_looks;
    if (m_status.backfill) {
        m_status.backfill->paused = true;
        m_status.backfill->end.reset();
    }
    tellGoesOn(); // what hindered it is of no account now
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
    cancelReaders();
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
