// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/BlockCache.h"
#include "store/Search.h"
#include "store/duckdb/Connection.h"

#include "filter/Sql.h"

#include <stop_token>

namespace octotrail::store {

/// The events of a query as a part of an SQL statement: what counts them need not know how they are found.
struct MatchedEvents
{
    std::string from; ///< from the word FROM on, with a WHERE
    std::vector<filter::SqlValue> parameters;
    bool areAll = false; ///< that there are
};

/// In a transaction, which keeps the snapshot and what is written down for the statement. If the query needs the bytes
/// of events, it is searched first, unless its seqs are known already.
event::Result<MatchedEvents> matchedEvents(duckdb::Connection &connection, BlockCache &cache, const EventQuery &query,
    const SeqsPtr &known, const std::stop_token &stop);

} // namespace octotrail::store
