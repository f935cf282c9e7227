// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/BlockCache.h"
#include "store/Records.h"
#include "store/duckdb/Connection.h"
#include "store/duckdb/Database.h"

#include <QString>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace octotrail::store {

/// Writes the fields of the query's events to a Parquet file, on the snapshot of the caller's transaction. Gives the
/// number of events. DuckDB writes it into the private folder beside the store, the only one where it may; from there
/// it is moved. Where the order is about that of the store a piece is put in order at a time, so that nothing need be
/// written aside.
event::Result<std::int64_t> writeParquet(const duckdb::Database &database, duckdb::Connection &connection,
    BlockCache &cache, const QString &storeFile, const EventQuery &query, const QString &file,
    const std::vector<std::string> &fields, const std::stop_token &stop);
/// The same of the events with these seqs, in their order.
event::Result<std::int64_t> writeParquet(const duckdb::Database &database, duckdb::Connection &connection,
    const QString &storeFile, std::span<const Seq> seqs, const QString &file, const std::vector<std::string> &fields);

} // namespace octotrail::store
