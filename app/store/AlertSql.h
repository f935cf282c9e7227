// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/duckdb/Connection.h"

#include <QString>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What the parts of alerts share of SQL.
namespace octotrail::store::alertsql {

/// The statements that make the tables of alerts, suppressions, and of what engines remember.
std::string createTables();
/// Those that add who did an alert's events to these tables, from the events that are there.
std::string addActors();

/// "(1,2,3)"
std::string listOf(std::span<const std::int64_t> numbers);
/// "(?,?,?)"
std::string marks(std::size_t count);
/// Texts that are bound at a time, where there may be many.
inline constexpr std::size_t textsAtOnce = 500;

/// SQL of a set of alerts' actors: alert, actor, events, newest (seq).
std::string actorsOf(const std::string &alerts);

QString qString(std::string_view utf8);

/// Runs change in a transaction.
template <class F>
event::Status inTransaction(duckdb::Connection &connection, F change)
{
    auto transaction = duckdb::Transaction::begin(connection);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    event::Status status = change();
    return status ? transaction->commit() : status;
}

/// Runs the query and gives the rows to read(chunk, row).
template <class F>
event::Status forEachRow(
    duckdb::Connection &connection, const std::string &sql, std::span<const filter::SqlValue> parameters, F read)
{
    auto result = connection.query(sql, parameters);
    if (!result) {
        return tl::unexpected(result.error());
    }
    return result->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            read(chunk, row);
        }
        return true;
    });
}

} // namespace octotrail::store::alertsql
