// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/CoverageTable.h"

#include <array>

namespace octotrail::store {

using event::TimeRange;

namespace {

std::string whose(SourceId source, RangeKind kind)
{
    return " WHERE source = " + std::to_string(source) + " AND kind = " + std::to_string(static_cast<int>(kind));
}

} // namespace

event::Status createCoverage(duckdb::Connection &connection)
{
    // Of what an older version has collected, its checkpoints tell how far it came, and its events where it began.
    return connection.run(
        "CREATE TABLE coverage(source INTEGER NOT NULL, kind INTEGER NOT NULL, since TIMESTAMP NOT NULL, "
        "until TIMESTAMP NOT NULL);\n"
        "CREATE TABLE coverage_goals(source INTEGER NOT NULL, since TIMESTAMP, live_since TIMESTAMP, "
        "query VARCHAR NOT NULL, paused BOOLEAN NOT NULL, reconciled TIMESTAMP);\n"
        "INSERT INTO coverage SELECT c.source, 0, min(e.published), max(c.newest_published) "
        "FROM checkpoints c JOIN events e ON e.source = c.source "
        "WHERE c.stream = 'Okta.SystemLog' AND c.newest_published IS NOT NULL AND e.published IS NOT NULL "
        "GROUP BY c.source HAVING min(e.published) < max(c.newest_published);\n"
        "INSERT INTO coverage_goals SELECT source, since, since, '', false, NULL FROM coverage;\n");
}

event::Result<RangeSet> readRanges(duckdb::Connection &connection, SourceId source, RangeKind kind)
{
    auto result = connection.query("SELECT since, until FROM coverage" + whose(source, kind) + " ORDER BY since");
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::vector<TimeRange> ranges;
    while (const auto chunk = result->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            ranges.push_back({chunk->column(0).time(row), chunk->column(1).time(row)});
        }
    }
    return RangeSet(ranges);
}

event::Status writeRanges(
    duckdb::Connection &connection, SourceId source, RangeKind kind, const RangeSet &before, const RangeSet &after)
{
    if (before == after) {
        return {};
    }
    if (const event::Status removed = connection.run("DELETE FROM coverage" + whose(source, kind)); !removed) {
        return removed;
    }
    auto insert = connection.prepare("INSERT INTO coverage VALUES (?, ?, ?, ?)");
    if (!insert) {
        return tl::unexpected(insert.error());
    }
    for (const TimeRange &range : after.ranges()) {
        insert->bindInteger(1, source);
        insert->bindInteger(2, static_cast<int>(kind));
        insert->bindTime(3, range.since);
        insert->bindTime(4, range.until);
        if (const auto inserted = insert->execute(); !inserted) {
            return tl::unexpected(inserted.error());
        }
    }
    return {};
}

event::Status addCovered(duckdb::Connection &connection, SourceId source, const std::vector<TimeRange> &ranges)
{
    const auto before = readRanges(connection, source, RangeKind::Covered);
    if (!before) {
        return tl::unexpected(before.error());
    }
    RangeSet after = *before;
    for (const TimeRange &range : ranges) {
        if (range.since && range.until) {
            after.add(range);
        }
    }
    return writeRanges(connection, source, RangeKind::Covered, *before, after);
}

event::Result<std::optional<CoverageGoal>> readGoal(duckdb::Connection &connection, SourceId source)
{
    const std::array<filter::SqlValue, 1> key{std::int64_t{source}};
    auto result = connection.query(
        "SELECT since, live_since, query, CAST(paused AS BIGINT), reconciled FROM coverage_goals WHERE source = ?",
        key);
    if (!result) {
        return tl::unexpected(result.error());
    }
    const auto chunk = result->next();
    if (!chunk || chunk->size() == 0) {
        return std::optional<CoverageGoal>{};
    }
    CoverageGoal goal;
    goal.since = chunk->column(0).time(0);
    goal.liveSince = chunk->column(1).time(0);
    const std::string_view query = chunk->column(2).text(0);
    goal.query = QString::fromUtf8(query.data(), static_cast<qsizetype>(query.size()));
    goal.paused = chunk->column(3).bigint(0) != 0;
    goal.reconciled = chunk->column(4).time(0);
    return std::optional(std::move(goal));
}

event::Status writeGoal(duckdb::Connection &connection, SourceId source, const CoverageGoal &goal)
{
    const event::Status removed = connection.run("DELETE FROM coverage_goals WHERE source = " + std::to_string(source));
    if (!removed) {
        return removed;
    }
    auto insert = connection.prepare("INSERT INTO coverage_goals VALUES (?, ?, ?, ?, ?, ?)");
    if (!insert) {
        return tl::unexpected(insert.error());
    }
    insert->bindInteger(1, source);
    insert->bindTime(2, goal.since);
    insert->bindTime(3, goal.liveSince);
    insert->bindText(4, goal.query.toStdString());
    insert->bindBoolean(5, goal.paused);
    insert->bindTime(6, goal.reconciled);
    return insert->execute().map([](const duckdb::QueryResult &) {});
}

} // namespace octotrail::store
