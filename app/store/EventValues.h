// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/BlockCache.h"
#include "store/MatchedEvents.h"
#include "store/duckdb/Connection.h"

#include <stop_token>
#include <string>
#include <vector>

namespace octotrail::store {

/// Events with what some paths say of each, as a part of an SQL statement.
struct EventValues
{
    /// From the word FROM on, with a WHERE: rows of seq, published, and v0, v1 and so on, which have a path's value as
    /// a text, or NULL.
    std::string from;
    std::vector<filter::SqlValue> parameters;
    bool repeats = false; ///< an event has a row for each of several values, or for each combination of them
};

/// In the transaction in which the events were matched. A path is a field's, "target", a member of targets, "source", a
/// debugData key, leads into profiles or annotations, or is any other one, which is read from the bytes of the query's
/// events: slower. What members and profiles say of one target stands in one row. InvalidInput for what is no path.
event::Result<EventValues> eventValues(duckdb::Connection &connection, BlockCache &cache, const MatchedEvents &events,
    const EventQuery &query, const std::vector<std::string> &paths, const std::stop_token &stop);

} // namespace octotrail::store
