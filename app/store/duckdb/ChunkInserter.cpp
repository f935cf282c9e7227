// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/duckdb/ChunkInserter.h"

#include "store/duckdb/ChunkFeed.h"

namespace octotrail::store::duckdb {

/// What the statement reads its rows from.
struct ChunkInserter::Given
{
    explicit Given(std::vector<LogicalType> types)
        : feed(std::move(types), [this]() -> event::Result<const Chunk *> { return std::exchange(chunk, nullptr); })
    { }

    const Chunk *chunk = nullptr; ///< not read yet
    ChunkFeed feed;
};

ChunkInserter::ChunkInserter(std::shared_ptr<Given> given, Statement statement)
    : m_given(std::move(given))
    , m_statement(std::move(statement))
{ }

event::Result<ChunkInserter> ChunkInserter::open(
    Connection &connection, const std::string &table, std::vector<LogicalType> types)
{
    auto given = std::make_shared<Given>(std::move(types));
    const ChunkFeed::Use use(given->feed);
    return connection.prepare("INSERT INTO " + table + " SELECT * FROM octotrail_chunk()")
        .map([&](Statement &&statement) { return ChunkInserter(std::move(given), std::move(statement)); });
}

event::Status ChunkInserter::insert(const Chunk &chunk)
{
    // Preparing may be done again when the statement runs.
    const ChunkFeed::Use use(m_given->feed);
    m_given->chunk = &chunk;
    event::Status inserted = m_statement.execute().map([](const QueryResult &) {});
    m_given->chunk = nullptr;
    return inserted;
}

} // namespace octotrail::store::duckdb
