// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"
#include "store/duckdb/Connection.h"

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace octotrail::store {

/// Tables that keep something of ranges of seqs, by paths, so that not all events have to be looked at: they have the
/// columns range and path. A range is complete once a later event is there; its events change no more, and are only
/// removed.

/// Seqs of a range. What is in no complete range is looked at, which takes some milliseconds for as many.
inline constexpr Seq rangeSeqs = 131'072;

/// The condition that a seq is in the range.
std::string isInRange(std::int64_t range);

/// What there was of a table when nothing was missing.
struct RangesState
{
    std::int64_t lastRange = -1; ///< the one that is not complete
    std::int64_t rows = -1; ///< of the table

    bool operator==(const RangesState &) const = default;
};

struct RangeTable
{
    std::string name;
    std::vector<std::string> paths;
    /// The statement that adds at least a row for a path, by its place among the paths, and a range.
    std::function<std::string(std::size_t path, std::int64_t range)> insert;
};

/// Makes what is missing of complete ranges. Leaves the rest for another time once it is wanted elsewhere.
/// @param whole brought up to date; while what it says is still so, nothing is looked for
event::Status addMissingRanges(duckdb::Connection &connection, const RangeTable &table,
    const std::function<bool()> &wantedElsewhere, RangesState &whole);

/// Forgets the ranges that have seqs of the query: they are made again when there is time.
event::Status dropRanges(duckdb::Connection &connection, const std::string &table, const std::string &seqsQuery);

/// The ranges that a query gives in its first column.
event::Result<std::set<std::int64_t>> rangesOf(duckdb::Connection &connection, const std::string &sql);

/// Stretches of seqs, as conditions, that are in none of the ranges of what is kept: they have to be looked at beside
/// it. None if what is kept spares nothing, since it has no ranges, or there are too many stretches.
/// @param kept rows of the table, from the word FROM on
event::Result<std::vector<std::string>> stretchesBesides(duckdb::Connection &connection, const std::string &kept);
/// The same of ranges; those that cannot be are passed over, since a file may say anything.
std::vector<std::string> stretchesBesides(const std::set<std::int64_t> &ranges);

} // namespace octotrail::store
