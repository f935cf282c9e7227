// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/BlockCache.h"
#include "store/Store.h"
#include "store/duckdb/Connection.h"

#include <stop_token>
#include <string>
#include <vector>

namespace octotrail::store {

/// Counts the values that a path has in the events of a query.
class ValueCounter
{
public:
    ValueCounter(duckdb::Connection &connection, BlockCache &cache, std::stop_token stop)
        : m_connection(connection)
        , m_cache(cache)
        , m_stop(std::move(stop))
    { }

    /// Most frequent first, ties by value. An event with several values counts once for each of them.
    event::Result<std::vector<Store::ValueCount>> count(const EventQuery &query, const std::string &path, int limit);

private:
    event::Result<std::vector<Store::ValueCount>> countColumn(
        const EventQuery &query, const std::string &path, int limit);
    event::Result<std::vector<Store::ValueCount>> countBytes(
        const EventQuery &query, const std::string &path, int limit);

    duckdb::Connection &m_connection;
    BlockCache &m_cache;
    std::stop_token m_stop;
};

} // namespace octotrail::store
