// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"
#include "store/duckdb/Appender.h"
#include "store/duckdb/ChunkWriter.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::store {

/// Writes packed blocks into the blocks table, cut into parts, or filters into theirs.
class BlockAppender
{
public:
    explicit BlockAppender(duckdb::Appender &appender);

    /// The packed bytes must live until the flush: chunks hold views.
    event::Status append(Seq first, Seq last, std::string_view packed);
    /// A block's filters, each of which is a part. They must live until the flush, too.
    event::Status append(Seq first, Seq last, std::span<const std::string> filters);
    /// A block's list of values, likewise.
    event::Status appendValues(Seq first, Seq last, const std::string &values);
    /// Call it last, before the appender is closed.
    event::Status flush();

private:
    event::Status appendPart(Seq first, Seq last, std::int32_t part, std::string_view data);

    duckdb::Appender &m_appender;
    std::vector<duckdb::LogicalType> m_types;
    std::optional<duckdb::Chunk> m_chunk;
    std::size_t m_rows = 0;
};

} // namespace octotrail::store
