// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"
#include "filter/Sql.h"
#include "store/duckdb/QueryResult.h"

#include <cstdint>
#include <duckdb.h>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

namespace octotrail::store::duckdb {

/// A prepared statement. Parameters are numbered from 1.
class Statement
{
public:
    /// Of that connection. Ends with Cancelled if a stop is requested before it runs.
    Statement(duckdb_prepared_statement handle, duckdb_connection connection, std::stop_token stop)
        : m_handle(handle)
        , m_connection(connection)
        , m_stop(std::move(stop))
    { }
    Statement(Statement &&other) noexcept
        : m_handle(std::exchange(other.m_handle, nullptr))
        , m_connection(other.m_connection)
        , m_stop(std::move(other.m_stop))
    { }
    Statement &operator=(Statement &&) = delete;
    ~Statement() { duckdb_destroy_prepare(&m_handle); }

    void bind(int index, const filter::SqlValue &value);
    void bindText(int index, std::string_view text);
    void bindBlob(int index, std::string_view bytes);
    void bindInteger(int index, std::int64_t value);
    void bindBoolean(int index, bool value);
    /// NULL if there is none.
    void bindTime(int index, std::optional<event::Timestamp> time);

    bool isSelect() const;
    std::size_t parameterCount() const;
    std::size_t columnCount() const;
    std::string columnName(std::size_t column) const;
    duckdb_type columnType(std::size_t column) const;

    event::Result<QueryResult> execute();
    /// Its rows are made while they are fetched.
    event::Result<QueryResult> stream();

private:
    event::Result<QueryResult> finish(duckdb_pending_result pending);

    duckdb_prepared_statement m_handle = nullptr;
    duckdb_connection m_connection = nullptr;
    std::stop_token m_stop;
};

} // namespace octotrail::store::duckdb
