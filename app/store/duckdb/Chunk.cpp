// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/duckdb/Chunk.h"

namespace octotrail::store::duckdb {

Column::Column(duckdb_vector vector)
    : m_vector(vector)
    , m_data(duckdb_vector_get_data(vector))
    , m_validity(duckdb_vector_get_validity(vector))
{ }

std::string_view Column::text(std::size_t row) const
{
    if (isNull(row)) {
        return {};
    }
    auto *string = static_cast<duckdb_string_t *>(m_data) + row;
    return {duckdb_string_t_data(string), duckdb_string_t_length(*string)};
}

std::optional<event::Timestamp> Column::time(std::size_t row) const
{
    if (isNull(row)) {
        return std::nullopt;
    }
    return event::Timestamp(std::chrono::microseconds(static_cast<const std::int64_t *>(m_data)[row]));
}

} // namespace octotrail::store::duckdb
