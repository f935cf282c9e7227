// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/duckdb/Connection.h"
#include "store/duckdb/LogicalType.h"

#include <functional>
#include <optional>
#include <vector>

namespace octotrail::store::duckdb {

/// Rows that a statement reads with "FROM octotrail_chunk()", as columns c0, c1 and so on, one chunk after the other.
/// A statement knows the place of the feed that it was prepared with.
class ChunkFeed
{
public:
    /// The next rows, null after the last; they must live until it is called again. DuckDB calls it in any of its
    /// threads, never twice at a time, while the one that runs the statement waits.
    using Next = std::function<event::Result<const Chunk *>()>;

    ChunkFeed(std::vector<LogicalType> types, Next next)
        : m_types(std::move(types))
        , m_next(std::move(next))
    { }
    ChunkFeed(const ChunkFeed &) = delete;
    ChunkFeed &operator=(const ChunkFeed &) = delete;

    /// Once for each database, before the first use.
    static event::Status registerFunction(Connection &connection);

    /// As long as it lives, what this thread prepares or runs reads from the feed.
    class Use
    {
    public:
        explicit Use(ChunkFeed &feed) { current() = &feed; }
        Use(const Use &) = delete;
        Use &operator=(const Use &) = delete;
        ~Use() { current() = nullptr; }
    };

    /// What the next rows failed with; the statement fails then, too, but does not say with what.
    const std::optional<event::Error> &error() const { return m_error; }

private:
    /// The function is seen by every connection: one that uses no feed finds none here.
    static ChunkFeed *&current();
    static void bind(duckdb_bind_info info);
    static void give(duckdb_function_info info, duckdb_data_chunk output);

    std::vector<LogicalType> m_types;
    Next m_next;
    std::optional<event::Error> m_error;
};

} // namespace octotrail::store::duckdb
