// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "okta/Client.h"
#include "okta/SystemLog.h"

#include <chrono>
#include <optional>

namespace octotrail::collect {

/// How fast sources are polled and faults are tried again. The defaults are for organizations that others use too.
struct Pace
{
    /// Instead of every source's own interval, and not bounded by shortestPoll.
    std::optional<std::chrono::milliseconds> pollInterval;
    std::chrono::milliseconds shortestPoll{std::chrono::seconds(10)};
    /// The first wait after a fault is up to so long, each further one up to twice as long as the one before.
    std::chrono::milliseconds backoffUnit{std::chrono::seconds(1)};
    std::chrono::milliseconds backoffCap{std::chrono::minutes(5)};
    /// A poll that has read so many pages waits for its next turn, as if it had caught up: whoever serves pages without
    /// an end gets no more attention than that.
    int pagesPerBurst = 10'000;
    /// A start that is longer ago is not caught up with by the poll, which then begins an hour ago; the past is read
    /// beside it. Absent: the poll reads everything itself, in the order of persistence.
    std::optional<std::chrono::minutes> catchUp{std::chrono::hours(6)};
    /// Okta stores nearly all events within this time. What is younger is not taken as complete.
    std::chrono::milliseconds settling{std::chrono::minutes(2)};
    /// Events in a page; Okta gives no more than this.
    int pageLimit = okta::systemlog::pageLimit;
    /// Slices of the past that are asked for at once, where there is much to read.
    int pastAtOnce = 3;
    /// Instead of every source's own period of users and devices.
    std::optional<std::chrono::milliseconds> profilesPeriod;
    /// So often users and devices are listed whole, which tells who is gone; in between what changed is asked for.
    std::chrono::milliseconds fullListingPeriod{std::chrono::hours(24)};
    /// So far before the last refresh changes are asked for again, since Okta's search index lags.
    std::chrono::milliseconds profilesOverlap{std::chrono::minutes(10)};
    okta::Client::Options client;
    okta::Limiter::Options limiter;

    /// The defaults, but for what the environment says: OCTOTRAIL_POLL_MS is the poll interval of all sources and
    /// OCTOTRAIL_BACKOFF_MS the backoff's unit, both in milliseconds. For tests against an organization of one's own.
    static Pace fromEnvironment();
};

} // namespace octotrail::collect
