// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/duckdb/Connection.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

namespace octotrail::store {

/// Reads the rows of a table by their places, without those that cannot be read. DuckDB reads some thousand rows at a
/// time, and so many are lost with one that is damaged.
class TolerantRead
{
public:
    using Visit = std::function<event::Status(const duckdb::Chunk &)>;

    /// @param columns of the table, as SQL
    TolerantRead(duckdb::Connection &connection, const std::string &table, const std::string &columns);

    /// The place behind the last row; fails if nothing can be told of the table.
    event::Result<std::int64_t> end();
    /// The rows from one place to before the other. Fails only with what visit gives, and with Cancelled.
    event::Status read(std::int64_t first, std::int64_t end, const Visit &visit, const std::stop_token &stop);
    /// All rows, so many at a time.
    event::Status readAll(std::int64_t step, const Visit &visit, const std::stop_token &stop);
    /// Places passed over so far.
    std::int64_t unread() const { return m_unread; }

private:
    duckdb::Connection &m_connection;
    std::string m_table;
    std::string m_select;
    std::int64_t m_unread = 0;
};

} // namespace octotrail::store
