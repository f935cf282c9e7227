// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ChartCounts.h"

#include "store/EventValues.h"
#include "store/MatchedEvents.h"
#include "store/StorePrivate.h"
#include "store/ValueCounter.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>

namespace octotrail::store {

namespace {

/// Keeps the most frequent values of those that divide, and joins the others.
void divide(ChartCounts &counts, const std::vector<std::map<std::string, std::int64_t>> &parts, int limit)
{
    std::unordered_map<std::string, std::int64_t> totals;
    for (const auto &bar : parts) {
        for (const auto &[value, count] : bar) {
            totals[value] += count;
        }
    }
    std::vector<std::pair<std::string, std::int64_t>> ordered(totals.begin(), totals.end());
    std::ranges::sort(ordered,
        [](const auto &a, const auto &b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });
    for (const auto &[value, total] : ordered) {
        if (counts.stacks.size() < static_cast<std::size_t>(limit)) {
            counts.stacks.push_back(value);
        }
    }
    for (std::size_t bar = 0; bar < parts.size(); ++bar) {
        std::vector<std::int64_t> &of = counts.bars[bar].parts;
        of.assign(counts.stacks.size() + 1, 0);
        for (const auto &[value, count] : parts[bar]) {
            const auto at = std::ranges::find(counts.stacks, value) - counts.stacks.begin();
            of[static_cast<std::size_t>(at)] += count;
        }
    }
}

event::Status countParts(duckdb::Connection &connection, BlockCache &cache, const MatchedEvents &events,
    const ChartRequest &request, const std::stop_token &stop, ChartCounts &counts)
{
    if (counts.bars.empty()) {
        return {};
    }
    auto values = eventValues(connection, cache, events, request.query, {request.path, request.stack}, stop);
    if (!values) {
        return tl::unexpected(values.error());
    }
    std::unordered_map<std::string, std::size_t> places;
    std::vector<filter::SqlValue> &parameters = values->parameters;
    std::string wanted;
    for (std::size_t i = 0; i < counts.bars.size(); ++i) {
        places[counts.bars[i].value] = i;
        wanted += i == 0 ? "?" : ", ?";
        parameters.emplace_back(counts.bars[i].value);
    }
    auto result
        = connection.query("SELECT bar, stack, " + std::string(values->repeats ? "count(DISTINCT seq)" : "count(*)")
                + " FROM (SELECT seq, coalesce(v0, '') AS bar, coalesce(v1, '') AS stack" + values->from
                + ") WHERE bar IN (" + wanted + ") GROUP BY bar, stack",
            parameters);
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::vector<std::map<std::string, std::int64_t>> parts(counts.bars.size());
    event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            const auto place = places.find(std::string(chunk.column(0).text(row)));
            if (place != places.end()) {
                parts[place->second][std::string(chunk.column(1).text(row))] += chunk.column(2).bigint(row);
            }
        }
        return true;
    });
    divide(counts, parts, request.stackLimit);
    return read;
}

event::Result<ChartCounts> countBars(
    duckdb::Connection &connection, BlockCache &cache, const ChartRequest &request, const std::stop_token &stop)
{
    const auto events = matchedEvents(connection, cache, request.query, request.seqs, stop);
    if (!events) {
        return tl::unexpected(events.error());
    }
    auto tally
        = ValueCounter(connection, cache, stop).tally(*events, request.query, request.path, request.limit, false);
    if (!tally) {
        return tl::unexpected(tally.error());
    }
    ChartCounts counts;
    counts.distinct = tally->distinct;
    counts.missing = tally->missing;
    for (Store::ValueCount &value : tally->values) {
        counts.bars.push_back({std::move(value.value), value.count, {}});
    }
    if (!request.stack.empty()) {
        if (const event::Status divided = countParts(connection, cache, *events, request, stop, counts); !divided) {
            return tl::unexpected(divided.error());
        }
    }
    if (stop.stop_requested()) {
        return event::failure(event::ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
    }
    return counts;
}

event::Result<Places> findPlaces(duckdb::Connection &connection, const MatchedEvents &events, int limit)
{
    const std::string lat = "\"client.geographicalContext.geolocation.lat\"";
    const std::string lon = "\"client.geographicalContext.geolocation.lon\"";
    const std::string there = lat + " BETWEEN -90 AND 90 AND " + lon + " BETWEEN -180 AND 180";
    Places found;
    auto totals = connection.query("SELECT count(*), count(*) FILTER (" + there + ")" + events.from, events.parameters);
    if (!totals) {
        return tl::unexpected(totals.error());
    }
    if (const auto chunk = totals->next(); chunk && chunk->size() == 1) {
        found.total = chunk->column(0).bigint(0);
        found.located = chunk->column(1).bigint(0);
    }
    auto result
        = connection.query("SELECT lat, lon, city, country, n, count(*) OVER () AS differing FROM (SELECT round(" + lat
                + ", 2) AS lat, round(" + lon
                + ", 2) AS lon, coalesce(\"client.geographicalContext.city\", '') AS city, "
                  "coalesce(\"client.geographicalContext.country\", '') AS country, count(*) AS n"
                + events.from + " AND " + there + " GROUP BY ALL) ORDER BY n DESC, lat, lon, city, country LIMIT "
                + std::to_string(limit),
            events.parameters);
    if (!result) {
        return tl::unexpected(result.error());
    }
    const event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            found.places.push_back(
                {chunk.column(0).number(row), chunk.column(1).number(row), std::string(chunk.column(2).text(row)),
                    std::string(chunk.column(3).text(row)), chunk.column(4).bigint(row)});
            found.distinct = chunk.column(5).bigint(row);
        }
        return true;
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return found;
}

} // namespace

QFuture<event::Result<ChartCounts>> Charts::count(ChartRequest request, const std::stop_source &stop)
{
    Store::Private &d = Store::Private::of(m_store);
    return d.read<ChartCounts>(
        d.searches,
        [&d, request = std::move(request)](duckdb::Connection &connection, const std::stop_token &token) {
            return duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
                return countBars(connection, d.cache, request, token);
            });
        },
        stop);
}

QFuture<event::Result<Places>> Charts::places(EventQuery query, SeqsPtr seqs, int limit, const std::stop_source &stop)
{
    Store::Private &d = Store::Private::of(m_store);
    return d.read<Places>(
        d.searches,
        [&d, query = std::move(query), seqs = std::move(seqs), limit](
            duckdb::Connection &connection, const std::stop_token &token) {
            return duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
                return matchedEvents(connection, d.cache, query, seqs, token)
                    .and_then([&](const MatchedEvents &events) { return findPlaces(connection, events, limit); });
            });
        },
        stop);
}

} // namespace octotrail::store
