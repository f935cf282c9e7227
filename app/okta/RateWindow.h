// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "okta/Limiter.h"

#include <chrono>
#include <optional>

namespace octotrail::okta {

/// One bucket of Okta's rate limits as its answers describe it, and what we took of it. Time is that of a clock which
/// does not jump.
class RateWindow
{
public:
    using Moment = std::chrono::steady_clock::time_point;

    explicit RateWindow(const Limiter::Options &options)
        : m_options(options)
    { }

    /// When a request may be sent: now, or later.
    Moment opens(Limiter::Priority priority, double share, Moment now) const;
    /// A request is sent. others are on their way already.
    void take(Moment now, int others = 0);
    /// Its answer came. untilReset is how far ahead the window's end is by Okta's clock, absent if that was not told.
    /// others are on their way: what was told may not count them.
    void learn(const RateLimit &limit, std::optional<std::chrono::microseconds> untilReset, Moment now, int others = 0);
    /// The answer was a 429: nothing is to be sent for a while, longer each time in a row.
    void refuse(
        const RateLimit &limit, std::optional<std::chrono::microseconds> untilReset, Moment now, int others = 0);
    /// It was none.
    void accept() { m_refusals = 0; }

    bool isKnown() const { return m_limit > 0; }
    /// Whether it is known how much is left now.
    bool isOpen(Moment now) const { return isKnown() && !hasEnded(now); }
    int limit() const { return m_limit; }
    int remaining(Moment now) const { return hasEnded(now) ? m_limit : m_remaining; }
    int ours(double share) const;
    std::optional<Moment> end() const { return m_end; }

private:
    bool hasEnded(Moment now) const { return !m_end || now >= *m_end; }
    std::chrono::milliseconds jitter(int part) const;

    Limiter::Options m_options;
    int m_limit = 0;
    int m_remaining = 0;
    int m_used = 0; ///< by us, in this window
    std::optional<event::Timestamp> m_reset; ///< as told
    std::optional<Moment> m_end; ///< of the window, with the margin
    std::chrono::milliseconds m_jitter{0}; ///< of this window
    std::optional<Moment> m_refusedUntil;
    int m_refusals = 0; ///< in a row
};

} // namespace octotrail::okta
