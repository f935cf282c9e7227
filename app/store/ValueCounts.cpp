// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ValueCounts.h"

#include "event/FieldCatalogue.h"
#include "store/Schema.h"

namespace octotrail::store {

namespace {

const std::string table = "value_counts";
/// Values of a column that are kept of a range, and the characters that one may have.
constexpr int mostValues = 1024;
constexpr int longestValue = 200;
/// Values of events beside the ranges, if these are not to be counted with all others instead.
constexpr std::size_t mostBesides = 100'000;

std::vector<std::string> countedPaths()
{
    std::vector<std::string> paths;
    for (const event::Field &field : event::fields()) {
        if (field.type == event::FieldType::Text) {
            paths.emplace_back(field.path);
        }
    }
    return paths;
}

/// The values of the events that meet the condition, each once.
std::string countsOf(const std::string &path, const std::string &condition)
{
    return "SELECT coalesce(" + schema::quoted(path) + ", '') AS value, count(*) AS n FROM events WHERE " + condition
        + " GROUP BY value";
}

/// Of ranges in which the path has few values.
std::string keptOf(const std::string &path)
{
    return "FROM " + table + " WHERE path = " + schema::literal(path) + " AND value IS NOT NULL";
}

/// Adds the values and their numbers, while each row is wanted.
template <class Wanted>
event::Status add(event::Result<duckdb::QueryResult> &rows, KnownValues &known, const Wanted &isWanted)
{
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    return rows->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            if (!isWanted(chunk, row)) {
                return false;
            }
            // What the file says may be anything, and the sum too large.
            const std::int64_t n = chunk.column(1).isNull(row) ? -1 : chunk.column(1).bigint(row);
            std::int64_t &count = known.counts[std::string(chunk.column(0).text(row))];
            if (n < 0 || __builtin_add_overflow(known.events, n, &known.events)) {
                known.events = -1;
                return false;
            }
            count += n;
        }
        return true;
    });
}

std::string insertOf(const std::string &path, std::int64_t range)
{
    const std::string key = std::to_string(range) + ", " + schema::literal(path);
    return "INSERT INTO " + table + " WITH counted AS MATERIALIZED (" + countsOf(path, isInRange(range))
        + "), judged AS MATERIALIZED (SELECT count(*) <= " + std::to_string(mostValues)
        + " AND max(length(value)) <= " + std::to_string(longestValue) + " AS is_kept FROM counted) SELECT " + key
        + ", value, n FROM counted, judged WHERE is_kept UNION ALL SELECT " + key
        + ", NULL, 0 FROM judged WHERE NOT is_kept";
}

} // namespace

event::Status createValueCounts(duckdb::Connection &connection)
{
    return connection.run("CREATE TABLE " + table
        + "(\"range\" BIGINT NOT NULL, path VARCHAR NOT NULL, value VARCHAR, n BIGINT NOT NULL)");
}

event::Status addMissingValueCounts(
    duckdb::Connection &connection, const std::function<bool()> &wantedElsewhere, RangesState &whole)
{
    const std::vector<std::string> paths = countedPaths();
    return addMissingRanges(connection,
        {table, paths, [&](std::size_t path, std::int64_t range) { return insertOf(paths[path], range); }},
        wantedElsewhere, whole);
}

event::Status dropValueCounts(duckdb::Connection &connection, const std::string &seqsQuery)
{
    return dropRanges(connection, table, seqsQuery);
}

event::Result<std::optional<KnownValues>> knownValueCounts(duckdb::Connection &connection, const std::string &path)
{
    KnownValues known;
    std::set<std::int64_t> ranges;
    auto kept = connection.query(
        "SELECT CAST(value AS VARCHAR), TRY_CAST(n AS BIGINT), TRY_CAST(\"range\" AS BIGINT) " + keptOf(path));
    event::Status read = add(kept, known, [&](const duckdb::Chunk &chunk, std::size_t row) {
        ranges.insert(chunk.column(2).isNull(row) ? -1 : chunk.column(2).bigint(row));
        return true;
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    const std::vector<std::string> stretches = stretchesBesides(ranges);
    if (stretches.empty()) {
        return std::nullopt;
    }
    std::string sql;
    for (const std::string &stretch : stretches) {
        sql += (sql.empty() ? "(" : " UNION ALL (") + countsOf(path, stretch) + ")";
    }
    std::size_t values = 0;
    auto counted = connection.query(sql);
    read = add(counted, known, [&](const duckdb::Chunk &, std::size_t) { return ++values <= mostBesides; });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return values <= mostBesides ? std::optional(std::move(known)) : std::nullopt;
}

event::Result<std::vector<std::string>> wrongValueCounts(duckdb::Connection &connection)
{
    std::vector<std::string> wrong;
    for (const std::string &path : countedPaths()) {
        const auto ranges = rangesOf(connection, "SELECT DISTINCT \"range\" " + keptOf(path));
        if (!ranges) {
            return tl::unexpected(ranges.error());
        }
        for (const std::int64_t range : *ranges) {
            auto differing
                = connection.query("SELECT count(*) FROM (SELECT value, n " + keptOf(path) + " AND \"range\" = "
                    + std::to_string(range) + ") AS kept FULL JOIN (" + countsOf(path, isInRange(range))
                    + ") AS counted USING (value) WHERE kept.n IS DISTINCT FROM counted.n");
            if (!differing) {
                return tl::unexpected(differing.error());
            }
            if (differing->number() > 0) {
                wrong.push_back(path);
                break;
            }
        }
    }
    return wrong;
}

} // namespace octotrail::store
