// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"

#include <vector>

namespace octotrail::store {

/// A set of moments, kept as half-open ranges that neither overlap nor touch, in order. A range without one of its ends
/// stands for all of time on that side.
class RangeSet
{
public:
    RangeSet() = default;
    RangeSet(std::initializer_list<event::TimeRange> ranges);
    explicit RangeSet(const std::vector<event::TimeRange> &ranges);

    void add(const event::TimeRange &range);
    void subtract(const event::TimeRange &range);
    void subtract(const RangeSet &other);

    /// What both have.
    RangeSet intersected(const event::TimeRange &range) const;
    RangeSet intersected(const RangeSet &other) const;

    const std::vector<event::TimeRange> &ranges() const { return m_ranges; }
    bool isEmpty() const { return m_ranges.empty(); }
    bool operator==(const RangeSet &) const = default;

private:
    std::vector<event::TimeRange> m_ranges; ///< all with both ends
};

} // namespace octotrail::store
