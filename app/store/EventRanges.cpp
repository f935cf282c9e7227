// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/EventRanges.h"

#include "store/Schema.h"

#include <limits>

namespace octotrail::store {

namespace {

const std::string rangeOfSeq = "(seq // " + std::to_string(rangeSeqs) + ")";

/// What is in no range is looked at, stretch by stretch, if that are not too many.
constexpr std::size_t mostStretches = 8;
constexpr std::int64_t lastRange = std::numeric_limits<Seq>::max() / rangeSeqs;

/// A file may say anything: not what would leave no room for seqs.
bool canBe(std::int64_t range)
{
    return range >= 0 && range < lastRange;
}

std::string isBetween(Seq first, Seq last)
{
    return "seq BETWEEN " + std::to_string(first) + " AND " + std::to_string(last);
}

event::Result<RangesState> currentState(duckdb::Connection &connection, const std::string &table)
{
    return connection
        .query("SELECT coalesce(max(seq) // " + std::to_string(rangeSeqs) + ", 0), (SELECT count(*) FROM " + table
            + ") FROM events")
        .map([](duckdb::QueryResult &&rows) {
            const auto chunk = rows.next();
            return chunk ? RangesState{chunk->column(0).bigint(0), chunk->column(1).bigint(0)} : RangesState();
        });
}

} // namespace

std::string isInRange(std::int64_t range)
{
    return isBetween(range * rangeSeqs, (range + 1) * rangeSeqs - 1);
}

event::Result<std::set<std::int64_t>> rangesOf(duckdb::Connection &connection, const std::string &sql)
{
    auto rows = connection.query(sql);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    std::set<std::int64_t> ranges;
    const event::Status read = rows->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            if (const std::int64_t range = chunk.column(0).bigint(row); canBe(range)) {
                ranges.insert(range);
            }
        }
        return true;
    });
    return read.map([&] { return std::move(ranges); });
}

event::Result<std::vector<std::string>> stretchesBesides(duckdb::Connection &connection, const std::string &kept)
{
    return rangesOf(connection, "SELECT DISTINCT \"range\" " + kept).map([](const std::set<std::int64_t> &ranges) {
        return stretchesBesides(ranges);
    });
}

std::vector<std::string> stretchesBesides(const std::set<std::int64_t> &ranges)
{
    std::vector<std::string> conditions;
    std::int64_t next = 0;
    for (const std::int64_t range : ranges) {
        if (!canBe(range)) {
            continue;
        }
        if (range > next) {
            conditions.push_back(isBetween(next * rangeSeqs, range * rangeSeqs - 1));
        }
        next = range + 1;
    }
    conditions.push_back("seq >= " + std::to_string(next * rangeSeqs));
    if (next == 0 || conditions.size() > mostStretches) {
        conditions.clear();
    }
    return conditions;
}

event::Status addMissingRanges(duckdb::Connection &connection, const RangeTable &table,
    const std::function<bool()> &wantedElsewhere, RangesState &whole)
{
    const auto before = currentState(connection, table.name);
    if (!before || *before == whole) {
        return before.map([](const RangesState &) {});
    }
    const auto complete = rangesOf(connection,
        "SELECT DISTINCT " + rangeOfSeq + " FROM events WHERE seq < " + std::to_string(before->lastRange * rangeSeqs));
    if (!complete) {
        return tl::unexpected(complete.error());
    }
    for (std::size_t path = 0; path < table.paths.size(); ++path) {
        const auto made = rangesOf(connection,
            "SELECT DISTINCT \"range\" FROM " + table.name + " WHERE path = " + schema::literal(table.paths[path]));
        if (!made) {
            return tl::unexpected(made.error());
        }
        for (const std::int64_t range : *complete) {
            if (made->contains(range)) {
                continue;
            }
            if (wantedElsewhere()) {
                return {};
            }
            if (event::Status added = connection.run(table.insert(path, range)); !added) {
                return added;
            }
        }
    }
    return currentState(connection, table.name).map([&](const RangesState &state) { whole = state; });
}

event::Status dropRanges(duckdb::Connection &connection, const std::string &table, const std::string &seqsQuery)
{
    return connection.run(
        "DELETE FROM " + table + " WHERE \"range\" IN (SELECT " + rangeOfSeq + " FROM (" + seqsQuery + "))");
}

} // namespace octotrail::store
