// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"
#include "store/duckdb/Chunk.h"
#include "store/duckdb/LogicalType.h"

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace octotrail::store::duckdb {

/// A column of a chunk that is being filled.
class ColumnWriter
{
public:
    explicit ColumnWriter(duckdb_vector vector)
        : m_vector(vector)
        , m_data(duckdb_vector_get_data(vector))
    { }

    void setNull(std::size_t row)
    {
        if (!m_validity) {
            duckdb_vector_ensure_validity_writable(m_vector);
            m_validity = duckdb_vector_get_validity(m_vector);
        }
        constexpr std::size_t bits = 64;
        m_validity[row / bits] &= ~(std::uint64_t{1} << (row % bits));
    }
    /// Texts of at most so many bytes are copied at once.
    static constexpr std::size_t inlinedSize = sizeof(duckdb_string_t::value.inlined.inlined);
    /// A view: a longer text (valid UTF-8, or any bytes for a BLOB) must live until the chunk was appended, which
    /// copies it.
    void setView(std::size_t row, std::string_view text)
    {
        duckdb_string_t &string = static_cast<duckdb_string_t *>(m_data)[row];
        string.value.inlined = {};
        string.value.inlined.length = static_cast<std::uint32_t>(text.size());
        if (text.size() <= inlinedSize) {
            std::memcpy(string.value.inlined.inlined, text.data(), text.size());
        } else {
            std::memcpy(string.value.pointer.prefix, text.data(), sizeof string.value.pointer.prefix);
            string.value.pointer.ptr = const_cast<char *>(text.data()); // NOLINT: DuckDB only reads it
        }
    }
    void setBigint(std::size_t row, std::int64_t value) { static_cast<std::int64_t *>(m_data)[row] = value; }
    void setInteger(std::size_t row, std::int32_t value) { static_cast<std::int32_t *>(m_data)[row] = value; }
    void setNumber(std::size_t row, double value) { static_cast<double *>(m_data)[row] = value; }
    void setBoolean(std::size_t row, bool value) { static_cast<bool *>(m_data)[row] = value; }
    void setTime(std::size_t row, event::Timestamp time) { setBigint(row, time.time_since_epoch().count()); }

    void setList(std::size_t row, std::size_t offset, std::size_t length)
    {
        static_cast<duckdb_list_entry *>(m_data)[row] = {offset, length};
    }
    /// The elements of a list or map, with room for so many. Comes before they are written.
    ColumnWriter elements(std::size_t count)
    {
        duckdb_list_vector_reserve(m_vector, count);
        duckdb_list_vector_set_size(m_vector, count);
        return ColumnWriter(duckdb_list_vector_get_child(m_vector));
    }
    ColumnWriter member(std::size_t index) const
    {
        return ColumnWriter(duckdb_struct_vector_get_child(m_vector, index));
    }

private:
    duckdb_vector m_vector;
    void *m_data;
    std::uint64_t *m_validity = nullptr;
};

/// The rows that one chunk holds.
std::size_t chunkCapacity();
Chunk makeChunk(std::span<const LogicalType> types);

} // namespace octotrail::store::duckdb
