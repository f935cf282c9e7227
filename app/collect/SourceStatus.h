// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "event/Timestamp.h"
#include "store/Records.h"

#include <QList>
#include <QMetaType>
#include <QString>
#include <optional>

namespace octotrail::collect {

enum class State {
    Idle, ///< not started, or its store is closing
    Healthy, ///< caught up, waiting for the next poll
    CatchingUp, ///< reading pages that are full
    WaitingForLimit, ///< 429; nextTry tells when it goes on
    Retrying, ///< a fault that passes; nextTry tells when
    NeedsAttention, ///< stopped until the user mends it: credential, role, filter
    Paused,
};

/// What Okta last said of a rate limit.
struct RateBudget
{
    QString endpoint; ///< /api/v1/logs
    int limit = 0; ///< requests in a window
    int remaining = 0;
    int ours = 0; ///< of the limit: our share
    std::optional<event::Timestamp> reset;
    bool operator==(const RateBudget &) const = default;
};

/// Reading of the past beside the live poll.
struct Backfill
{
    event::TimeRange range;
    qint64 done = 0; ///< slices of slices
    qint64 slices = 0;
    qint64 events = 0; ///< inserted by it so far
    std::optional<event::Timestamp> end; ///< estimated
    bool paused = false;
    QString fault; ///< why it does not go on, until it does: a whole sentence; empty if nothing is wrong
    std::optional<event::Timestamp> nextTry; ///< when it goes on: after a fault, or with the next part of a rate limit
    bool operator==(const Backfill &) const = default;
};

/// Something that went wrong, and when.
struct Problem
{
    event::Timestamp time;
    QString sentence;
    bool operator==(const Problem &) const = default;
};

/// What a source is doing, for the status bar and the source page. A value.
struct SourceStatus
{
    store::SourceId source = 0;
    State state = State::Idle;
    QString sentence; ///< "Rate limited by Okta until 14:03:21" - complete, to be shown as it is
    event::ErrorKind kind = event::ErrorKind::Internal; ///< valid for NeedsAttention and Retrying
    std::optional<event::Timestamp> nextTry;
    QString lastFault; ///< the last thing that went wrong, also if it is over
    std::optional<event::Timestamp> lastFaultTime;
    std::optional<event::Timestamp> lastPoll; ///< the last one that Okta answered
    std::optional<event::Timestamp> newestPublished;
    qint64 events = 0; ///< inserted since the application started
    qint64 duplicates = 0; ///< came again with the live poll; not those that are read again on purpose
    qint64 defective = 0;
    qint64 pages = 0;
    qint64 users = 0; ///< received by the last refresh, or so far by the running one
    qint64 devices = 0;
    QString usersSentence; ///< why users are not refreshed, if so
    QString devicesSentence;
    std::optional<std::chrono::milliseconds> clockSkew; ///< the server's clock minus ours
    QString owner; ///< whose API token it is and with which roles, as far as Okta tells
    qint64 calls = 0; ///< requests made since the application started
    QList<RateBudget> budgets; ///< of the organization's rate limits, one for each endpoint asked so far
    qint64 reconciled = 0; ///< events that came late, found by reading again
    std::optional<event::Timestamp> reconciledAt; ///< when the last such pass ended
    std::optional<Backfill> backfill; ///< the one under way or paused
    QList<Problem> problems; ///< the last mostProblems, newest first
    static constexpr int mostProblems = 100;
};

} // namespace octotrail::collect

Q_DECLARE_METATYPE(octotrail::collect::SourceStatus)
