// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/EventRanges.h"

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace octotrail::store {

/// How many of all events have each value of a text column is known without looking at all, where the values are few:
/// the table value_counts has them for each complete range. Of a range in which a column has many values, or long ones,
/// it says just that.

/// The table.
event::Status createValueCounts(duckdb::Connection &connection);

/// As addMissingRanges().
event::Status addMissingValueCounts(
    duckdb::Connection &connection, const std::function<bool()> &wantedElsewhere, RangesState &whole);

/// Forgets those of ranges with seqs of the query.
event::Status dropValueCounts(duckdb::Connection &connection, const std::string &seqsQuery);

/// Of how many events each value is; the empty one of those that have none.
struct KnownValues
{
    std::unordered_map<std::string, std::int64_t> counts;
    std::int64_t events = 0; ///< their sum
};

using KnownValuesByPath = std::unordered_map<std::string, KnownValues>;

/// Of all events, for those of the paths of which the table spares something. What the table says is believed: whoever
/// uses it compares the sum with the number of events, which it is not if the table has numbers that cannot be.
event::Result<KnownValuesByPath> knownValueCounts(
    duckdb::Connection &connection, const std::vector<std::string> &paths);

/// The columns of which the table says something that is not so.
event::Result<std::vector<std::string>> wrongValueCounts(duckdb::Connection &connection);

} // namespace octotrail::store
