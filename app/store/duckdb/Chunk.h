// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"

#include <cstdint>
#include <duckdb.h>
#include <optional>
#include <string_view>
#include <utility>

namespace octotrail::store::duckdb {

/// A column of a chunk, for reading. A view: it lives as long as its chunk. The type must be the column's own.
class Column
{
public:
    explicit Column(duckdb_vector vector);

    bool isNull(std::size_t row) const { return m_validity && !duckdb_validity_row_is_valid(m_validity, row); }
    std::string_view text(std::size_t row) const; ///< VARCHAR and BLOB; empty if NULL
    std::int64_t bigint(std::size_t row) const { return static_cast<const std::int64_t *>(m_data)[row]; }
    std::int32_t integer(std::size_t row) const { return static_cast<const std::int32_t *>(m_data)[row]; }
    double number(std::size_t row) const { return static_cast<const double *>(m_data)[row]; }
    bool boolean(std::size_t row) const { return static_cast<const bool *>(m_data)[row]; }
    std::optional<event::Timestamp> time(std::size_t row) const;

    /// Of a list: where the row's elements stand in elements().
    duckdb_list_entry list(std::size_t row) const { return static_cast<const duckdb_list_entry *>(m_data)[row]; }
    Column elements() const { return Column(duckdb_list_vector_get_child(m_vector)); }
    /// Of a struct: the column of its member.
    Column member(std::size_t index) const { return Column(duckdb_struct_vector_get_child(m_vector, index)); }

private:
    duckdb_vector m_vector;
    void *m_data;
    std::uint64_t *m_validity;
};

/// Some rows of a result.
class Chunk
{
public:
    explicit Chunk(duckdb_data_chunk handle)
        : m_handle(handle)
    { }
    Chunk(Chunk &&other) noexcept
        : m_handle(std::exchange(other.m_handle, nullptr))
    { }
    Chunk &operator=(Chunk &&other) noexcept
    {
        std::swap(m_handle, other.m_handle);
        return *this;
    }
    ~Chunk()
    {
        if (m_handle) {
            duckdb_destroy_data_chunk(&m_handle);
        }
    }

    std::size_t size() const { return duckdb_data_chunk_get_size(m_handle); }
    Column column(std::size_t index) const { return Column(duckdb_data_chunk_get_vector(m_handle, index)); }
    duckdb_data_chunk handle() const { return m_handle; }

private:
    duckdb_data_chunk m_handle;
};

} // namespace octotrail::store::duckdb
