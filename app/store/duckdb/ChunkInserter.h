// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/duckdb/Connection.h"
#include "store/duckdb/LogicalType.h"

#include <memory>
#include <string>
#include <vector>

namespace octotrail::store::duckdb {

/// Fills a table from chunks, as an Appender does, but at once: an Appender puts all rows aside first, which for wide
/// rows costs as much as writing them. Each call is a statement of its own, so it is for many rows at a time. Rows are
/// in the table, for the connection's transaction, as soon as they were inserted.
/// Needs ChunkFeed::registerFunction().
class ChunkInserter
{
public:
    /// @param types of all columns of the table
    static event::Result<ChunkInserter> open(
        Connection &connection, const std::string &table, std::vector<LogicalType> types);

    event::Status insert(const Chunk &chunk);

private:
    struct Given;
    ChunkInserter(std::shared_ptr<Given> given, Statement statement);

    std::shared_ptr<Given> m_given; ///< the statement knows its place
    Statement m_statement;
};

} // namespace octotrail::store::duckdb
