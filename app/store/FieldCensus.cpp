// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/FieldCensus.h"

#include "event/Text.h"
#include "store/AlertSql.h"
#include "store/ColumnPaths.h"
#include "store/Schema.h"
#include "store/StorePrivate.h"

namespace octotrail::store {

namespace {

constexpr int mostKeys = 300;

/// The newest events, as a condition.
std::string newest(std::int64_t count = FieldCensus::sample)
{
    return "seq > (SELECT max(seq) FROM events) - " + std::to_string(count);
}

/// What gives the values of a path, one a row, from the events that are meant; empty if there is no column for it.
std::string valuesOf(const std::string &path)
{
    const auto from
        = [](const std::string &value) { return "SELECT " + value + " AS v FROM events WHERE " + newest(); };
    if (const auto id = event::fieldByPath(path)) {
        const event::Field &field = event::fields()[*id];
        return field.type == event::FieldType::Time ? std::string()
                                                    : from("CAST(" + schema::quoted(field.path) + " AS VARCHAR)");
    }
    for (const std::string_view member : event::targetMembers) {
        if (path == "target." + std::string(member)) {
            // Lists are slow to take apart, and each event brings several.
            return "SELECT struct_extract(unnest(target), " + schema::literal(member) + ") AS v FROM events WHERE "
                + newest(FieldCensus::sample / 4);
        }
    }
    if (path.starts_with(event::debugDataPrefix)) {
        return from(debugDataValue(std::string_view(path).substr(event::debugDataPrefix.size())));
    }
    return {};
}

event::Result<FieldCensus::Census> readFields(duckdb::Connection &connection)
{
    FieldCensus::Census census;
    std::string sql = "SELECT count(*)";
    for (const event::Field &field : event::fields()) {
        sql += ", count(" + schema::quoted(field.path) + ")";
    }
    sql += ", count(*) FILTER (WHERE len(target) > 0) FROM events WHERE " + newest();
    event::Status read = alertsql::forEachRow(connection, sql, {}, [&](const duckdb::Chunk &chunk, std::size_t row) {
        census.events = chunk.column(0).bigint(row);
        std::size_t column = 1;
        for (const event::Field &field : event::fields()) {
            census.fields.push_back({std::string(field.path), chunk.column(column++).bigint(row)});
        }
        for (const std::string_view member : event::targetMembers) {
            census.fields.push_back({"target." + std::string(member), chunk.column(column).bigint(row)});
        }
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    read = alertsql::forEachRow(connection,
        "SELECT k, count(*) FROM (SELECT unnest(map_keys(\"debugData\")) AS k FROM events WHERE " + newest()
            + ") GROUP BY k ORDER BY 2 DESC, 1 LIMIT " + std::to_string(mostKeys),
        {}, [&](const duckdb::Chunk &chunk, std::size_t row) {
            census.fields.push_back({std::string(event::debugDataPrefix) + std::string(chunk.column(0).text(row)),
                chunk.column(1).bigint(row)});
        });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return census;
}

} // namespace

QFuture<event::Result<FieldCensus::Census>> FieldCensus::fields()
{
    Store::Private &d = Store::Private::of(m_store);
    return d.read<Census>(
        d.lookups, [](duckdb::Connection &connection, const std::stop_token &) { return readFields(connection); });
}

QFuture<event::Result<std::vector<Store::ValueCount>>> FieldCensus::values(
    std::string path, std::string word, int limit, const std::stop_source &stop)
{
    Store::Private &d = Store::Private::of(m_store);
    return d.read<std::vector<Store::ValueCount>>(
        d.lookups,
        [path = std::move(path), word = std::move(word), limit](
            duckdb::Connection &connection, const std::stop_token &) -> event::Result<std::vector<Store::ValueCount>> {
            std::vector<Store::ValueCount> values;
            const std::string from = valuesOf(path);
            if (from.empty()) {
                return values;
            }
            std::string sql = "SELECT v, count(*) FROM (" + from + ") WHERE v IS NOT NULL AND v <> ''";
            std::vector<filter::SqlValue> parameters;
            if (!word.empty()) {
                sql += " AND contains(lower(v), ?)";
                parameters.emplace_back(event::foldCase(word));
            }
            sql += " GROUP BY v ORDER BY 2 DESC, 1 LIMIT " + std::to_string(limit);
            const event::Status read
                = alertsql::forEachRow(connection, sql, parameters, [&](const duckdb::Chunk &chunk, std::size_t row) {
                      values.push_back({std::string(chunk.column(0).text(row)), chunk.column(1).bigint(row)});
                  });
            if (!read) {
                return tl::unexpected(read.error());
            }
            return values;
        },
        stop);
}

} // namespace octotrail::store
