// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/ProfilePath.h"
#include "store/BlockCache.h"
#include "store/MatchedEvents.h"
#include "store/Store.h"
#include "store/ValueCounts.h"
#include "store/duckdb/Connection.h"

#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

namespace octotrail::store {

/// Counts the values that a path has in the events of a query.
class ValueCounter
{
public:
    struct Tally
    {
        std::vector<Store::ValueCount> values;
        std::int64_t distinct = 0; ///< values there are
        std::int64_t missing = 0; ///< events without one: the count of the empty value
    };

    ValueCounter(duckdb::Connection &connection, BlockCache &cache, std::stop_token stop)
        : m_connection(connection)
        , m_cache(cache)
        , m_stop(std::move(stop))
    { }

    /// Most frequent first, ties by value. An event with several values counts once for each of them.
    event::Result<std::vector<Store::ValueCount>> count(const EventQuery &query, const std::string &path, int limit);

    /// Looks up what is known beforehand of several paths at once, which takes less time than one after the other.
    void lookUp(const MatchedEvents &events, const std::vector<std::string> &paths);

    /// The same as count() of events that were found already, or the rarest values first.
    event::Result<Tally> tally(
        const MatchedEvents &events, const EventQuery &query, const std::string &path, int limit, bool rareFirst);

private:
    event::Result<Tally> tallyColumn(const MatchedEvents &events, const std::string &path, int limit, bool rareFirst);
    std::optional<Tally> tallyKnown(const MatchedEvents &events, const std::string &path, int limit, bool rareFirst);
    event::Result<Tally> tallyProfiles(const MatchedEvents &events, const EventQuery &query,
        const filter::ProfilePath &profile, int limit, bool rareFirst);
    event::Result<Tally> tallyBytes(const EventQuery &query, const std::string &path, int limit, bool rareFirst);

    duckdb::Connection &m_connection;
    BlockCache &m_cache;
    std::stop_token m_stop;
    std::unordered_map<std::string, std::optional<KnownValues>> m_known; ///< what was looked up
    std::optional<std::int64_t> m_events; ///< all there are, once asked for
};

} // namespace octotrail::store
