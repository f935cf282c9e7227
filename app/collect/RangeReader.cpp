// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/RangeReader.h"

#include "collect/Await.h"
#include "collect/Problems.h"
#include "collect/Sentences.h"
#include "okta/SystemLog.h"

#include <algorithm>

namespace octotrail::collect {

using event::Error;
using event::ErrorKind;
using event::Timestamp;
using namespace std::chrono_literals;

namespace {

/// Batches of some pages load faster than pages alone.
constexpr std::size_t batchEvents = 2000;
/// So many events wait for the store before no more are asked for.
constexpr std::size_t mostPending = 4000;
/// Okta gives no such pages in a row; who does has nothing to say.
constexpr int mostEmptyPages = 10;

} // namespace

RangeReader::RangeReader(okta::Client &client, store::Store &store, const store::SourceConfig &source, const Pace &pace,
    SourceStatus &status, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_store(store)
    , m_source(source)
    , m_pace(pace)
    , m_status(status)
{ }

RangeReader::~RangeReader() = default;

void RangeReader::read(const event::TimeRange &range, bool covers)
{
    cancel();
    m_busy = true;
    m_range = range;
    m_covers = covers;
    m_boundary = *range.until;
    m_emptyPages = 0;
    m_ended = false;
    m_visited.clear();
    askFromBoundary();
}

void RangeReader::cancel()
{
    ++m_run;
    m_busy = false;
    m_committing = false;
    m_call.reset();
    m_pending.clear();
    m_hasPending = false;
    m_fault.reset();
}

void RangeReader::askFromBoundary()
{
    m_link = QString::fromLatin1(okta::systemlog::boundedPage(
        m_source.origin, {m_range.since, m_boundary + 1ms}, m_source.filter, m_pace.pageLimit)
                                     .toEncoded());
    m_linkIsOurs = true;
    request();
}

void RangeReader::request()
{
    m_visited.insert(m_link);
    m_call = m_client.get(QUrl::fromEncoded(m_link.toUtf8(), QUrl::StrictMode), okta::Limiter::Priority::Past,
        [this](const okta::Answer &answer) { onAnswer(answer); });
    // What has been read is not kept from the store until the next window.
    connect(m_call.get(), &okta::Call::waiting, this, &RangeReader::commit);
}

// Answers

void RangeReader::onAnswer(const okta::Answer &answer)
{
    m_call.reset();
    if (!answer) {
        const okta::Fault &fault = answer.error();
        m_status.clockSkew = fault.clockSkew ? fault.clockSkew : m_status.clockSkew;
        if (fault.status == 429) {
            addProblem(m_status, sentences::wasRateLimited());
            request(); // the limiter knows when
        } else if (okta::systemlog::isRefusedLink(fault) && !m_linkIsOurs) {
            askFromBoundary();
        } else {
            fail(fault);
        }
        return;
    }
    m_status.clockSkew = answer->clockSkew ? answer->clockSkew : m_status.clockSkew;
    auto page = readLogPage(*answer, m_link, m_reader);
    if (!page) {
        fail({page.error(), answer->status, {}, {}, {}, {}, {}});
        return;
    }
    ++m_status.pages;
    const bool isFull = std::cmp_greater_equal(page->events.size(), okta::systemlog::limitOf(answer->url));
    take(std::move(*page), isFull);
}

void RangeReader::take(LogPage page, bool isFull)
{
    const bool isEmpty = page.events.empty();
    m_emptyPages = isEmpty ? m_emptyPages + 1 : 0;
    const Timestamp before = m_boundary;
    for (auto event = page.events.rbegin(); event != page.events.rend(); ++event) {
        // The last one is the oldest; of events that are none, or of a time that was not asked for, nothing follows.
        if (const auto time = event->published(); time && *time >= *m_range.since && *time < m_boundary) {
            m_boundary = *time;
            break;
        }
    }
    const bool madeProgress = m_boundary < before;
    std::ranges::move(page.events, std::back_inserter(m_pending));
    m_hasPending = true;

    if (page.next == LogPage::Next::Elsewhere) {
        advance(madeProgress, {ErrorKind::Refused, sentences::otherHost(page.host)});
    } else if (!page.hasNext) {
        // Full just at the end of the range, or without the link that should be there: the rest tells.
        if (isFull && madeProgress) {
            askFromBoundary();
        } else {
            end();
        }
    } else if (m_visited.contains(page.link)) {
        advance(madeProgress, {ErrorKind::Protocol, sentences::linkRepeats()});
    } else if (m_emptyPages > mostEmptyPages || m_visited.size() > m_pace.pagesPerBurst) {
        fail({{ErrorKind::Protocol, sentences::neverEnds()}, 200, {}, {}, {}, {}, {}});
    } else {
        m_link = page.link;
        m_linkIsOurs = false;
        if (m_pending.size() < mostPending) {
            request();
        }
    }
    if (m_pending.size() >= batchEvents) {
        commit();
    }
}

/// The next link is no good.
void RangeReader::advance(bool madeProgress, const Error &why)
{
    if (madeProgress) {
        addProblem(m_status, why.sentence);
        askFromBoundary();
    } else {
        fail({why, 200, {}, {}, {}, {}, {}});
    }
}

void RangeReader::end()
{
    m_ended = true;
    m_hasPending = true;
    commit();
}

void RangeReader::fail(const okta::Fault &fault)
{
    m_fault = fault;
    if (!m_committing && m_pending.empty()) {
        m_busy = false;
        Q_EMIT failed(*std::exchange(m_fault, std::nullopt));
        return;
    }
    commit();
}

// The store

void RangeReader::commit()
{
    if (m_committing || !m_hasPending || !m_busy) {
        return;
    }
    m_committing = true;
    m_hasPending = false;
    store::EventBatch batch;
    batch.source = m_source.id;
    batch.events = std::exchange(m_pending, {});
    std::ranges::reverse(batch.events); // as they happened
    if (m_covers) {
        // Others of the oldest event's moment may come with the next page.
        const Timestamp since = m_ended ? *m_range.since : m_boundary + 1ms;
        if (since < *m_range.until) {
            batch.covered.push_back({since, *m_range.until});
        }
    }
    whenFinished(m_store.append(std::move(batch)), this, [this, run = m_run](const auto &report) {
        if (run == m_run) {
            onCommitted(report);
        }
    });
}

void RangeReader::onCommitted(const event::Result<store::CommitReport> &report)
{
    m_committing = false;
    if (!report) {
        cancel();
        Q_EMIT failed({report.error(), 0, {}, {}, {}, {}, {}});
        return;
    }
    m_status.events += report->inserted;
    m_status.duplicates += report->duplicates;
    m_status.defective += report->defective;
    const int run = m_run;
    Q_EMIT committed(*report);
    if (run != m_run) {
        return;
    }
    if (m_hasPending && (m_ended || m_fault || m_pending.size() >= batchEvents)) {
        commit();
        return;
    }
    if (m_fault) {
        m_busy = false;
        Q_EMIT failed(*std::exchange(m_fault, std::nullopt));
    } else if (m_ended) {
        m_busy = false;
        Q_EMIT finished();
    } else if (!m_call) {
        request();
    }
}

} // namespace octotrail::collect
