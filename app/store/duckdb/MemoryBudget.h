// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <cstdint>
#include <mutex>
#include <set>

namespace octotrail::store::duckdb {

class Connection;

/// What DuckDB may take of the machine's memory, in all connections of a database: little by itself, and as much as the
/// neediest of those asks for who need more. In MB, of a million bytes. Thread-safe.
class MemoryBudget
{
public:
    /// @param megabytes what it may take by itself; 0 leaves all to DuckDB
    explicit MemoryBudget(std::int64_t megabytes)
        : m_usual(megabytes)
        , m_limit(megabytes)
    { }

    /// What it may take by itself.
    std::int64_t usual() const { return m_usual; }
    /// Makes DuckDB let go of what it keeps beyond so much. Refused if that is in use.
    event::Status squeeze(Connection &connection, std::int64_t megabytes);

private:
    friend class MemoryAllowance;

    void replace(std::int64_t before, std::int64_t after);
    event::Status apply(Connection &connection);
    event::Status limit(Connection &connection, std::int64_t megabytes);

    std::mutex m_mutex;
    const std::int64_t m_usual;
    std::int64_t m_limit; ///< that DuckDB was told
    std::multiset<std::int64_t> m_allowances;
};

/// More memory for the connection's database, for as long as this lives. Whether or not a stop was requested.
class MemoryAllowance
{
public:
    explicit MemoryAllowance(Connection &connection)
        : m_connection(connection)
    { }
    MemoryAllowance(const MemoryAllowance &) = delete;
    MemoryAllowance &operator=(const MemoryAllowance &) = delete;
    ~MemoryAllowance();

    /// So many megabytes, if others do not need more; 0 gives it back.
    event::Status set(std::int64_t megabytes);
    std::int64_t megabytes() const { return m_megabytes; }

private:
    Connection &m_connection;
    std::int64_t m_megabytes = 0;
};

} // namespace octotrail::store::duckdb
