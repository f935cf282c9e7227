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
std::string keptOf(const std::string &paths)
{
    return "FROM " + table + " WHERE path IN (" + paths + ") AND value IS NOT NULL";
}

/// Adds a value and its number. What the file says may be anything, and the sum too large: it is no sum then.
void add(KnownValues &known, std::string_view value, std::int64_t n)
{
    if (known.events < 0 || n < 0 || __builtin_add_overflow(known.events, n, &known.events)) {
        known.events = -1;
        return;
    }
    known.counts[std::string(value)] += n;
}

std::int64_t numberOrNone(const duckdb::Column &column, std::size_t row)
{
    return column.isNull(row) ? -1 : column.bigint(row);
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

event::Result<KnownValuesByPath> knownValueCounts(duckdb::Connection &connection, const std::vector<std::string> &paths)
{
    KnownValuesByPath known;
    if (paths.empty()) {
        return known;
    }
    std::string wanted;
    for (const std::string &path : paths) {
        wanted += (wanted.empty() ? "" : ", ") + schema::literal(path);
    }
    std::unordered_map<std::string, std::set<std::int64_t>> ranges;
    auto kept = connection.query(
        "SELECT path, CAST(value AS VARCHAR), TRY_CAST(n AS BIGINT), TRY_CAST(\"range\" AS BIGINT) " + keptOf(wanted));
    if (!kept) {
        return tl::unexpected(kept.error());
    }
    while (const auto chunk = kept->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            const std::string path(chunk->column(0).text(row));
            ranges[path].insert(numberOrNone(chunk->column(3), row));
            add(known[path], chunk->column(1).text(row), numberOrNone(chunk->column(2), row));
        }
    }
    // One statement for all of them: what is beside the ranges of a path is too little for more than one thread.
    std::string sql;
    std::vector<KnownValues *> asked;
    for (const auto &[path, of] : ranges) {
        const std::vector<std::string> stretches = stretchesBesides(of);
        if (stretches.empty()) {
            known.erase(path);
            continue;
        }
        for (const std::string &stretch : stretches) {
            sql += (sql.empty() ? "" : " UNION ALL ")
                + ("(SELECT " + std::to_string(asked.size()) + ", value, n FROM (" + countsOf(path, stretch) + "))");
        }
        asked.push_back(&known[path]);
    }
    if (asked.empty()) {
        return known;
    }
    auto counted = connection.query(sql);
    if (!counted) {
        return tl::unexpected(counted.error());
    }
    std::vector<std::size_t> values(asked.size());
    while (const auto chunk = counted->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            const auto of = static_cast<std::size_t>(chunk->column(0).integer(row));
            if (++values[of] <= mostBesides) {
                add(*asked[of], chunk->column(1).text(row), chunk->column(2).bigint(row));
            }
        }
    }
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (values[i] > mostBesides) {
            std::erase_if(known, [&](const auto &each) { return &each.second == asked[i]; });
        }
    }
    return known;
}

event::Result<std::vector<std::string>> wrongValueCounts(duckdb::Connection &connection)
{
    std::vector<std::string> wrong;
    for (const std::string &path : countedPaths()) {
        const auto ranges = rangesOf(connection, "SELECT DISTINCT \"range\" " + keptOf(schema::literal(path)));
        if (!ranges) {
            return tl::unexpected(ranges.error());
        }
        for (const std::int64_t range : *ranges) {
            auto differing = connection.query("SELECT count(*) FROM (SELECT value, n " + keptOf(schema::literal(path))
                + " AND \"range\" = " + std::to_string(range) + ") AS kept FULL JOIN ("
                + countsOf(path, isInRange(range))
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
