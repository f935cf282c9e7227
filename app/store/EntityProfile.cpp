// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/EntityProfile.h"

#include "filter/Expression.h"
#include "store/MatchedEvents.h"
#include "store/Schema.h"
#include "store/StorePrivate.h"

#include <algorithm>

namespace octotrail::store {

namespace {

constexpr int mostAlerts = 50;

struct Reading
{
    duckdb::Connection &connection;
    const EntityRequest &request;
    const MatchedEvents &events;
};

/// Values to group by, as SQL; all of them texts.
using Columns = std::vector<std::string>;
/// Which columns belong together, by their places.
using Sets = std::vector<std::vector<std::size_t>>;

std::string columnOf(std::string_view path)
{
    const auto id = event::fieldByPath(path);
    return "coalesce(CAST(" + schema::quoted(event::fields()[id.value_or(0)].path) + " AS VARCHAR), '')";
}

/// How far the zone is ahead when an event was published, in microseconds. The latest change is looked at first: most
/// events are new.
std::string offsetSql(const event::ZoneOffsets &zone)
{
    std::string cases;
    for (const auto &[from, offset] : zone.changes()) {
        cases.insert(0,
            " WHEN published >= make_timestamp(" + std::to_string(from.time_since_epoch().count()) + ") THEN "
                + std::to_string(offset.count()));
    }
    const std::string first = std::to_string(zone.first().count());
    return cases.empty() ? first : "CASE" + cases + " ELSE " + first + " END";
}

/// What GROUPING_ID gives for the set: a bit for each column that is not in it, the first column's the highest.
std::int64_t groupingOf(const std::vector<std::size_t> &set, std::size_t columns)
{
    std::int64_t bits = (std::int64_t{1} << columns) - 1;
    for (const std::size_t column : set) {
        bits &= ~(std::int64_t{1} << (columns - 1 - column));
    }
    return bits;
}

std::string joined(const Columns &texts, std::string_view separator)
{
    std::string all;
    for (const std::string &text : texts) {
        all += (all.empty() ? "" : std::string(separator)) + text;
    }
    return all;
}

/// In one pass over the events: a row for each set and value of it, with the counts in and before the range. The sets
/// from whole on are given completely, the others with their most frequent and their newest values.
event::Result<duckdb::QueryResult> group(
    const Reading &reading, const Columns &values, const Sets &sets, std::int64_t whole)
{
    const event::TimeRange &range = reading.request.range;
    Columns names;
    std::string select;
    for (std::size_t i = 0; i < values.size(); ++i) {
        names.push_back("c" + std::to_string(i));
        select += values[i] + " AS " + names.back() + ", ";
    }
    std::string groups;
    for (const auto &set : sets) {
        Columns members;
        members.reserve(set.size());
        for (const std::size_t column : set) {
            members.push_back(names[column]);
        }
        groups += (groups.empty() ? "(" : ", (") + joined(members, ", ") + ")";
    }
    std::vector<filter::SqlValue> parameters;
    std::string before = "false";
    if (range.since) {
        before = "published < ?";
        parameters.emplace_back(*range.since);
    }
    parameters.insert(parameters.end(), reading.events.parameters.begin(), reading.events.parameters.end());
    std::string from = reading.events.from + " AND published IS NOT NULL";
    if (range.until) {
        from += " AND published < ?";
        parameters.emplace_back(*range.until);
    }
    const std::string all = joined(names, ", ");
    const std::string limit = std::to_string(reading.request.limit);
    // DuckDB gives sums of windows as HUGEINT, counts as BIGINT.
    return reading.connection.query("WITH e AS (SELECT " + select + "published, " + before + " AS earlier" + from
            + "), g AS (SELECT CAST(GROUPING_ID(" + all + ") AS BIGINT) AS which, " + all
            + ", count(*) FILTER (NOT earlier) AS n, count(*) FILTER (earlier) AS older, "
              "min(published) FILTER (NOT earlier) AS since, max(published) FILTER (NOT earlier) AS until "
              "FROM e GROUP BY GROUPING SETS ("
            + groups
            + ")) SELECT which, n, older, since, until, count(*) OVER (PARTITION BY which) AS differing, "
              "count(*) FILTER (older = 0) OVER (PARTITION BY which) AS fresh, "
            + all + " FROM g WHERE n > 0 OR which = " + std::to_string(whole) + " QUALIFY which = "
            + std::to_string(whole) + " OR row_number() OVER (PARTITION BY which ORDER BY n DESC, " + all + ") <= "
            + limit + " OR (older = 0 AND row_number() OVER (PARTITION BY which, older = 0 ORDER BY since DESC, " + all
            + ") <= " + limit + ") ORDER BY which, n DESC, " + all,
        parameters);
}

constexpr std::size_t firstValue = 7; ///< column of group()'s result

EntityValue valueOf(const duckdb::Chunk &chunk, std::size_t row, const std::vector<std::size_t> &set)
{
    EntityValue value;
    for (const std::size_t column : set) {
        value.parts.emplace_back(chunk.column(firstValue + column).text(row));
    }
    value.count = chunk.column(1).bigint(row);
    value.before = chunk.column(2).bigint(row);
    value.first = chunk.column(3).time(row).value_or(event::Timestamp());
    value.last = chunk.column(4).time(row).value_or(event::Timestamp());
    return value;
}

void add(
    EntityFacet &facet, const duckdb::Chunk &chunk, std::size_t row, const std::vector<std::size_t> &set, int limit)
{
    facet.distinct = chunk.column(5).bigint(row);
    facet.freshCount = chunk.column(6).bigint(row);
    EntityValue value = valueOf(chunk, row, set);
    if (value.before == 0) {
        facet.fresh.push_back(value);
    }
    if (facet.values.size() < static_cast<std::size_t>(limit)) {
        facet.values.push_back(std::move(value));
    }
}

void addHour(EntityData &data, const duckdb::Chunk &chunk, std::size_t row, std::size_t column)
{
    const std::string text(chunk.column(firstValue + column).text(row));
    const std::size_t hour = std::min<std::size_t>(std::stoul(text.empty() ? "0" : text), 7 * 24 - 1);
    data.hours.at(hour / 24).at(hour % 24) = chunk.column(1).bigint(row);
    data.hoursBefore.at(hour / 24).at(hour % 24) = chunk.column(2).bigint(row);
}

void finish(EntityFacet &facet, int limit)
{
    std::ranges::stable_sort(facet.fresh, std::greater(), &EntityValue::first);
    if (facet.fresh.size() > static_cast<std::size_t>(limit)) {
        facet.fresh.resize(static_cast<std::size_t>(limit));
    }
}

event::Status countTotals(const Reading &reading, EntityData &data)
{
    const event::TimeRange &range = reading.request.range;
    std::vector<filter::SqlValue> parameters;
    std::string in = "published IS NOT NULL";
    std::string before = "false";
    if (range.since) {
        in += " AND published >= ?";
        before = "published < ?";
        parameters.emplace_back(*range.since);
    }
    if (range.until) {
        in += " AND published < ?";
        parameters.emplace_back(*range.until);
    }
    if (range.since) {
        parameters.emplace_back(*range.since);
    }
    parameters.insert(parameters.end(), reading.events.parameters.begin(), reading.events.parameters.end());
    auto result = reading.connection.query("SELECT count(*), count(*) FILTER (" + in + "), count(*) FILTER (" + before
            + "), count(*) - count(published), min(published), max(published)" + reading.events.from,
        parameters);
    if (!result) {
        return tl::unexpected(result.error());
    }
    if (const auto chunk = result->next(); chunk && chunk->size() == 1) {
        data.total = chunk->column(0).bigint(0);
        data.inRange = chunk->column(1).bigint(0);
        data.before = chunk->column(2).bigint(0);
        data.timeless = chunk->column(3).bigint(0);
        data.first = chunk->column(4).time(0);
        data.last = chunk->column(5).time(0);
    }
    return {};
}

/// All aspects but the apps, which are in a list, and the hours.
event::Status countFields(const Reading &reading, EntityData &data)
{
    Columns columns;
    Sets sets;
    std::vector<EntityAspect> aspects;
    for (int i = 0; i < entityAspects; ++i) {
        const auto aspect = static_cast<EntityAspect>(i);
        data.facets.at(static_cast<std::size_t>(i)).aspect = aspect;
        if (aspect == EntityAspect::App) {
            continue;
        }
        std::vector<std::size_t> set;
        for (const std::string &path : aspectPaths(aspect)) {
            const std::string column = columnOf(path);
            const auto known = std::ranges::find(columns, column);
            set.push_back(static_cast<std::size_t>(known - columns.begin()));
            if (known == columns.end()) {
                columns.push_back(column);
            }
        }
        sets.push_back(std::move(set));
        aspects.push_back(aspect);
    }
    const std::string local = "(published + to_microseconds(" + offsetSql(reading.request.zone) + "))";
    columns.push_back("CAST((isodow(" + local + ") - 1) * 24 + hour(" + local + ") AS VARCHAR)");
    sets.push_back({columns.size() - 1});
    const std::int64_t hours = groupingOf(sets.back(), columns.size());
    auto result = group(reading, columns, sets, hours);
    if (!result) {
        return tl::unexpected(result.error());
    }
    event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            const std::int64_t which = chunk.column(0).bigint(row);
            if (which == hours) {
                addHour(data, chunk, row, columns.size() - 1);
                continue;
            }
            for (std::size_t i = 0; i < aspects.size(); ++i) {
                if (groupingOf(sets[i], columns.size()) == which) {
                    add(data.facets.at(static_cast<std::size_t>(aspects[i])), chunk, row, sets[i],
                        reading.request.limit);
                }
            }
        }
        return true;
    });
    for (EntityFacet &facet : data.facets) {
        finish(facet, reading.request.limit);
    }
    return read;
}

event::Status countApps(const Reading &reading, EntityData &data)
{
    const Columns columns{"unnest(list_distinct(list_transform(list_filter(target, lambda t: t.\"type\" = "
                          "'AppInstance'), lambda t: coalesce(t.\"alternateId\", t.\"displayName\", t.id, ''))))"};
    auto result = group(reading, columns, {{0}}, -1);
    if (!result) {
        return tl::unexpected(result.error());
    }
    EntityFacet &facet = data.facets.at(static_cast<std::size_t>(EntityAspect::App));
    event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            add(facet, chunk, row, {0}, reading.request.limit);
        }
        return true;
    });
    finish(facet, reading.request.limit);
    return read;
}

event::Status findAlerts(const Reading &reading, EntityData &data)
{
    const event::TimeRange &range = reading.request.range;
    std::vector<filter::SqlValue> parameters = reading.events.parameters;
    std::string from = reading.events.from;
    if (range.since) {
        from += " AND published >= ?";
        parameters.emplace_back(*range.since);
    }
    if (range.until) {
        from += " AND published < ?";
        parameters.emplace_back(*range.until);
    }
    auto result
        = reading.connection.query("SELECT a.id, count(*) OVER () AS n FROM alerts a WHERE a.raised IS NOT NULL "
                                   "AND a.removed IS NULL AND a.id IN (SELECT alert FROM alert_events WHERE seq "
                                   "IN (SELECT seq"
                + from + ")) ORDER BY a.last_event DESC, a.id DESC LIMIT " + std::to_string(mostAlerts),
            parameters);
    if (!result) {
        return tl::unexpected(result.error());
    }
    return result->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            data.alerts.push_back(chunk.column(0).bigint(row));
            data.alertCount = chunk.column(1).bigint(row);
        }
        return true;
    });
}

event::Result<EntityData> countAll(
    duckdb::Connection &connection, BlockCache &cache, const EntityRequest &request, const std::stop_token &stop)
{
    const auto expression = filter::parse(entityFilter(request.entity));
    if (!expression) {
        return tl::unexpected(expression.error());
    }
    EventQuery query;
    query.expression = *expression;
    query.sources = request.sources;
    const auto events = matchedEvents(connection, cache, query, nullptr, stop);
    if (!events) {
        return tl::unexpected(events.error());
    }
    const Reading reading{connection, request, *events};
    EntityData data;
    for (const auto &step : {countTotals, countFields, countApps, findAlerts}) {
        if (const event::Status done = step(reading, data); !done) {
            return tl::unexpected(done.error());
        }
        if (stop.stop_requested()) {
            return event::failure(event::ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
        }
    }
    return data;
}

} // namespace

std::vector<std::string> aspectPaths(EntityAspect aspect)
{
    switch (aspect) {
    case EntityAspect::Country:
        return {"client.geographicalContext.country"};
    case EntityAspect::Location:
        return {"client.geographicalContext.city", "client.geographicalContext.country"};
    case EntityAspect::Network:
        return {"securityContext.asNumber", "securityContext.asOrg"};
    case EntityAspect::Address:
        return {"client.ipAddress"};
    case EntityAspect::Agent:
        return {"client.userAgent.browser", "client.userAgent.os"};
    case EntityAspect::Device:
        return {"device.id", "device.name", "debugContext.debugData.dtHash"};
    case EntityAspect::App:
        return {"target"};
    case EntityAspect::Actor:
        return {"actor.alternateId", "actor.displayName", "actor.id"};
    case EntityAspect::EventType:
        return {"eventType"};
    case EntityAspect::Outcome:
        return {"outcome.result"};
    }
    return {};
}

bool EntityValue::isBlank() const
{
    return std::ranges::all_of(parts, [](const std::string &part) { return part.empty(); });
}

QFuture<event::Result<EntityData>> EntityProfile::count(EntityRequest request, const std::stop_source &stop)
{
    Store::Private &d = Store::Private::of(m_store);
    return d.read<EntityData>(
        d.searches,
        [&d, request = std::move(request)](duckdb::Connection &connection, const std::stop_token &token) {
            return duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
                return countAll(connection, d.cache, request, token);
            });
        },
        stop);
}

} // namespace octotrail::store
