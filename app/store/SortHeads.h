// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"
#include "store/SortKey.h"
#include "store/duckdb/Connection.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace octotrail::store {

/// Which events come first by a text, of all there are, is known without looking at all: the table sort_heads has for
/// each range of seqs and each text, either way round, the hundred events that come first in the range, with what they
/// are ordered by. Ranges are complete once a later event is there; their events change no more, and are only removed.

/// The table.
event::Status createSortHeads(duckdb::Connection &connection);

/// What there was when nothing was missing.
struct SortHeadsState
{
    std::int64_t lastRange = -1; ///< the one that is not complete
    std::int64_t rows = -1; ///< of the table

    bool operator==(const SortHeadsState &) const = default;
};

/// Makes what is missing of complete ranges. Leaves the rest for another time once it is wanted elsewhere.
/// @param whole brought up to date; while what it says is still so, nothing is looked for
event::Status addMissingSortHeads(
    duckdb::Connection &connection, const std::function<bool()> &wantedElsewhere, SortHeadsState &whole);

/// Forgets all, or those of ranges with seqs of the query: they are made again when there is time.
event::Status dropSortHeads(duckdb::Connection &connection);
event::Status dropSortHeads(duckdb::Connection &connection, const std::string &seqsQuery);

/// The seqs that come first, of all events, in order: as many as can be told, none if nothing can. What the table says
/// is believed: whoever shows it compares it with the events once they are in order.
event::Result<std::vector<Seq>> firstByHeads(duckdb::Connection &connection, const SortKey &key, bool descending);

} // namespace octotrail::store
