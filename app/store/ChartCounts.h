// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"

namespace octotrail::store {

struct ChartRequest
{
    EventQuery query; ///< its order does not matter
    SeqsPtr seqs; ///< the query's events, if they are known: spares reading bytes again
    std::string path; ///< of the bars, as of Store::countBy()
    std::string stack; ///< what divides a bar, as of eventValues(); empty: nothing
    int limit = 12; ///< bars
    int stackLimit = 6; ///< values that divide them; what is beyond is one part
};

/// The most frequent values of a field, each divided by the values of another one.
struct ChartCounts
{
    struct Bar
    {
        std::string value; ///< empty for events without one
        std::int64_t total = 0;
        std::vector<std::int64_t> parts; ///< one for each of stacks, and one for all others; empty if not divided
    };
    std::vector<Bar> bars; ///< most frequent first, ties by value
    std::vector<std::string> stacks; ///< most frequent first, in these bars
    std::int64_t distinct = 0; ///< values, of which bars may be a part
    std::int64_t missing = 0; ///< events without a value
};

/// Where clients are.
struct Place
{
    double latitude = 0;
    double longitude = 0;
    std::string city, country; ///< may be empty
    std::int64_t count = 0; ///< events
};
struct Places
{
    std::vector<Place> places; ///< most frequent first
    std::int64_t located = 0; ///< events with coordinates
    std::int64_t total = 0; ///< events
    std::int64_t distinct = 0; ///< places, of which places may be a part
};

/// Counts what charts and maps of a query's events show. Requesting a stop interrupts it; it is Cancelled then.
class Charts
{
public:
    explicit Charts(Store &store)
        : m_store(store)
    { }

    /// InvalidInput for what is no path.
    QFuture<event::Result<ChartCounts>> count(ChartRequest request, const std::stop_source &stop = {});
    QFuture<event::Result<Places>> places(EventQuery query, SeqsPtr seqs, int limit, const std::stop_source &stop = {});

private:
    Store &m_store;
};

} // namespace octotrail::store
