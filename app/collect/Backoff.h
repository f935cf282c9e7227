// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace octotrail::collect {

/// Exponential back-off with full jitter: after the n-th fault in a row a wait between nothing and unit * 2^n, so that
/// many who failed together do not come back together.
/// https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
class Backoff
{
public:
    Backoff(std::chrono::milliseconds unit, std::chrono::milliseconds cap)
        : m_unit(unit)
        , m_cap(cap)
    { }

    std::chrono::milliseconds next();
    /// What the next wait cannot exceed.
    std::chrono::milliseconds ceiling() const;
    void reset() { m_faults = 0; }

private:
    std::chrono::milliseconds m_unit;
    std::chrono::milliseconds m_cap;
    int m_faults = 0;
};

} // namespace octotrail::collect
