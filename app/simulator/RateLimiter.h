// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"

#include <QByteArray>
#include <chrono>

namespace octotrail::simulator {

/// One bucket of Okta's rate limits: so many requests in a fixed window, which begins with the first request after
/// the last window and is not aligned to the clock's minutes.
class RateLimiter
{
public:
    RateLimiter(int limit, std::chrono::seconds window);

    struct State
    {
        bool allowed = false;
        int limit = 0;
        int remaining = 0;
        std::chrono::sys_seconds reset;
    };

    /// Counts a request that arrived now, and says whether the budget covers it.
    State take(event::Timestamp now);

private:
    int m_limit;
    std::chrono::seconds m_window;
    int m_used = 0;
    event::Timestamp m_end{};
};

} // namespace octotrail::simulator
