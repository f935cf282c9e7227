// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <duckdb.h>
#include <span>
#include <string>
#include <utility>

namespace octotrail::store::duckdb {

/// The type of a column.
class LogicalType
{
public:
    explicit LogicalType(duckdb_type type)
        : m_handle(duckdb_create_logical_type(type))
    { }
    static LogicalType list(const LogicalType &element)
    {
        return LogicalType(duckdb_create_list_type(element.m_handle));
    }
    static LogicalType map(const LogicalType &key, const LogicalType &value)
    {
        return LogicalType(duckdb_create_map_type(key.m_handle, value.m_handle));
    }
    /// That of what is in a vector.
    static LogicalType of(duckdb_vector vector) { return LogicalType(duckdb_vector_get_column_type(vector)); }
    /// A struct whose members are all of one type.
    static LogicalType structure(std::span<const std::string> members, const LogicalType &type);

    LogicalType(LogicalType &&other) noexcept
        : m_handle(std::exchange(other.m_handle, nullptr))
    { }
    LogicalType &operator=(LogicalType &&) = delete;
    ~LogicalType()
    {
        if (m_handle) {
            duckdb_destroy_logical_type(&m_handle);
        }
    }

    duckdb_logical_type handle() const { return m_handle; }

private:
    explicit LogicalType(duckdb_logical_type handle)
        : m_handle(handle)
    { }

    duckdb_logical_type m_handle;
};

} // namespace octotrail::store::duckdb
