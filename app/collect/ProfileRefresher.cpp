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
    return isDevices() ? profiles::devicesPage(m_source.origin) : profiles::usersPage(m_source.origin);
}

std::chrono::milliseconds ProfileRefresher::period() const
{
    const std::chrono::milliseconds wanted = isDevices() ? m_source.devicesPeriod : m_source.usersPeriod;
    return std::max<std::chrono::milliseconds>(wanted, 1min);
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
    whenFinished(m_store.checkpoint(m_source.id, stream()), this, [this, run = ++m_run](const auto &checkpoint) {
        if (run == m_run) {
            onCheckpoint(checkpoint);
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

void ProfileRefresher::onCheckpoint(const event::Result<std::optional<store::Checkpoint>> &read)
{
    if (!read) {
        fail(read.error().sentence, m_backoff.next(), &ProfileRefresher::start);
        return;
    }
    const std::optional<store::Checkpoint> &last = *read;
    const bool counts = last && last->updated && last->queryHash == queryHash();
    const Timestamp now = event::now();
    const Timestamp due = counts ? *last->updated + period() : now;
    // A listing from the future is one of a clock that was wrong.
    if (due > now && *last->updated <= now) {
        waitFor(std::chrono::ceil<std::chrono::milliseconds>(due - now), &ProfileRefresher::list);
        settle();
    } else {
        list();
    }
}

void ProfileRefresher::list()
{
    m_busy = true;
    m_received = 0;
    m_visited.clear();
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
    page.profiles.reserve(elements->size());
    for (const std::string_view element : *elements) {
        if (isDevices()) {
            page.profiles.emplace_back(element);
        } else if (auto user = profiles::withoutCredentials(element)) {
            page.profiles.push_back(std::move(*user));
        } // else where its credentials are cannot be told, and it must not be kept
    }
    if (response.next && !elements->empty()) {
        const QUrl next = response.url.resolved(QUrl::fromEncoded(*response.next, QUrl::StrictMode));
        if (!okta::isSameOrigin(next, response.url)) {
            return event::failure(ErrorKind::Refused, sentences::listLeavesHost(next.host()));
        }
        page.next = m_visited.contains(next) ? QUrl() : next;
    }
    return page;
}

void ProfileRefresher::commit(Page page)
{
    std::optional<store::Checkpoint> end;
    if (page.next.isEmpty()) {
        end = store::Checkpoint{stream(), {}, queryHash(), {}, {}};
    }
    const auto count = static_cast<qint64>(page.profiles.size());
    const auto done = [this, run = m_run, count, next = page.next](const event::Status &status) {
        if (run != m_run) {
            return;
        }
        if (!status) {
            fail(status.error().sentence, m_backoff.next(), &ProfileRefresher::list);
            return;
        }
        m_received += count;
        if (next.isEmpty()) {
            finish();
            return;
        }
        Q_EMIT changed();
        m_url = next;
        request();
    };
    whenFinished(m_store.putProfiles(m_source.id, m_kind, std::move(page.profiles), end), this, done);
}

void ProfileRefresher::finish()
{
    m_failed = false;
    m_sentence.clear();
    waitFor(period(), &ProfileRefresher::list);
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
    } else if (isDevices() && profiles::isUnavailable(fault)) {
        stop(sentences::devicesUnavailable());
    } else if (fault.status == 401 || fault.status == 403) {
        stop(fault.error.sentence);
    } else if (fault.status == 400 && m_url != firstPage()) {
        // The listing was too slow for its own cursor.
        fail(fault.error.sentence, m_backoff.next(), &ProfileRefresher::list);
    } else {
        fail(fault.error.sentence, m_backoff.next(), &ProfileRefresher::request);
    }
}

/// Tries again by itself. Some faults in a row are part of a listing; then who waits for it is let go.
void ProfileRefresher::fail(const QString &why, std::chrono::milliseconds wait, void (ProfileRefresher::*then)())
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
    waitFor(period(), &ProfileRefresher::list);
    Q_EMIT changed();
    settle();
}

void ProfileRefresher::settle()
{
    if (std::exchange(m_busy, false)) {
        Q_EMIT settled();
    }
}

void ProfileRefresher::waitFor(std::chrono::milliseconds wait, void (ProfileRefresher::*then)())
{
    constexpr std::chrono::milliseconds longest = std::chrono::days(20); // a QTimer counts no more
    m_onTimer = then;
    m_timer.start(std::min(wait, longest));
}

} // namespace octotrail::collect
