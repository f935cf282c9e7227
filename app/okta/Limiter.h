// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "okta/RateLimit.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QTimer>
#include <QUrl>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace octotrail::okta {

class Permit;

/// Admits the requests to one organization, whoever makes them and in whatever thread: few at a time, and in each
/// window of a rate limit no more than our share of it. What the limits are is learnt from every answer, for each
/// bucket that Okta counts in.
///
/// The live log waits for nobody: of each priority one runs at a time, of the past some. Okta also limits how many
/// requests run at once; when it says that there are too many, for a while one alone runs, what is urgent first. As
/// long as nothing is known of a window, the past sends one request to learn of it.
/// https://developer.okta.com/docs/reference/rate-limits/
class Limiter
{
public:
    enum class Priority {
        Live, ///< the log as it grows
        Profiles,
        Past, ///< leaves a little of the share for what is live
    };

    struct Options
    {
        /// How long after a window's end the next one is taken to have begun, for clocks and ends told in whole
        /// seconds.
        std::chrono::milliseconds margin{250};
        /// Up to so much is added by chance, so that many who wait for the same reset do not come at once.
        std::chrono::milliseconds jitter{1000};
        /// How long to wait after a 429 that does not tell.
        std::chrono::milliseconds untold{std::chrono::seconds(60)};
        /// Before a window's end what was left for the live log is given to whoever wants it.
        std::chrono::milliseconds release{std::chrono::seconds(5)};
        /// So many requests for the past run at once: while one is answered, another is on its way.
        int pastAtOnce = 3;
        /// So long after Okta said that too many requests run at once, one runs alone.
        std::chrono::milliseconds narrow{std::chrono::minutes(1)};
    };

    /// What is known of a rate limit.
    struct Budget
    {
        QString endpoint; ///< the bucket: /api/v1/users/{id}
        int limit = 0;
        int remaining = 0;
        int ours = 0; ///< of limit: our share
        std::optional<event::Timestamp> reset; ///< by our own clock
    };

    Limiter();
    explicit Limiter(const Options &options);
    ~Limiter();

    /// Asks to be admitted. granted is called once, later, in the thread of the caller, unless the permit is gone by
    /// then. share is of the rate limits, over 0 to 1.
    std::unique_ptr<Permit> ask(const QUrl &url, Priority priority, double share, std::function<void()> granted);

    /// When the bucket of this url takes a request again; absent if it does now.
    std::optional<event::Timestamp> opensAt(const QUrl &url, double share) const;
    std::vector<Budget> budgets(double share) const;

    /// The bucket that Okta counts a request in: its path, with {id} for what names one object.
    static QString bucketOf(const QUrl &url);
    static Priority usualPriority(const QUrl &url);

private:
    friend class Permit;
    struct State;
    std::shared_ptr<State> m_state;
};

/// A request's place among the others, until it is deleted. For the thread that asked for it, which has an event loop.
class Permit : public QObject
{
    Q_OBJECT

public:
    ~Permit() override;

    /// Tells what the answer said, once it is there; the next request is admitted then.
    void answered(int status, const RateLimit &limit, const std::optional<event::Timestamp> &date);

Q_SIGNALS:
    /// The request has to wait for its bucket.
    void waiting(octotrail::event::Timestamp until);

private:
    friend class Limiter;
    Permit(std::shared_ptr<Limiter::State> state, const QUrl &url, Limiter::Priority priority, double share,
        std::function<void()> granted);
    void wait(std::chrono::milliseconds wait, event::Timestamp until);

    std::shared_ptr<Limiter::State> m_state;
    QString m_bucket;
    Limiter::Priority m_priority;
    double m_share;
    std::function<void()> m_granted; ///< null once it is told
    QTimer m_timer;
    std::optional<event::Timestamp> m_told;
};

} // namespace octotrail::okta
