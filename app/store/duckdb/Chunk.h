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

/// A column of a chunk, for reading. A view: it lives as long as its chunk. Whoever asks for another type than the
/// column has gets nothing (empty, 0, false): what is in a file may have been made by anybody, its tables, too.
class Column
{
public:
    explicit Column(duckdb_vector vector);

    bool isNull(std::size_t row) const { return m_validity && (m_validity[row / 64] >> row % 64 & 1) == 0; }
    std::string_view text(std::size_t row) const; ///< VARCHAR and BLOB; empty if NULL
    std::int64_t bigint(std::size_t row) const { return value<std::int64_t>(row, Kind::Long); }
    std::int32_t integer(std::size_t row) const { return value<std::int32_t>(row, Kind::Int); }
    double number(std::size_t row) const { return value<double>(row, Kind::Double); }
    bool boolean(std::size_t row) const { return value<bool>(row, Kind::Boolean); }
    std::optional<event::Timestamp> time(std::size_t row) const;

    /// Of a list or map: where the row's elements stand in elements().
    duckdb_list_entry list(std::size_t row) const { return value<duckdb_list_entry>(row, Kind::List); }
    Column elements() const;
    /// Of a struct: the column of its member.
    Column member(std::size_t index) const;

private:
    /// What stands in memory, and can be read as nothing else.
    enum class Kind : std::uint8_t { Other, Boolean, Int, Long, Double, Text, List, Struct };
    Column() = default;
    static Kind kindOf(duckdb_type type);

    template <class T>
    T value(std::size_t row, Kind kind) const
    {
        return m_kind == kind ? static_cast<const T *>(m_data)[row] : T();
    }

    duckdb_vector m_vector = nullptr;
    void *m_data = nullptr;
    std::uint64_t *m_validity = nullptr;
    Kind m_kind = Kind::Other;
};

inline std::string_view Column::text(std::size_t row) const
{
    if (m_kind != Kind::Text || isNull(row)) {
        return {};
    }
    const auto &string = static_cast<const duckdb_string_t *>(m_data)[row].value;
    const bool isInlined = string.inlined.length <= sizeof(string.inlined.inlined);
    return {isInlined ? string.inlined.inlined : string.pointer.ptr, string.inlined.length};
}

inline std::optional<event::Timestamp> Column::time(std::size_t row) const
{
    if (m_kind != Kind::Long || isNull(row)) {
        return std::nullopt;
    }
    return event::Timestamp(std::chrono::microseconds(bigint(row)));
}

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
