// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SortHeads.h"

#include "store/Schema.h"

#include <map>
#include <set>

namespace octotrail::store {

namespace {

/// Seqs of a range. What is not in a complete one is looked at, which takes some milliseconds for as many.
constexpr Seq rangeSeqs = 131'072;
/// Events that are kept of a range: more than a screen shows. All first ones may be of the same range.
constexpr std::int64_t headEvents = 100;
/// Characters kept of a text, which may be long. What comes after one that was cut is not told.
constexpr int longestKey = 200;
/// What is in no complete range is looked at, stretch by stretch, if that are not too many.
constexpr std::size_t mostStretches = 8;
/// In place of a range, that of the first stretch; those of the others are lower.
constexpr std::int64_t noRange = -1;

const std::string rangeOfSeq = "(seq // " + std::to_string(rangeSeqs) + ")";

/// What the events that meet the condition are ordered by, under a name.
std::string keysOf(const SortKey &key, const std::string &name, const std::string &condition)
{
    return name + " AS MATERIALIZED (SELECT seq, published, " + key.expression + " AS \"key\" FROM events WHERE "
        + condition + ")";
}

/// What stands in the table for those keys that come first.
std::string headOf(const std::string &keys, const SortKey &key, bool descending, std::int64_t range)
{
    return "(SELECT " + std::to_string(range) + " AS \"range\", " + schema::literal(key.path) + " AS path, "
        + (descending ? "true" : "false") + " AS descending, seq, published, left(\"key\", "
        + std::to_string(longestKey) + ") AS \"key\" FROM (FROM " + keys + " ORDER BY "
        + orderBy({key.path, "\"key\""}, descending) + " LIMIT " + std::to_string(headEvents) + "))";
}

std::string isBetween(Seq first, Seq last)
{
    return "seq BETWEEN " + std::to_string(first) + " AND " + std::to_string(last);
}

template <class Use>
event::Status forEachRow(duckdb::Connection &connection, const std::string &sql, const Use &use)
{
    auto rows = connection.query(sql);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    return rows->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            use(chunk, row);
        }
        return true;
    });
}

/// Stretches of seqs, as conditions, that are in none of the ranges.
std::vector<std::string> besides(const std::set<std::int64_t> &ranges)
{
    std::vector<std::string> conditions;
    std::int64_t next = 0;
    for (const std::int64_t range : ranges) {
        if (range > next) {
            conditions.push_back(isBetween(next * rangeSeqs, range * rangeSeqs - 1));
        }
        next = range + 1;
    }
    conditions.push_back("seq >= " + std::to_string(next * rangeSeqs));
    return conditions;
}

event::Result<SortHeadsState> currentState(duckdb::Connection &connection)
{
    SortHeadsState state;
    const event::Status read = forEachRow(connection,
        "SELECT coalesce(max(seq) // " + std::to_string(rangeSeqs)
            + ", 0), (SELECT count(*) FROM sort_heads) FROM events",
        [&](const duckdb::Chunk &chunk, std::size_t row) {
            state = {chunk.column(0).bigint(row), chunk.column(1).bigint(row)};
        });
    return read.map([&] { return state; });
}

} // namespace

event::Status createSortHeads(duckdb::Connection &connection)
{
    return connection.run("CREATE TABLE sort_heads(\"range\" BIGINT NOT NULL, path VARCHAR NOT NULL, "
                          "descending BOOLEAN NOT NULL, seq BIGINT NOT NULL, published TIMESTAMP, \"key\" VARCHAR)");
}

event::Status addMissingSortHeads(
    duckdb::Connection &connection, const std::function<bool()> &wantedElsewhere, SortHeadsState &whole)
{
    const auto before = currentState(connection);
    if (!before || *before == whole) {
        return before.map([](const SortHeadsState &) {});
    }
    std::set<std::int64_t> complete;
    std::set<std::pair<std::string, std::int64_t>> made;
    event::Status read = forEachRow(connection,
        "SELECT DISTINCT " + rangeOfSeq + " FROM events WHERE seq < " + std::to_string(before->lastRange * rangeSeqs),
        [&](const duckdb::Chunk &chunk, std::size_t row) {
            complete.insert(chunk.column(0).bigint(row));
        }).and_then([&] {
        return forEachRow(connection, "SELECT DISTINCT path, \"range\" FROM sort_heads",
            [&](const duckdb::Chunk &chunk, std::size_t row) {
                made.emplace(chunk.column(0).text(row), chunk.column(1).bigint(row));
            });
    });
    if (!read) {
        return read;
    }
    for (const SortKey &key : textSortKeys()) {
        for (const std::int64_t range : complete) {
            if (made.contains({key.path, range})) {
                continue;
            }
            if (wantedElsewhere()) {
                return {};
            }
            event::Status added = connection.run("INSERT INTO sort_heads WITH "
                + keysOf(key, "keys", isBetween(range * rangeSeqs, (range + 1) * rangeSeqs - 1)) + " FROM "
                + headOf("keys", key, true, range) + " UNION ALL FROM " + headOf("keys", key, false, range));
            if (!added) {
                return added;
            }
        }
    }
    return currentState(connection).map([&](const SortHeadsState &state) { whole = state; });
}

event::Status dropSortHeads(duckdb::Connection &connection)
{
    return connection.run("DELETE FROM sort_heads");
}

event::Status dropSortHeads(duckdb::Connection &connection, const std::string &seqsQuery)
{
    return connection.run(
        "DELETE FROM sort_heads WHERE \"range\" IN (SELECT " + rangeOfSeq + " FROM (" + seqsQuery + "))");
}

event::Result<std::vector<Seq>> firstByHeads(duckdb::Connection &connection, const SortKey &key, bool descending)
{
    const std::string kept = "FROM sort_heads WHERE path = " + schema::literal(key.path) + " AND "
        + (descending ? "descending" : "NOT descending");
    std::set<std::int64_t> ranges;
    const event::Status read = forEachRow(connection, "SELECT DISTINCT \"range\" " + kept,
        [&](const duckdb::Chunk &chunk, std::size_t row) { ranges.insert(chunk.column(0).bigint(row)); });
    if (!read) {
        return tl::unexpected(read.error());
    }
    const std::vector<std::string> conditions = besides(ranges);
    if (ranges.empty() || conditions.size() > mostStretches) {
        return std::vector<Seq>();
    }
    std::string with;
    std::string heads = "SELECT * " + kept;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        const std::string name = "keys" + std::to_string(i);
        with += (i == 0 ? "WITH " : ", ") + keysOf(key, name, conditions[i]);
        heads += " UNION ALL FROM " + headOf(name, key, descending, noRange - static_cast<std::int64_t>(i));
    }
    auto rows = connection.query(with + " SELECT seq, \"range\", coalesce(length(\"key\"), 0) >= "
        + std::to_string(longestKey) + " FROM (" + heads + ") ORDER BY " + orderBy({key.path, "\"key\""}, descending));
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    std::vector<Seq> first;
    std::map<std::int64_t, std::int64_t> taken;
    const event::Status merged = rows->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            if (chunk.column(2).boolean(row)) {
                return false;
            }
            first.push_back(chunk.column(0).bigint(row));
            // What comes after a range's last may be another one of the range, which is not kept.
            if (++taken[chunk.column(1).bigint(row)] == headEvents) {
                return false;
            }
        }
        return true;
    });
    return merged.map([&] { return std::move(first); });
}

} // namespace octotrail::store
