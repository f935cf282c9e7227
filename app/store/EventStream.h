// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/BlockCache.h"
#include "store/RawEvents.h"
#include "store/Records.h"
#include "store/duckdb/Connection.h"

#include <functional>
#include <span>
#include <stop_token>
#include <vector>

namespace octotrail::store {

/// Gives every event of the query to consume, in the query's order, on the snapshot of the caller's transaction,
/// until consume returns false. Holds the seqs of all and the bytes of some thousand events.
event::Status streamEvents(duckdb::Connection &connection, BlockCache &cache, const EventQuery &query,
    const std::function<void(std::int64_t)> &total, const std::function<bool(const StoredEvent &)> &consume,
    const std::stop_token &stop);

/// The same, with events that are not read.
event::Status streamRaw(duckdb::Connection &connection, BlockCache &cache, const EventQuery &query,
    const std::function<void(std::int64_t)> &total, const TakeRawEvents &take, const std::stop_token &stop);

/// Those of the seqs that are in the store, in their order.
event::Result<std::vector<Seq>> seqsThatAreThere(duckdb::Connection &connection, std::span<const Seq> seqs);

/// As streamRaw(), of events that are in the store, in the order of the seqs.
event::Status streamChosen(duckdb::Connection &connection, BlockCache &cache, std::span<const Seq> seqs,
    const TakeRawEvents &take, const std::stop_token &stop);

} // namespace octotrail::store
