// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/duckdb/Connection.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace octotrail::store::duckdb {

/// The rows that DuckDB compresses together. A transaction that appends as many writes them into the file at once,
/// compressed, instead of into the log and from there into the file. Half of DuckDB's own figure, so that a bulk load
/// commits in parts that fit into memory, and that the last, part-filled group, which checkpoints rewrite, stays small.
inline constexpr std::size_t rowGroupRows = 61'440;

/// An open DuckDB database; closed when the last connection to it and this are gone. Thread-safe.
class Database
{
public:
    using Settings = std::vector<std::pair<std::string, std::string>>;
    enum class Access { ReadWrite, ReadOnly };

    /// Opens or creates the file; an empty name is a database in memory.
    /// @param memoryLimitMegabytes 0 leaves it to DuckDB
    static event::Result<Database> open(const std::string &file, const Settings &settings,
        Access access = Access::ReadWrite, std::int64_t memoryLimitMegabytes = 0);

    Database(Database &&other) noexcept
        : m_handle(std::exchange(other.m_handle, nullptr))
        , m_memory(std::move(other.m_memory))
        , m_isAttached(other.m_isAttached)
    { }
    Database &operator=(Database &&other) noexcept;
    ~Database() { close(); }

    event::Result<Connection> connect() const;
    void close();

private:
    Database(duckdb_database handle, std::int64_t memoryLimitMegabytes)
        : m_handle(handle)
        , m_memory(std::make_shared<MemoryBudget>(memoryLimitMegabytes))
    { }

    duckdb_database m_handle = nullptr;
    std::shared_ptr<MemoryBudget> m_memory; ///< of its connections, which may outlive this
    bool m_isAttached = false;
};

} // namespace octotrail::store::duckdb
