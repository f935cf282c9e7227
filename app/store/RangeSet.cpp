// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/RangeSet.h"

#include <algorithm>

namespace octotrail::store {

using event::TimeRange;
using event::Timestamp;

namespace {

TimeRange closed(const TimeRange &range)
{
    return {range.since.value_or(Timestamp::min()), range.until.value_or(Timestamp::max())};
}

} // namespace

RangeSet::RangeSet(std::initializer_list<TimeRange> ranges)
    : RangeSet(std::vector<TimeRange>(ranges))
{ }

RangeSet::RangeSet(const std::vector<TimeRange> &ranges)
{
    for (const TimeRange &range : ranges) {
        add(range);
    }
}

void RangeSet::add(const TimeRange &range)
{
    TimeRange added = closed(range);
    if (added.since >= added.until) {
        return;
    }
    std::vector<TimeRange> result;
    for (const TimeRange &known : m_ranges) {
        if (known.until < added.since || known.since > added.until) {
            result.push_back(known);
        } else {
            added = {std::min(added.since, known.since), std::max(added.until, known.until)};
        }
    }
    const auto place = std::ranges::upper_bound(result, added.since, {}, &TimeRange::since);
    result.insert(place, added);
    m_ranges = std::move(result);
}

void RangeSet::subtract(const TimeRange &range)
{
    const TimeRange removed = closed(range);
    if (removed.since >= removed.until) {
        return;
    }
    std::vector<TimeRange> result;
    for (const TimeRange &known : m_ranges) {
        if (known.until <= removed.since || known.since >= removed.until) {
            result.push_back(known);
            continue;
        }
        if (known.since < removed.since) {
            result.push_back({known.since, removed.since});
        }
        if (known.until > removed.until) {
            result.push_back({removed.until, known.until});
        }
    }
    m_ranges = std::move(result);
}

void RangeSet::subtract(const RangeSet &other)
{
    for (const TimeRange &range : other.m_ranges) {
        subtract(range);
    }
}

RangeSet RangeSet::intersected(const TimeRange &range) const
{
    RangeSet result = *this;
    const TimeRange kept = closed(range);
    result.subtract({std::nullopt, kept.since});
    result.subtract({kept.until, std::nullopt});
    return result;
}

RangeSet RangeSet::intersected(const RangeSet &other) const
{
    RangeSet result;
    for (const TimeRange &range : other.m_ranges) {
        for (const TimeRange &part : intersected(range).m_ranges) {
            result.add(part);
        }
    }
    return result;
}

} // namespace octotrail::store
