// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"
#include "filter/Sql.h"
#include "store/duckdb/QueryResult.h"

#include <cstdint>
#include <duckdb.h>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace octotrail::store::duckdb {

/// A prepared statement. Parameters are numbered from 1.
class Statement
{
public:
    explicit Statement(duckdb_prepared_statement handle)
        : m_handle(handle)
    { }
    Statement(Statement &&other) noexcept
        : m_handle(std::exchange(other.m_handle, nullptr))
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
    event::Result<QueryResult> stream();

private:
    duckdb_prepared_statement m_handle = nullptr;
};

} // namespace octotrail::store::duckdb
