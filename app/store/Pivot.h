// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/SqlConsole.h"
#include "store/Store.h"

namespace octotrail::store {

struct PivotRequest
{
    EventQuery query; ///< its order does not matter
    SeqsPtr seqs; ///< the query's events, if they are known: spares reading bytes again
    std::vector<std::string> groupBy; ///< one path or two
    std::string distinctOf; ///< the path whose different values are counted; may be empty
    int limit = 10'000; ///< groups that are given
    /// Which groups come first: the most frequent, or those whose first event is the latest.
    enum class Order { MostFrequent, LatestFirst } order = Order::MostFrequent;
};

/// Groups with what was counted of each.
struct PivotResult
{
    /// A column for each path, then count, distinct (if asked for), first and last (RFC 3339). In the order asked for,
    /// ties by value. NULL: the events that have no value. An event with several values, such as targets, is in several
    /// groups, once in each.
    SqlTable table;
    std::int64_t groups = 0; ///< that there are, of which table may have a part
    std::optional<event::Timestamp> first, last; ///< of the events of all groups
};

/// Groups a query's events by the values of fields.
class Pivot
{
public:
    explicit Pivot(Store &store)
        : m_store(store)
    { }

    /// Paths are those of eventValues(). Requesting a stop interrupts it: Cancelled. InvalidInput for what is no path.
    QFuture<event::Result<PivotResult>> group(PivotRequest request, const std::stop_source &stop = {});
    /// All groups in their order, whatever the limit, until one of the two gives false; the number of rows that were
    /// given. Waits: call it from a worker thread.
    event::Result<std::int64_t> stream(const PivotRequest &request,
        const std::function<bool(const std::vector<SqlColumn> &)> &begin,
        const std::function<bool(SqlConsole::Row)> &row, const std::stop_token &stop);

private:
    Store &m_store;
};

} // namespace octotrail::store
