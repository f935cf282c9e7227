// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/duckdb/Connection.h"

#include <duckdb.h>
#include <string>

namespace octotrail::store::duckdb {

/// Fills a table from chunks, as part of the connection's transaction.
class Appender
{
public:
    static event::Result<Appender> open(Connection &connection, const std::string &table);
    /// To a temporary table, which there may be beside a database that is only read.
    static event::Result<Appender> openTemporary(Connection &connection, const std::string &table);
    Appender(Appender &&other) noexcept
        : m_handle(std::exchange(other.m_handle, nullptr))
    { }
    Appender &operator=(Appender &&) = delete;
    ~Appender();

    event::Status append(const Chunk &chunk);
    /// What was appended is in the table once this succeeded.
    event::Status close();

private:
    explicit Appender(duckdb_appender handle)
        : m_handle(handle)
    { }
    event::Error error() const;

    duckdb_appender m_handle;
};

} // namespace octotrail::store::duckdb
