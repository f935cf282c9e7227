// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/ProfileRefresher.h"

#include "collect/Await.h"
#include "collect/Sentences.h"
#include "event/Json.h"
#include "okta/Origin.h"
#include "okta/Profiles.h"
#include "okta/RateLimit.h"
#include "okta/SystemLog.h"

#include <algorithm>

namespace octotrail::collect {

using event::ErrorKind;
using event::Timestamp;
using namespace std::chrono_literals;
namespace profiles = okta::profiles;

ProfileRefresher::ProfileRefresher(store::ProfileKind kind, okta::Client &client, store::Store &store,
    const store::SourceConfig &source, const Pace &pace, qint64 &received, QString &sentence, QObject *parent)
    : QObject(parent)
    , m_kind(kind)
    , m_client(client)
    , m_store(store)
    , m_source(source)
    , m_pace(pace)
    , m_received(received)
    , m_sentence(sentence)
    , m_backoff(pace.backoffUnit, pace.backoffCap)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (const auto then = std::exchange(m_onTimer, nullptr)) {
            (this->*then)();
        }
    });
}

ProfileRefresher::~ProfileRefresher() = default;

QString ProfileRefresher::stream() const
{
    return isDevices() ? QStringLiteral("devices") : QStringLiteral("users");
}

QString ProfileRefresher::queryHash() const
{
    return okta::systemlog::queryHash(m_source.origin, stream(), profiles::pageLimit);
}

QUrl ProfileRefresher::firstPage() const
{
    std::optional<Timestamp> since;
    if (!m_progress.full && m_progress.since) {
        since = std::chrono::floor<std::chrono::milliseconds>(*m_progress.since - m_pace.profilesOverlap);
    }
    return isDevices() ? profiles::devicesListing(m_source.origin, since)
                       : profiles::usersListing(m_source.origin, since);
}

std::chrono::milliseconds ProfileRefresher::period() const
{
    const std::chrono::milliseconds wanted = isDevices() ? m_source.devicesPeriod : m_source.usersPeriod;
    return m_pace.profilesPeriod.value_or(std::max<std::chrono::milliseconds>(wanted, 1min));
}

bool ProfileRefresher::isFullDue(Timestamp now) const
{
    const auto &last = m_progress.fullEnded;
    // One from the future is one of a clock that was wrong.
    return !m_progress.since || !last || *last > now || now - *last >= m_pace.fullListingPeriod;
}

// Running

void ProfileRefresher::start()
{
    m_failed = false;
    if (isDevices() && !m_source.identityEngine) {
        m_sentence = sentences::classicHasNoDevices();
        Q_EMIT changed();
        return;
    }
    m_busy = true;
    const auto read = store::Profiles(m_store).progress(m_source.id, m_kind);
    whenFinished(read, this, [this, run = ++m_run](const event::Result<store::ProfileProgress> &progress) {
        if (run == m_run) {
            onProgress(progress);
        }
    });
}

void ProfileRefresher::pause()
{
    ++m_run;
    m_timer.stop();
    m_onTimer = nullptr;
    m_call.reset();
    settle();
}

void ProfileRefresher::resume()
{
    start();
}

void ProfileRefresher::retryNow()
{
    if (m_failed && !m_limited && m_timer.isActive()) {
        m_timer.stop();
        (this->*std::exchange(m_onTimer, nullptr))();
    }
}

void ProfileRefresher::onProgress(const event::Result<store::ProfileProgress> &read)
{
    if (!read) {
        fail(read.error().sentence, m_backoff.next(), &ProfileRefresher::start);
        return;
    }
    m_progress = *read;
    if (m_progress.queryHash != queryHash()) {
        // Of another organization: only the number of the listing counts, so that it goes on growing.
        m_progress = {queryHash(), {}, true, m_progress.listing, {}, {}, {}, {}};
    }
    m_received = m_progress.known;
    m_visited.clear();
    m_isEmpty = false;
    if (!m_progress.nextLink.isEmpty()) {
        m_url = QUrl::fromEncoded(m_progress.nextLink.toUtf8(), QUrl::StrictMode);
        request();
        return;
    }
    const Timestamp now = event::now();
    const Timestamp due = m_progress.ended && *m_progress.ended <= now ? *m_progress.ended + period() : now;
    if (due > now) {
        waitFor(std::chrono::ceil<std::chrono::milliseconds>(due - now), &ProfileRefresher::begin);
        settle();
    } else {
        begin();
    }
}

/// Begins a pass.
void ProfileRefresher::begin()
{
    m_busy = true;
    m_visited.clear();
    m_progress.nextLink.clear();
    m_progress.started.reset();
    m_progress.full = isFullDue(event::now());
    m_isEmpty = m_progress.full;
    m_isWhole = true;
    if (m_progress.full) {
        ++m_progress.listing;
    }
    m_url = firstPage();
    request();
}

void ProfileRefresher::request()
{
    m_busy = true;
    m_visited.insert(m_url);
    const auto answered = [this](const okta::Answer &answer) { onAnswer(answer); };
    m_call = isDevices() ? m_client.get(m_url, answered) : m_client.get(m_url, profiles::usersContentType(), answered);
}

// Pages

void ProfileRefresher::onAnswer(const okta::Answer &answer)
{
    m_call.reset();
    if (!answer) {
        onFault(answer.error());
        return;
    }
    auto page = read(*answer);
    if (!page) {
        fail(page.error().sentence, m_backoff.next(), &ProfileRefresher::request);
        return;
    }
    m_backoff.reset();
    m_faults = 0;
    m_limited = false;
    commit(std::move(*page));
}

event::Result<ProfileRefresher::Page> ProfileRefresher::read(const okta::Response &response) const
{
    const std::string_view body(response.body.constData(), static_cast<std::size_t>(response.body.size()));
    const auto elements = event::splitArray(body);
    if (!elements) {
        return tl::unexpected(elements.error());
    }
    Page page;
    page.date = response.date.value_or(event::now());
    page.profiles.reserve(elements->size());
    for (const std::string_view element : *elements) {
        if (isDevices()) {
            page.profiles.emplace_back(element);
        } else if (auto user = profiles::withoutCredentials(element)) {
            page.profiles.push_back(std::move(*user));
        } else {
            page.isWhole = false; // where its credentials are cannot be told, and it must not be kept
        }
    }
    if (response.next && !elements->empty()) {
        const QUrl next = response.url.resolved(QUrl::fromEncoded(*response.next, QUrl::StrictMode));
        if (!okta::isSameOrigin(next, response.url)) {
            return event::failure(ErrorKind::Refused, sentences::listLeavesHost(next.host()));
        }
        if (m_visited.contains(next)) {
            // Its end cannot be told, and so not who is gone.
            return event::failure(ErrorKind::Protocol, sentences::listRepeats());
        }
        page.next = next;
    }
    return page;
}

void ProfileRefresher::commit(Page page)
{
    const auto count = static_cast<qint64>(page.profiles.size());
    m_isEmpty = m_isEmpty && count == 0;
    m_isWhole = m_isWhole && page.isWhole;
    const bool isLast = page.next.isEmpty();
    if (isLast && m_isEmpty) {
        stop(sentences::emptyListing());
        return;
    }
    if (!m_progress.started) {
        m_progress.started = page.date;
    }
    m_progress.nextLink = QString::fromUtf8(page.next.toEncoded());
    if (isLast) {
        // What changed while this pass was under way is asked for by the next one.
        m_progress.since = m_progress.started;
        m_progress.ended = event::now();
        if (m_progress.full) {
            m_progress.fullEnded = m_progress.ended;
        }
    }
    const auto done = [this, run = m_run, next = page.next](const event::Result<store::ProfileReport> &report) {
        if (run != m_run) {
            return;
        }
        if (!report) {
            // Nothing of the page is in the store: on from what is.
            fail(report.error().sentence, m_backoff.next(), &ProfileRefresher::start);
            return;
        }
        m_received = report->known;
        if (next.isEmpty()) {
            finish();
            return;
        }
        Q_EMIT changed();
        m_url = next;
        request();
    };
    whenFinished(store::Profiles(m_store).put({m_source.id, m_kind, std::move(page.profiles), m_progress,
                     isLast && m_progress.full && m_isWhole}),
        this, done);
}

void ProfileRefresher::finish()
{
    m_failed = false;
    m_sentence.clear();
    waitFor(period(), &ProfileRefresher::begin);
    Q_EMIT changed();
    settle();
}

// Faults

void ProfileRefresher::onFault(const okta::Fault &fault)
{
    m_limited = fault.status == 429;
    if (m_limited) {
        const std::chrono::milliseconds wait
            = std::max<std::chrono::milliseconds>(okta::waitAfter(fault.rateLimit, fault.date), m_backoff.next());
        fail(sentences::rateLimited(event::now() + wait), wait, &ProfileRefresher::request);
    } else if (fault.status == 403 && m_source.authentication == store::SourceConfig::Authentication::ServiceApp) {
        stop(sentences::profilesRefused(isDevices(), fault.error.sentence)); // the scope or the role is named
    } else if (isDevices() && profiles::isUnavailable(fault)) {
        stop(fault.status == 403 ? sentences::devicesForbidden() : sentences::devicesUnavailable());
    } else if (fault.status == 403) {
        stop(sentences::usersForbidden());
    } else if (fault.status == 401) {
        stop(fault.error.sentence);
    } else if (fault.status == 400 && m_url != firstPage()) {
        // The pass was too slow for its own cursor, or was interrupted for too long.
        fail(fault.error.sentence, m_backoff.next(), &ProfileRefresher::begin);
    } else {
        fail(fault.error.sentence, m_backoff.next(), &ProfileRefresher::request);
    }
}

/// Tries again by itself. Some faults in a row are part of a listing; then who waits for it is let go.
void ProfileRefresher::fail(const QString &why, std::chrono::milliseconds wait, Step then)
{
    m_failed = true;
    m_sentence = sentences::retrying(why, event::now() + wait);
    waitFor(wait, then);
    Q_EMIT changed();
    constexpr int enough = 4;
    if (++m_faults >= enough) {
        settle();
    }
}

/// Leaves it until the next period: somebody may have mended it by then.
void ProfileRefresher::stop(const QString &why)
{
    m_failed = true;
    m_sentence = why;
    waitFor(period(), &ProfileRefresher::begin);
    Q_EMIT changed();
    settle();
}

void ProfileRefresher::settle()
{
    if (std::exchange(m_busy, false)) {
        Q_EMIT settled();
    }
}

void ProfileRefresher::waitFor(std::chrono::milliseconds wait, Step then)
{
    constexpr std::chrono::milliseconds longest = std::chrono::days(20); // a QTimer counts no more
    m_onTimer = then;
    m_timer.start(std::min(wait, longest));
}

} // namespace octotrail::collect
