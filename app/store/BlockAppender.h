// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"
#include "store/duckdb/Appender.h"
#include "store/duckdb/ChunkWriter.h"

#include <optional>
#include <string_view>
#include <vector>

namespace octotrail::store {

/// Writes packed blocks into the blocks table, cut into parts.
class BlockAppender
{
public:
    explicit BlockAppender(duckdb::Appender &appender);

    /// The packed bytes must live until the flush: chunks hold views.
    event::Status append(Seq first, Seq last, std::string_view packed);
    /// Call it last, before the appender is closed.
    event::Status flush();

private:
    duckdb::Appender &m_appender;
    std::vector<duckdb::LogicalType> m_types;
    std::optional<duckdb::Chunk> m_chunk;
    std::size_t m_rows = 0;
};

} // namespace octotrail::store
