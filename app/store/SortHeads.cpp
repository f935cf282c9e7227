// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SortHeads.h"

#include "store/Schema.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace octotrail::store {

namespace {

/// Events that are kept of a range: more than a screen shows. All first ones may be of the same range.
constexpr std::int64_t headEvents = 100;
/// Characters kept of a text, which may be long. What comes after one that was cut is not told.
constexpr int longestKey = 200;
/// In place of a range, that of the first stretch; those of the others are lower.
constexpr std::int64_t noRange = -1;

const std::string table = "sort_heads";

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

} // namespace

event::Status createSortHeads(duckdb::Connection &connection)
{
    return connection.run("CREATE TABLE " + table
        + "(\"range\" BIGINT NOT NULL, path VARCHAR NOT NULL, "
          "descending BOOLEAN NOT NULL, seq BIGINT NOT NULL, published TIMESTAMP, \"key\" VARCHAR)");
}

event::Status addMissingSortHeads(
    duckdb::Connection &connection, const std::function<bool()> &wantedElsewhere, RangesState &whole)
{
    const std::vector<SortKey> keys = textSortKeys();
    RangeTable heads{table, {}, [&](std::size_t path, std::int64_t range) {
                         const SortKey &key = keys[path];
                         return "INSERT INTO " + table + " WITH " + keysOf(key, "keys", isInRange(range)) + " FROM "
                             + headOf("keys", key, true, range) + " UNION ALL FROM "
                             + headOf("keys", key, false, range);
                     }};
    std::ranges::transform(keys, std::back_inserter(heads.paths), &SortKey::path);
    return addMissingRanges(connection, heads, wantedElsewhere, whole);
}

event::Status dropSortHeads(duckdb::Connection &connection)
{
    return connection.run("DELETE FROM " + table);
}

event::Status dropSortHeads(duckdb::Connection &connection, const std::string &seqsQuery)
{
    return dropRanges(connection, table, seqsQuery);
}

event::Result<std::vector<Seq>> firstByHeads(duckdb::Connection &connection, const SortKey &key, bool descending,
    const std::string &where, const std::vector<filter::SqlValue> &parameters)
{
    const std::string kept = "FROM " + table + " WHERE path = " + schema::literal(key.path) + " AND "
        + (descending ? "descending" : "NOT descending");
    const auto stretches = stretchesBesides(connection, kept);
    if (!stretches) {
        return tl::unexpected(stretches.error());
    }
    if (stretches->empty()) {
        return std::vector<Seq>();
    }
    const std::string andWhere = where.empty() ? "" : " AND (" + where + ")";
    std::string with = "WITH matching AS MATERIALIZED (SELECT seq "
        + (where.empty() ? kept : "FROM events WHERE seq IN (SELECT seq " + kept + ")" + andWhere) + ")";
    std::vector<filter::SqlValue> values = parameters;
    std::string heads = "SELECT * " + kept;
    for (std::size_t i = 0; i < stretches->size(); ++i) {
        const std::string name = "keys" + std::to_string(i);
        with += ", " + keysOf(key, name, (*stretches)[i] + andWhere);
        values.insert(values.end(), parameters.begin(), parameters.end());
        heads += " UNION ALL FROM " + headOf(name, key, descending, noRange - static_cast<std::int64_t>(i));
    }
    auto rows = connection.query(with + " SELECT seq, \"range\", coalesce(length(\"key\"), 0) >= "
            + std::to_string(longestKey) + ", \"range\" < 0 OR seq IN (SELECT seq FROM matching) FROM (" + heads
            + ") ORDER BY " + orderBy({key.path, "\"key\""}, descending),
        values);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    std::vector<Seq> first;
    std::map<std::int64_t, std::int64_t> taken;
    const event::Status merged = rows->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            if (chunk.column(3).boolean(row)) {
                if (chunk.column(2).boolean(row)) {
                    return false;
                }
                first.push_back(chunk.column(0).bigint(row));
            }
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
