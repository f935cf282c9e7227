// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/duckdb/Connection.h"

#include <string>
#include <utility>
#include <vector>

namespace octotrail::store::duckdb {

/// An open DuckDB database; closed when the last connection to it and this are gone. Thread-safe.
class Database
{
public:
    using Settings = std::vector<std::pair<std::string, std::string>>;

    /// Opens or creates the file; an empty name is a database in memory.
    static event::Result<Database> open(const std::string &file, const Settings &settings);

    Database(Database &&other) noexcept
        : m_handle(std::exchange(other.m_handle, nullptr))
    { }
    Database &operator=(Database &&other) noexcept;
    ~Database() { close(); }

    event::Result<Connection> connect() const;
    void close();

private:
    explicit Database(duckdb_database handle)
        : m_handle(handle)
    { }

    duckdb_database m_handle = nullptr;
};

} // namespace octotrail::store::duckdb
