// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/LogPoll.h"

#include "collect/Await.h"
#include "collect/Problems.h"
#include "collect/Sentences.h"
#include "okta/Faults.h"
#include "okta/SystemLog.h"

#include <QCryptographicHash>
#include <QLoggingCategory>

namespace octotrail::collect {

using event::Error;
using event::ErrorKind;
using event::Timestamp;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(lcCollect, "octotrail.collect", QtWarningMsg)

/// How often the ledger is told of time in which nothing happened.
constexpr auto tellCovered = 5min;

QByteArray shortHash(const QString &link)
{
    return QCryptographicHash::hash(link.toUtf8(), QCryptographicHash::Sha1);
}

} // namespace

LogPoll::LogPoll(okta::Client &client, store::Store &store, const store::SourceConfig &source, const Pace &pace,
    SourceStatus &status, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_store(store)
    , m_source(source)
    , m_pace(pace)
    , m_status(status)
    , m_start(client, store, source, pace)
    , m_backoff(pace.backoffUnit, pace.backoffCap)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &LogPoll::goOn);
}

LogPoll::~LogPoll() = default;

// Running

void LogPoll::start()
{
    enter(State::CatchingUp, sentences::connecting(m_source.origin.host()));
    findStart();
}

void LogPoll::pause()
{
    m_paused = true;
    ++m_pauses;
    stopWaiting();
    m_start.cancel();
    m_call.reset();
    if (m_held) {
        m_link = m_held->asked;
        m_held.reset();
    }
    enter(State::Paused, sentences::paused());
}

void LogPoll::resume()
{
    if (!std::exchange(m_paused, false)) {
        return;
    }
    enter(State::CatchingUp, sentences::connecting(m_source.origin.host()));
    if (!isRunning()) {
        beginBurst();
    }
}

void LogPoll::pollNow()
{
    if (m_paused || isRunning() || m_status.state == State::WaitingForLimit) {
        return;
    }
    m_timer.stop();
    goOn();
}

/// Whether something is on its way after which the poll goes on by itself. A page that commits while the next one is
/// asked for is no such thing: if that request has failed, nothing comes of the commit.
bool LogPoll::isRunning() const
{
    return m_call || m_held || m_start.isBusy() || (m_committing && m_committing->then != Then::GoOn);
}

/// Ends a wait: for the interval, after a fault, or for the user.
void LogPoll::goOn()
{
    const Step step = std::exchange(m_onTimer, nullptr);
    m_status.nextTry.reset();
    if (m_status.state == State::Retrying) {
        enter(State::Retrying, sentences::retryingNow(m_status.lastFault));
    } else if (m_status.state == State::WaitingForLimit || m_status.state == State::NeedsAttention) {
        enter(State::CatchingUp, sentences::connecting(m_source.origin.host()));
    }
    if (step) {
        (this->*step)();
    } else {
        beginBurst();
    }
}

void LogPoll::findStart()
{
    m_start.find([this](const event::Result<LogStart::Found> &found) {
        if (!found) {
            retry(found.error(), m_backoff.next(), &LogPoll::findStart);
            return;
        }
        m_link = m_storedLink = found->link;
        m_linkIsOurs = found->isOurs;
        m_newest = found->newest;
        m_since = found->since;
        // Before the first page is here: whoever fills gaps goes by Okta's clock from the first.
        if (found->clockSkew) {
            m_status.clockSkew = found->clockSkew;
        }
        m_newestSince.reset();
        m_covered.reset();
        m_status.newestPublished = std::max(m_status.newestPublished, m_newest);
        Q_EMIT began();
        request();
    });
}

void LogPoll::beginBurst()
{
    m_visited.clear();
    m_pages = 0;
    m_detours = 0;
    m_askedAgain = false;
    if (m_link.isEmpty()) {
        findStart();
    } else {
        request();
    }
}

void LogPoll::request()
{
    m_visited.insert(shortHash(m_link));
    const QUrl url = QUrl::fromEncoded(m_link.toUtf8(), QUrl::StrictMode);
    m_call = m_client.get(url, [this](const okta::Answer &answer) { onAnswer(answer); });
    connect(m_call.get(), &okta::Call::waiting, this, &LogPoll::onWaiting);
}

/// The limiter holds the request back.
void LogPoll::onWaiting(Timestamp until)
{
    m_status.nextTry = until;
    m_status.kind = ErrorKind::RateLimited;
    enter(State::WaitingForLimit, m_limited ? sentences::rateLimited(until) : sentences::waitingForShare(until));
}

// Answers

void LogPoll::onAnswer(const okta::Answer &answer)
{
    m_call.reset();
    if (!answer) {
        onFault(answer.error());
        return;
    }
    m_status.clockSkew = answer->clockSkew ? answer->clockSkew : m_status.clockSkew;
    auto page = readLogPage(*answer, m_link, m_reader);
    if (!page) {
        retry(page.error(), m_backoff.next(), &LogPoll::request);
        return;
    }
    m_backoff.reset();
    m_limited = false;
    m_status.nextTry.reset();
    ++m_pages;
    ++m_status.pages;
    m_status.lastPoll = event::now();
    const Timestamp serverTime = answer->date.value_or(event::now() + m_status.clockSkew.value_or(0ms));
    Work work{std::move(*page), m_link, serverTime, {}, {}};
    if (m_committing) {
        m_held = std::move(work);
    } else {
        take(std::move(work));
    }
}

void LogPoll::onFault(const okta::Fault &fault)
{
    m_status.clockSkew = fault.clockSkew ? fault.clockSkew : m_status.clockSkew;
    if (fault.status == 429) {
        // The limiter has seen it, and knows when to go on.
        m_limited = true;
        noteFault({ErrorKind::RateLimited, sentences::wasRateLimited()});
        request();
    } else if (fault.status == 401 || fault.status == 403) {
        needAttention(fault.error);
    } else if (okta::systemlog::isRefusedLink(fault)) {
        onRefusedRequest(fault);
    } else {
        retry(fault.error, m_backoff.next(), &LogPoll::request);
    }
}

void LogPoll::onRefusedRequest(const okta::Fault &fault)
{
    if (m_linkIsOurs && !m_start.stayWithinRetention()) {
        needAttention(fault.error); // it is the filter, or the start
        return;
    }
    // Void from here on, for a process after this one too. The start is then found anew, from the newest event's time.
    noteFault({fault.error.kind, sentences::linkRefused() + u' ' + fault.error.sentence});
    m_link.clear();
    whenFinished(m_store.putCheckpoint(m_source.id, m_start.checkpoint({}, m_newest)), this,
        [this, pauses = m_pauses](const event::Status &status) {
            if (pauses != m_pauses) {
                return;
            }
            if (status) {
                findStart();
            } else {
                retry(status.error(), m_backoff.next(), &LogPoll::findStart);
            }
        });
}

// Pages

void LogPoll::decide(Work &work)
{
    switch (work.page.next) {
    case LogPage::Next::GoOn:
        if (m_visited.contains(shortHash(work.page.link))) {
            work.then = Then::Detour;
            work.why = {ErrorKind::Protocol, sentences::linkRepeats()};
            work.page.link.clear();
        } else {
            work.then = m_pages < m_pace.pagesPerBurst ? Then::GoOn : Then::Rest;
        }
        return;
    case LogPage::Next::CaughtUp:
        work.then = Then::Finish;
        return;
    case LogPage::Next::Itself:
        // At the end of the log that is Okta's way to say so; but that a page is full just there is worth asking twice.
        work.then = std::exchange(m_askedAgain, true) ? Then::Finish : Then::Again;
        return;
    case LogPage::Next::Missing:
        work.then = Then::Detour;
        work.why = {ErrorKind::Protocol, sentences::noNextLink()};
        return;
    case LogPage::Next::Elsewhere:
        work.then = Then::Detour;
        work.why = {ErrorKind::Refused, sentences::otherHost(work.page.host)};
        return;
    }
}

void LogPoll::take(Work work)
{
    decide(work);
    m_newest = std::max(m_newest, work.page.newest);
    m_status.newestPublished = std::max(m_status.newestPublished, m_newest);
    if (m_link != work.page.link) {
        m_link = work.page.link;
        m_linkIsOurs = false;
    }
    const std::optional<event::TimeRange> covered = this->covered(work);
    const bool isNews = covered && (!m_covered || *covered->until - *m_covered >= tellCovered);
    if (work.page.events.empty() && m_link == m_storedLink && !isNews) {
        proceed(work); // the store knows all that already
        return;
    }
    store::EventBatch batch{m_source.id, std::move(work.page.events), m_start.checkpoint(m_link, m_newest)};
    if (covered) {
        batch.covered.push_back(*covered);
        m_covered = covered->until;
    }
    whenFinished(m_store.append(std::move(batch)), this, [this](const auto &report) { onCommitted(report); });
    const bool goesOn = work.then == Then::GoOn;
    m_committing = std::move(work);
    if (goesOn) {
        enterReading();
        request();
    }
}

std::optional<event::TimeRange> LogPoll::covered(const Work &work)
{
    m_newestSince = std::max(m_newestSince, work.page.newest);
    std::optional<Timestamp> until = work.serverTime;
    if (work.then != Then::Finish) {
        // An event from the future proves nothing.
        until = m_newestSince ? std::optional(std::min(*m_newestSince, work.serverTime)) : std::nullopt;
    }
    if (!until || !m_since || *until - m_pace.settling <= *m_since) {
        return std::nullopt;
    }
    return event::TimeRange{m_since, *until - m_pace.settling};
}

void LogPoll::onCommitted(const event::Result<store::CommitReport> &report)
{
    const Work work = std::move(*std::exchange(m_committing, std::nullopt));
    if (!report) {
        // What was not committed is asked for again.
        m_call.reset();
        m_held.reset();
        m_link.clear();
        if (!m_paused) {
            retry(report.error(), m_backoff.next(), &LogPoll::beginBurst);
        }
        return;
    }
    m_storedLink = work.page.link;
    m_status.events += report->inserted;
    m_status.duplicates += report->duplicates;
    m_status.defective += report->defective;
    m_insertedSinceDetour += report->inserted;
    Q_EMIT changed();
    if (!m_paused) {
        proceed(work);
    }
}

void LogPoll::proceed(const Work &work)
{
    switch (work.then) {
    case Then::GoOn:
        if (m_held) {
            take(*std::exchange(m_held, std::nullopt));
        }
        return;
    case Then::Again:
        enterReading();
        request();
        return;
    case Then::Finish:
        m_start.setOverlap(LogStart::usualOverlap);
        enter(State::Healthy, sentences::upToDate(waitFor(interval(), &LogPoll::beginBurst)));
        Q_EMIT caughtUp(work.serverTime);
        return;
    case Then::Rest:
        waitFor(interval(), &LogPoll::beginBurst);
        enterReading();
        return;
    case Then::Detour:
        detour(work.why);
        return;
    }
}

void LogPoll::detour(const Error &why)
{
    if (m_detours > 0 && m_insertedSinceDetour == 0) {
        // The overlap alone fills a page: with less of it there is something new in the next one.
        m_start.setOverlap(m_start.overlap() / 4);
    }
    const bool isFirst = m_detours++ == 0;
    m_insertedSinceDetour = 0;
    m_visited.clear();
    retry(why, isFirst ? 0ms : m_backoff.next(), &LogPoll::findStart);
}

// States

void LogPoll::enter(State state, const QString &sentence)
{
    m_status.state = state;
    m_status.sentence = sentence;
    Q_EMIT changed();
}

void LogPoll::enterReading()
{
    enter(State::CatchingUp, sentences::catchingUp(m_status.events, m_newest));
}

void LogPoll::needAttention(const Error &error)
{
    noteFault(error);
    m_status.kind = error.kind;
    m_status.nextTry.reset();
    enter(State::NeedsAttention, error.sentence);
}

void LogPoll::retry(const Error &error, std::chrono::milliseconds wait, Step then)
{
    noteFault(error);
    m_status.kind = error.kind;
    const Timestamp when = waitFor(wait, then);
    enter(State::Retrying, sentences::retrying(error.sentence, when));
}

void LogPoll::noteFault(const Error &error)
{
    addProblem(m_status, error.sentence);
    qCWarning(lcCollect).noquote() << m_source.name << error.sentence;
}

Timestamp LogPoll::waitFor(std::chrono::milliseconds wait, Step then)
{
    m_onTimer = then;
    m_timer.start(wait);
    m_status.nextTry = event::now() + wait;
    return *m_status.nextTry;
}

void LogPoll::stopWaiting()
{
    m_timer.stop();
    m_onTimer = nullptr;
    m_status.nextTry.reset();
}

std::chrono::milliseconds LogPoll::interval() const
{
    return m_pace.pollInterval.value_or(
        std::max<std::chrono::milliseconds>(m_source.pollInterval, m_pace.shortestPoll));
}

} // namespace octotrail::collect
