// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/ZoneOffsets.h"
#include "store/Store.h"

namespace octotrail::store {

struct HistogramRequest
{
    EventQuery query; ///< its order does not matter
    SeqsPtr seqs; ///< the query's events, if they are known: spares reading bytes again
    event::TimeRange span; ///< what the bins cover; an absent end is that of the events
    std::optional<event::Timestamp> now; ///< bins of a span without an end go on to this moment at least
    int maxBins = 120;
    event::ZoneOffsets zone{}; ///< bins begin with its hours and days
    std::string path = "outcome.result"; ///< each bin is counted by its values, as of eventValues()
};

/// How many events there are in each of some stretches of time, by the values of a field.
struct HistogramData
{
    struct Series
    {
        std::string value; ///< empty for events without a value
        std::vector<std::int64_t> counts; ///< one for each bin
        std::int64_t total = 0;
    };

    event::Timestamp start; ///< of the first bin
    std::chrono::microseconds width{
        0}; ///< of each; a day is an hour shorter or longer where clocks are put forward or back
    int bins = 0; ///< 0 if there is no time to be shown
    std::vector<event::Timestamp> edges; ///< where each bin begins, and where the last one ends
    std::vector<Series> series; ///< most frequent first
    std::vector<std::int64_t> others; ///< of values that are too many to be told one by one; may be empty
    std::int64_t total = 0; ///< in the bins; an event counts for each of its values
    bool severalValues = false; ///< whether some have several
    std::int64_t timeless = 0; ///< events without a time: in no bin

    event::Timestamp startOf(int bin) const
    {
        const auto at = static_cast<std::size_t>(bin);
        return at < edges.size() ? edges[at] : start;
    }
    event::TimeRange rangeOf(int bin) const { return {startOf(bin), startOf(bin + 1)}; }
    std::int64_t countOf(int bin) const;
};

/// Counts a query's events over time.
class Histogram
{
public:
    explicit Histogram(Store &store)
        : m_store(store)
    { }

    /// Requesting a stop interrupts it; it is Cancelled then. InvalidInput for what is no path.
    QFuture<event::Result<HistogramData>> count(HistogramRequest request, const std::stop_source &stop = {});

    /// The shortest of the usual lengths (a second, five minutes, a day) of which maxBins cover the span.
    static std::chrono::microseconds binWidth(std::chrono::microseconds span, int maxBins);

private:
    Store &m_store;
};

} // namespace octotrail::store
