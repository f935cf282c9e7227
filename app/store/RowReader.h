// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/BlockReader.h"
#include "store/Records.h"

#include <stop_token>
#include <string>
#include <vector>

namespace octotrail::store {

/// Reads what a table shows of events.
class RowReader
{
public:
    RowReader(duckdb::Connection &connection, BlockCache &cache, std::stop_token stop)
        : m_connection(connection)
        , m_cache(cache)
        , m_blocks(connection, cache)
        , m_stop(std::move(stop))
    { }

    /// In the order asked for; seqs that are not there are left out.
    event::Result<std::vector<EventRow>> rows(const std::vector<Seq> &seqs, const std::vector<std::string> &paths);
    /// The event with its bytes; NotFound.
    event::Result<StoredEvent> event(Seq seq);

private:
    event::Status fillFromBytes(std::vector<EventRow> &rows, const std::vector<std::string> &paths);

    duckdb::Connection &m_connection;
    BlockCache &m_cache;
    BlockReader m_blocks;
    std::stop_token m_stop;
};

} // namespace octotrail::store
