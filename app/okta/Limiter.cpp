// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/Limiter.h"

#include "okta/RateWindow.h"

#include <algorithm>
#include <map>
#include <mutex>

namespace octotrail::okta {

using namespace Qt::StringLiterals;
using Moment = RateWindow::Moment;

namespace {

Moment rightNow()
{
    return std::chrono::steady_clock::now();
}

event::Timestamp told(Moment moment, Moment now)
{
    return event::now() + std::chrono::ceil<std::chrono::milliseconds>(moment - now);
}

} // namespace

/// Shared by the limiter and its permits. Everything under the lock; who holds it calls nobody else's code.
struct Limiter::State
{
    explicit State(const Options &given)
        : options(given)
    { }

    RateWindow &window(const QString &bucket) { return windows.try_emplace(bucket, options).first->second; }
    int runningIn(const QString &bucket) const;
    bool hasRoom(const Permit &permit, Moment now);
    void dispatch();
    void admit(Permit *permit, Moment now);
    void remove(Permit *permit);

    const Options options;
    std::mutex mutex;
    std::map<QString, RateWindow> windows;
    std::vector<Permit *> queue; ///< by priority, then as they came
    std::vector<Permit *> running;
    Moment narrowUntil = Moment::min(); ///< until then one runs alone
};

int Limiter::State::runningIn(const QString &bucket) const
{
    return static_cast<int>(std::ranges::count(running, bucket, &Permit::m_bucket));
}

/// Whether it may run beside those that do. If not, the end of one of them is when to ask again.
bool Limiter::State::hasRoom(const Permit &permit, Moment now)
{
    if (now < narrowUntil) {
        return running.empty();
    }
    const bool isPast = permit.m_priority == Priority::Past;
    const auto alike = std::ranges::count(running, permit.m_priority, &Permit::m_priority);
    if (alike >= (isPast ? options.pastAtOnce : 1)) {
        return false;
    }
    return !isPast || window(permit.m_bucket).isOpen(now) || runningIn(permit.m_bucket) == 0;
}

/// Admits those in the queue for which there is room and whose bucket is open; sees to it that the others are tried
/// again.
void Limiter::State::dispatch()
{
    const Moment now = rightNow();
    const std::vector<Permit *> waiting = queue;
    for (Permit *permit : waiting) {
        if (!hasRoom(*permit, now)) {
            continue;
        }
        const Moment opens = window(permit->m_bucket).opens(permit->m_priority, permit->m_share, now);
        if (opens <= now) {
            admit(permit, now);
            continue;
        }
        QMetaObject::invokeMethod(
            permit,
            [permit, wait = std::chrono::ceil<std::chrono::milliseconds>(opens - now), until = told(opens, now)] {
                permit->wait(wait, until);
            },
            Qt::QueuedConnection);
    }
}

void Limiter::State::admit(Permit *permit, Moment now)
{
    window(permit->m_bucket).take(now, runningIn(permit->m_bucket));
    std::erase(queue, permit);
    running.push_back(permit);
    QMetaObject::invokeMethod(
        permit, [permit] { std::exchange(permit->m_granted, nullptr)(); }, Qt::QueuedConnection);
}

void Limiter::State::remove(Permit *permit)
{
    std::erase(queue, permit);
    std::erase(running, permit);
    dispatch();
}

Limiter::Limiter()
    : Limiter(Options())
{ }

Limiter::Limiter(const Options &options)
    : m_state(std::make_shared<State>(options))
{ }

Limiter::~Limiter() = default;

std::unique_ptr<Permit> Limiter::ask(const QUrl &url, Priority priority, double share, std::function<void()> granted)
{
    std::unique_ptr<Permit> permit(new Permit(m_state, url, priority, share, std::move(granted)));
    const std::lock_guard lock(m_state->mutex);
    const auto behind = std::ranges::upper_bound(m_state->queue, priority, {}, &Permit::m_priority);
    m_state->queue.insert(behind, permit.get());
    m_state->dispatch();
    return permit;
}

std::optional<event::Timestamp> Limiter::opensAt(const QUrl &url, double share) const
{
    const std::lock_guard lock(m_state->mutex);
    const Moment now = rightNow();
    const Moment opens = m_state->window(bucketOf(url)).opens(Priority::Live, share, now);
    return opens > now ? std::optional(told(opens, now)) : std::nullopt;
}

std::vector<Limiter::Budget> Limiter::budgets(double share) const
{
    const std::lock_guard lock(m_state->mutex);
    const Moment now = rightNow();
    std::vector<Budget> budgets;
    for (const auto &[bucket, window] : m_state->windows) {
        if (window.isKnown()) {
            const auto end = window.end();
            budgets.push_back({bucket, window.limit(), window.remaining(now), window.ours(share),
                end && *end > now ? std::optional(told(*end, now)) : std::nullopt});
        }
    }
    return budgets;
}

QString Limiter::bucketOf(const QUrl &url)
{
    // /api/v1/users, /api/v1/users/{id}, /api/v1/users/{id}/roles: every second part names an object.
    QStringList parts = url.path().split(u'/', Qt::SkipEmptyParts);
    if (parts.size() > 3 && parts.first() == "api"_L1) {
        for (qsizetype i = 3; i < parts.size(); i += 2) {
            parts[i] = u"{id}"_s;
        }
    }
    constexpr qsizetype longest = 200;
    return (u'/' + parts.join(u'/')).left(longest);
}

Limiter::Priority Limiter::usualPriority(const QUrl &url)
{
    const QString path = url.path();
    const bool isProfile = path.startsWith("/api/v1/users"_L1) || path.startsWith("/api/v1/devices"_L1);
    return isProfile ? Priority::Profiles : Priority::Live;
}

Permit::Permit(std::shared_ptr<Limiter::State> state, const QUrl &url, Limiter::Priority priority, double share,
    std::function<void()> granted)
    : m_state(std::move(state))
    , m_bucket(Limiter::bucketOf(url))
    , m_priority(priority)
    , m_share(share)
    , m_granted(std::move(granted))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        const std::lock_guard lock(m_state->mutex);
        m_state->dispatch();
    });
}

Permit::~Permit()
{
    const std::lock_guard lock(m_state->mutex);
    m_state->remove(this);
}

void Permit::wait(std::chrono::milliseconds wait, event::Timestamp until)
{
    using namespace std::chrono_literals;
    m_timer.start(wait);
    const bool isNews = !m_told || std::chrono::abs(until - *m_told) > 500ms;
    if (m_granted && isNews) {
        m_told = until;
        Q_EMIT waiting(until);
    }
}

void Permit::answered(int status, const RateLimit &limit, const std::optional<event::Timestamp> &date)
{
    const std::lock_guard lock(m_state->mutex);
    const Moment now = rightNow();
    std::optional<std::chrono::microseconds> untilReset;
    if (limit.reset && date) {
        untilReset = *limit.reset - *date;
    }
    RateWindow &window = m_state->window(m_bucket);
    const int others = std::max(0, m_state->runningIn(m_bucket) - 1);
    if (status == 429) {
        window.refuse(limit, untilReset, now, others);
        if (limit.limit == 0) {
            m_state->narrowUntil = now + m_state->options.narrow;
        }
    } else {
        window.learn(limit, untilReset, now, others);
        window.accept();
    }
    m_state->remove(this);
}

} // namespace octotrail::okta
