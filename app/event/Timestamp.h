// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace octotrail::event {

/// A moment in UTC, in microseconds: the only form of time inside Octotrail.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// A half-open range of time; an absent end is unbounded.
struct TimeRange
{
    std::optional<Timestamp> since; ///< included
    std::optional<Timestamp> until; ///< excluded

    bool contains(Timestamp t) const { return (!since || t >= *since) && (!until || t < *until); }
    bool operator==(const TimeRange &) const = default;
};

/// Reads RFC 3339 (2024-08-13T15:58:20.353Z, any offset, any number of fraction digits of which six count),
/// and the forms that stores write of it: a space for the T, no zone (then UTC), a date alone (its midnight in UTC).
/// Anything else, and dates that do not exist, are nullopt. Any thread.
std::optional<Timestamp> parseTimestamp(std::string_view text);

/// RFC 3339 in UTC with a Z: three fraction digits as Okta writes them, six if the microseconds need them.
std::string formatTimestamp(Timestamp t);

/// Now, by the system's clock.
Timestamp now();

} // namespace octotrail::event
