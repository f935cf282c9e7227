// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/BlockReader.h"
#include "store/QueryPlan.h"
#include "store/Records.h"

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <stop_token>
#include <vector>

namespace octotrail::store {

/// Finds the events of a query, in order, on the snapshot of the caller's transaction.
class SearchRunner
{
public:
    /// Who hears of a search; what is not set is not told.
    struct Sink
    {
        std::function<void(Seq last)> started;
        std::function<void(std::vector<Seq> seqs)> found;
        std::function<void(double fraction)> progressed;
    };

    SearchRunner(duckdb::Connection &connection, BlockCache &cache, std::stop_token stop)
        : m_connection(connection)
        , m_cache(cache)
        , m_blocks(connection, cache)
        , m_stop(std::move(stop))
    { }

    /// Gives the number of all that were found.
    event::Result<std::int64_t> run(const EventQuery &query, const Sink &sink);
    /// All seqs at once.
    event::Result<std::vector<Seq>> all(const EventQuery &query);
    event::Result<std::int64_t> count(const EventQuery &query);

    /// Whether what the file keeps of orders was found to be wrong.
    bool hasWrongSortHeads() const { return m_hasWrongSortHeads; }

    /// The bytes of events, on the same snapshot.
    BlockReader &blocks() { return m_blocks; }

private:
    struct TimeSpan
    {
        event::Timestamp since;
        event::Timestamp until;
        event::Timestamp::duration length() const { return std::max(until - since, event::Timestamp::duration(0)); }
    };

    /// A part of the time.
    struct Sample
    {
        QueryPlan part;
        std::int64_t matches = 0; ///< in the part
        std::int64_t expected = 0; ///< matches in all, as far as some of the events tell
        bool isOfCommon = false; ///< whether not few of all events match
    };

    /// What was told first.
    struct Beginning
    {
        std::vector<Seq> told;
        bool isAll = false; ///< whether nothing comes behind it
        static Beginning ofScreen(std::vector<Seq> told);
    };

    event::Status findNewest();
    event::Result<std::optional<TimeSpan>> timeSpan(const EventQuery &query);
    event::Result<std::vector<QueryPlan>> firstParts(
        const QueryPlan &plan, const EventQuery &query, std::initializer_list<int> shares);
    static event::Timestamp endAfter(
        QueryPlan &part, bool descending, const TimeSpan &span, event::Timestamp::duration length);
    static std::vector<QueryPlan> partsByTime(
        const QueryPlan &plan, bool descending, const TimeSpan &span, std::int64_t count);
    template <class Visit>
    event::Status forEachOrdered(const QueryPlan &plan, std::int64_t limit, const Visit &visit);
    event::Result<std::int64_t> tellBehind(
        const QueryPlan &plan, const EventQuery &query, const std::vector<Seq> &told, const Sink &sink);
    tl::unexpected<event::Error> hasWrongHeads(const EventQuery &query);
    event::Result<std::vector<Seq>> ordered(const QueryPlan &plan, std::int64_t limit);
    std::string someEvents() const;
    event::Result<Sample> sample(const QueryPlan &plan, const EventQuery &query);
    event::Result<Beginning> tellFirstByText(const QueryPlan &plan, const EventQuery &query, const Sink &sink);
    event::Result<Beginning> tellFirstByOther(const QueryPlan &plan, const EventQuery &query, const Sink &sink);
    event::Result<std::vector<Seq>> firstByTime(const QueryPlan &plan, const EventQuery &query);
    event::Result<std::vector<Seq>> firstBySome(const QueryPlan &plan, const EventQuery &query, const QueryPlan &some);
    event::Result<std::vector<Seq>> firstByOther(const QueryPlan &plan, const EventQuery &query);
    event::Result<std::vector<Seq>> firstAtHand(const QueryPlan &plan, const EventQuery &query, const Sample &sample);
    event::Result<std::int64_t> runExact(const QueryPlan &plan, const EventQuery &query, const Sink &sink);
    event::Result<std::int64_t> runWithBytes(const QueryPlan &plan, const EventQuery &query, const Sink &sink);

    duckdb::Connection &m_connection;
    BlockCache &m_cache;
    BlockReader m_blocks;
    std::stop_token m_stop;
    bool m_hasWrongSortHeads = false;
    Seq m_last = 0; ///< the newest that is there
};

} // namespace octotrail::store
