// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Sql.h"
#include "store/EventRanges.h"
#include "store/SortKey.h"

#include <functional>
#include <vector>

namespace octotrail::store {

/// Which events come first by a text, of all there are, is known without looking at all: the table sort_heads has for
/// each complete range and each text, either way round, the hundred events that come first in the range, with what they
/// are ordered by.

/// The table.
event::Status createSortHeads(duckdb::Connection &connection);

/// As addMissingRanges().
event::Status addMissingSortHeads(
    duckdb::Connection &connection, const std::function<bool()> &wantedElsewhere, RangesState &whole);

/// Forgets all, or those of ranges with seqs of the query: they are made again when there is time.
event::Status dropSortHeads(duckdb::Connection &connection);
event::Status dropSortHeads(duckdb::Connection &connection, const std::string &seqsQuery);

/// The seqs that come first, of all events that meet the condition, in order: as many as can be told, none if nothing
/// can, and fewer the rarer the events are. What the table says is believed: whoever shows it compares it with the
/// events once they are in order.
/// @param where with a question mark for each of the parameters; empty if all events are meant
event::Result<std::vector<Seq>> firstByHeads(duckdb::Connection &connection, const SortKey &key, bool descending,
    const std::string &where = {}, const std::vector<filter::SqlValue> &parameters = {});

} // namespace octotrail::store
