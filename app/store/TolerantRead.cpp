// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/TolerantRead.h"

#include "store/Schema.h"

#include <algorithm>

namespace octotrail::store {

namespace {

/// What DuckDB reads at once.
constexpr std::int64_t vectorRows = 2048;

} // namespace

TolerantRead::TolerantRead(duckdb::Connection &connection, const std::string &table, const std::string &columns)
    : m_connection(connection)
    , m_table(schema::quoted(table))
    , m_select("SELECT " + columns + " FROM " + m_table)
{ }

event::Result<std::int64_t> TolerantRead::end()
{
    return m_connection.query("SELECT coalesce(max(rowid), -1) + 1 FROM " + m_table)
        .map([](duckdb::QueryResult &&result) {
            const auto chunk = result.next();
            return chunk ? chunk->column(0).bigint(0) : 0;
        });
}

event::Status TolerantRead::read(std::int64_t first, std::int64_t end, const Visit &visit, const std::stop_token &stop)
{
    if (stop.stop_requested()) {
        return event::failure(event::ErrorKind::Cancelled, {});
    }
    // As a whole or not at all, so that no row comes twice.
    auto result = m_connection.query(
        m_select + " WHERE rowid >= " + std::to_string(first) + " AND rowid < " + std::to_string(end));
    if (result) {
        event::Status visited;
        return result
            ->forEach([&](const duckdb::Chunk &chunk) {
                visited = visit(chunk);
                return visited.has_value();
            })
            .and_then([&] { return visited; });
    }
    if (result.error().kind == event::ErrorKind::Cancelled) {
        return tl::unexpected(result.error());
    }
    const std::int64_t middle = (first + end) / 2 / vectorRows * vectorRows;
    if (middle <= first) {
        m_unread += end - first;
        return {};
    }
    return read(first, middle, visit, stop).and_then([&] { return read(middle, end, visit, stop); });
}

event::Status TolerantRead::readAll(std::int64_t step, const Visit &visit, const std::stop_token &stop)
{
    const auto last = end();
    if (!last) {
        return tl::unexpected(last.error());
    }
    for (std::int64_t first = 0; first < *last; first += step) {
        if (event::Status status = read(first, std::min(*last, first + step), visit, stop); !status) {
            return status;
        }
    }
    return {};
}

} // namespace octotrail::store
