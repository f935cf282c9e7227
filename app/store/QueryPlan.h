// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "filter/Sql.h"
#include "store/BlockCache.h"
#include "store/Records.h"
#include "store/SortKey.h"
#include "store/duckdb/Connection.h"

#include <optional>
#include <string>
#include <vector>

namespace octotrail::store {

/// A query in SQL over the events table.
struct QueryPlan
{
    std::string from = "events"; ///< or a part of it, under its name
    std::string where; ///< a condition with question marks
    std::vector<filter::SqlValue> parameters;
    std::string orderBy; ///< without the words ORDER BY
    std::optional<SortKey> key; ///< that is ordered by first; none if that is time
    /// Whether the condition decides all but the words.
    bool onlyWordsAreLeft = true;
    /// Whether the condition decides alone; otherwise it gives candidates, to be asked with their bytes.
    bool exact = true;
    filter::ProfileIndexPtr profiles; ///< that the condition was made with; null if it asks for none
    /// Whether the order is that of time, in which neighbours mostly stand in the same blocks.
    bool byTime = true;
    bool takesAll = false; ///< every event is asked for
};

/// InvalidInput for a sort path that has no column. The connection and the cache give the profiles, if the expression
/// asks for any.
event::Result<QueryPlan> planQuery(duckdb::Connection &connection, BlockCache &cache, const EventQuery &query);

} // namespace octotrail::store
