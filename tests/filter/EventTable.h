// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/LogEvent.h"
#include "filter/Sql.h"

#include <duckdb.h>
#include <optional>
#include <string>
#include <vector>

/// A DuckDB table in memory with the columns that filter::toSql() expects of the store.
class EventTable
{
public:
    explicit EventTable(const std::vector<octotrail::event::LogEvent> &events);
    ~EventTable();
    EventTable(const EventTable &) = delete;
    EventTable &operator=(const EventTable &) = delete;

    /// What the condition says of each event; nullopt where it says NULL. Empty if the query failed: see error().
    std::vector<std::optional<bool>> evaluate(const octotrail::filter::SqlCondition &condition);

    /// The only column of a query's rows.
    std::vector<std::string> texts(const std::string &sql);

    const std::string &error() const { return m_error; }

private:
    bool check(duckdb_state state, const char *what);
    void createTable();
    void append(const octotrail::event::LogEvent &event, duckdb_appender appender);
    void registerFunctions();
    void registerFunction(const char *name, duckdb_type second, duckdb_scalar_function_t body);

    duckdb_database m_database = nullptr;
    duckdb_connection m_connection = nullptr;
    std::string m_error;
};
