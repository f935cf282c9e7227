// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/RangeReader.h"

#include "collect/Await.h"
#include "collect/Problems.h"
#include "collect/Sentences.h"
#include "okta/SystemLog.h"

#include <QtConcurrentRun>
#include <algorithm>
#include <iterator>

namespace octotrail::collect {

using event::Error;
using event::ErrorKind;
using event::LogEvent;
using event::Timestamp;
using namespace std::chrono_literals;

namespace {

/// Batches of some pages load faster than pages alone.
constexpr std::size_t batchEvents = 2000;
/// So many events wait for the store before no more are asked for.
constexpr std::size_t mostUnstored = 30'000;
/// So many pages are parsed at once before no more are asked for.
constexpr std::size_t mostParsed = 3;
/// Okta gives no such pages in a row; who does has nothing to say.
constexpr int mostEmptyPages = 10;

okta::Fault protocolFault(const Error &error)
{
    return {error, 200, {}, {}, {}, {}, {}};
}

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
    m_boundary = m_claimed = *range.until;
    m_ended = false;
    m_pageCount = 0;
    m_fullPages = 0;
    m_emptyPages = 0;
    m_visited.clear();
    askFromBoundary();
    askOn();
}

void RangeReader::cancel()
{
    ++m_run;
    m_busy = false;
    m_call.reset();
    m_link.clear();
    m_linkIsRefused = false;
    m_pages.clear();
    m_pending.clear();
    m_unreported = 0;
    m_commits = 0;
    m_mustConfirm = false;
    m_fault.reset();
}

// Asking

void RangeReader::askFromBoundary()
{
    m_link = QString::fromLatin1(okta::systemlog::boundedPage(
        m_source.origin, {m_range.since, m_boundary + 1ms}, m_source.filter, m_pace.pageLimit)
                                     .toEncoded());
    m_linkIsOurs = true;
}

/// Asks for what comes next, if that is known and there is room for it.
void RangeReader::askOn()
{
    if (m_link.isEmpty() || m_call || m_fault || m_pages.size() >= mostParsed || unstored() >= mostUnstored) {
        return;
    }
    m_asked = std::exchange(m_link, {});
    m_visited.insert(m_asked);
    m_call = m_client.get(QUrl::fromEncoded(m_asked.toUtf8(), QUrl::StrictMode), okta::Limiter::Priority::Past,
        [this](const okta::Answer &answer) { onAnswer(answer); });
    // What has been read is not kept from the store until the next window.
    connect(m_call.get(), &okta::Call::waiting, this, &RangeReader::commit);
    connect(m_call.get(), &okta::Call::waiting, this, &RangeReader::waiting);
}

void RangeReader::onAnswer(const okta::Answer &answer)
{
    m_call.reset();
    if (!answer) {
        onFault(answer.error());
        return;
    }
    m_status.clockSkew = answer->clockSkew ? answer->clockSkew : m_status.clockSkew;
    Page page{m_pageCount, NextLink::of(*answer, m_asked), okta::systemlog::limitOf(answer->url), false, {}};
    page.goesOn = page.next.leads == NextLink::Leads::On && !m_visited.contains(page.next.link)
        && m_visited.size() <= m_pace.pagesPerBurst;
    if (page.goesOn) {
        m_link = page.next.link;
        m_linkIsOurs = false;
    }
    ++m_status.pages;
    ++m_pageCount;
    m_pages.push_back(std::move(page));
    askOn();
    parse(*answer);
}

void RangeReader::onFault(const okta::Fault &fault)
{
    m_status.clockSkew = fault.clockSkew ? fault.clockSkew : m_status.clockSkew;
    if (fault.status == 429) {
        addProblem(m_status, sentences::wasRateLimited());
        m_link = m_asked; // the limiter knows when
    } else if (okta::systemlog::isRefusedLink(fault) && !m_linkIsOurs) {
        m_linkIsRefused = true;
    } else {
        m_fault = fault;
    }
    proceed();
}

// Pages

void RangeReader::parse(const okta::Response &response)
{
    const auto parsing = QtConcurrent::run([response]() -> event::Result<Events> {
        event::EventReader reader;
        return readLogEvents(response, reader).map([](std::vector<LogEvent> &&events) {
            return std::make_shared<std::vector<LogEvent>>(std::move(events));
        });
    });
    whenFinished(parsing, this, [this, run = m_run, number = m_pages.back().number](const auto &events) {
        if (run == m_run) {
            onParsed(number, events);
        }
    });
}

void RangeReader::onParsed(int number, const event::Result<Events> &events)
{
    const auto page = std::ranges::find(m_pages, number, &Page::number);
    if (page == m_pages.end()) {
        return; // it came after one that could not be read
    }
    page->events = events;
    const int run = m_run;
    while (run == m_run && !m_pages.empty() && m_pages.front().events) {
        Page next = std::move(m_pages.front());
        m_pages.pop_front();
        take(std::move(next));
        Q_EMIT advanced();
    }
    if (run == m_run) {
        proceed();
    }
}

/// What is to be done after any change.
void RangeReader::proceed()
{
    if (m_linkIsRefused && m_pages.empty()) {
        m_linkIsRefused = false;
        askFromBoundary();
    }
    const bool isOver = m_pages.empty() && (m_ended || m_fault);
    if (isOver || m_pending.size() >= batchEvents) {
        commit();
    }
    if (!isOver || m_commits > 0) {
        askOn();
        return;
    }
    m_busy = false;
    if (m_fault) {
        Q_EMIT failed(*std::exchange(m_fault, std::nullopt));
    } else {
        Q_EMIT finished();
    }
}

void RangeReader::take(Page page)
{
    if (!*page.events) {
        fail(protocolFault(page.events->error()));
        return;
    }
    std::vector<LogEvent> &events = ***page.events;
    const bool isFull = std::cmp_greater_equal(events.size(), page.limit);
    m_emptyPages = events.empty() ? m_emptyPages + 1 : 0;
    m_fullPages += events.empty() ? 0 : 1;
    const bool madeProgress = noteBoundary(events);
    std::ranges::move(events, std::back_inserter(m_pending));
    if (!page.goesOn) {
        takeLast(page, isFull, madeProgress);
    } else if (m_emptyPages > mostEmptyPages) {
        fail(protocolFault({ErrorKind::Protocol, sentences::neverEnds()}));
    }
}

/// Whether the page went further back than what was read before.
bool RangeReader::noteBoundary(const std::vector<LogEvent> &events)
{
    // The last one is the oldest; of events that are none, or of a time that was not asked for, nothing follows.
    const auto older = std::find_if(events.rbegin(), events.rend(), [this](const LogEvent &event) {
        const auto time = event.published();
        return time && *time >= *m_range.since && *time < m_boundary;
    });
    if (older == events.rend()) {
        return false;
    }
    m_boundary = *older->published();
    return true;
}

/// A page with no next link, or one that is no good.
void RangeReader::takeLast(const Page &page, bool isFull, bool madeProgress)
{
    if (page.next.leads == NextLink::Leads::Elsewhere) {
        advance(madeProgress, {ErrorKind::Refused, sentences::otherHost(page.next.host)});
    } else if (page.next.leads == NextLink::Leads::Nowhere) {
        // Full just at the end of the range, or without the link that should be there: the rest tells.
        if (isFull && madeProgress) {
            askFromBoundary();
        } else {
            m_ended = true;
        }
    } else if (m_visited.contains(page.next.link)) {
        advance(madeProgress, {ErrorKind::Protocol, sentences::linkRepeats()});
    } else {
        fail(protocolFault({ErrorKind::Protocol, sentences::neverEnds()}));
    }
}

void RangeReader::advance(bool madeProgress, const Error &why)
{
    if (madeProgress) {
        addProblem(m_status, why.sentence);
        askFromBoundary();
    } else {
        fail(protocolFault(why));
    }
}

/// What comes after it is not waited for.
void RangeReader::fail(const okta::Fault &fault)
{
    m_fault = fault;
    m_call.reset();
    m_link.clear();
    m_pages.clear();
}

// The store

/// Sends what is complete on its way to the store.
void RangeReader::commit()
{
    if (m_mustConfirm) {
        return;
    }
    store::EventBatch batch;
    batch.events = takeComplete();
    if (m_covers) {
        const Timestamp since = m_ended ? *m_range.since : std::min(m_claimed, m_boundary + 1ms);
        if (since < m_claimed) {
            batch.covered.push_back({since, m_claimed});
            m_claimed = since;
        }
    }
    if (batch.events.empty() && batch.covered.empty() && m_commits == 0 && unstored() >= mostUnstored) {
        // More events of one moment than fit: what claims that moment has to wait until these are stored.
        batch.events = std::exchange(m_pending, {});
        m_mustConfirm = true;
    }
    if (!batch.events.empty() || !batch.covered.empty()) {
        std::ranges::reverse(batch.events); // as they happened
        append(std::move(batch));
    }
}

/// What is pending, but for events of the oldest moment, if others of it may come with the next page.
std::vector<LogEvent> RangeReader::takeComplete()
{
    if (!m_covers || m_ended || (m_fault && m_pages.empty())) {
        return std::exchange(m_pending, {});
    }
    const auto isComplete = [this](const LogEvent &event) {
        return !event.published() || *event.published() >= m_boundary + 1ms || *event.published() < *m_range.since;
    };
    const auto rest = std::stable_partition(m_pending.begin(), m_pending.end(), isComplete);
    std::vector<LogEvent> held(std::make_move_iterator(rest), std::make_move_iterator(m_pending.end()));
    m_pending.erase(rest, m_pending.end());
    return std::exchange(m_pending, std::move(held));
}

void RangeReader::append(store::EventBatch batch)
{
    const std::size_t events = batch.events.size();
    batch.source = m_source.id;
    ++m_commits;
    m_unreported += events;
    whenFinished(m_store.append(std::move(batch)), this, [this, run = m_run, events](const auto &report) {
        if (report) {
            // What is known already is no duplicate of Okta's: ranges overlap with the poll, and are read again, on
            // purpose.
            m_status.events += report->inserted;
            m_status.defective += report->defective;
            Q_EMIT committed(*report);
        }
        if (run == m_run) {
            onCommitted(report, events);
        }
    });
}

void RangeReader::onCommitted(const event::Result<store::CommitReport> &report, std::size_t events)
{
    if (!report) {
        cancel();
        m_boundary = *m_range.until; // what is in the store of it is not known
        Q_EMIT failed({report.error(), 0, {}, {}, {}, {}, {}});
        return;
    }
    --m_commits;
    m_unreported -= events;
    m_mustConfirm = false;
    proceed();
}

} // namespace octotrail::collect
