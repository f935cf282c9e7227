// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Json.h"
#include "event/LogEvent.h"
#include "store/duckdb/Chunk.h"

#include <optional>
#include <string>
#include <vector>

namespace octotrail::store {

/// Makes events of what the columns have of them: uuid, published and some fields. That is many times as fast as to
/// read them from their bytes, and says the same of these fields.
class PartialEvent
{
public:
    /// Whether columns hold what an event has at the path.
    static bool hasColumn(const event::FieldPath &path);

    /// Paths without a column are left out.
    explicit PartialEvent(const std::vector<event::FieldPath> &paths);

    /// For SELECT: the columns, from the given place of the result on.
    const std::string &columns() const { return m_columns; }
    event::LogEvent read(const duckdb::Chunk &chunk, std::size_t firstColumn, std::size_t row);

private:
    struct Part
    {
        std::string before; ///< JSON up to the value
        std::optional<event::FieldId> field; ///< the targets otherwise
    };

    void write(const Part &part, const duckdb::Column &column, std::size_t row);

    std::vector<Part> m_parts; ///< one for each column
    std::string m_end;
    std::string m_columns;
    std::string m_json;
    event::EventReader m_reader;
};

} // namespace octotrail::store
