// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/RateLimiter.h"

namespace octotrail::simulator {

RateLimiter::RateLimiter(int limit, std::chrono::seconds window)
    : m_limit(limit)
    , m_window(window)
{ }

RateLimiter::State RateLimiter::take(event::Timestamp now)
{
    if (now >= m_end) {
        m_used = 0;
        // Whole seconds, as the header tells it: who waits until then is let in.
        m_end = std::chrono::ceil<std::chrono::seconds>(now + m_window);
    }
    const bool allowed = m_used < m_limit;
    m_used += allowed ? 1 : 0;
    return {allowed, m_limit, m_limit - m_used, std::chrono::floor<std::chrono::seconds>(m_end)};
}

} // namespace octotrail::simulator
