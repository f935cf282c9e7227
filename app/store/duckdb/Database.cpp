// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/duckdb/Database.h"

#include "store/duckdb/Failure.h"

namespace octotrail::store::duckdb {

event::Result<Database> Database::open(const std::string &file, const Settings &settings)
{
    duckdb_config config = nullptr;
    if (duckdb_create_config(&config) != DuckDBSuccess) {
        return tl::unexpected(failureOf("DuckDB could not be configured"));
    }
    for (const auto &[name, value] : settings) {
        if (duckdb_set_config(config, name.c_str(), value.c_str()) != DuckDBSuccess) {
            duckdb_destroy_config(&config);
            return tl::unexpected(failureOf("DuckDB does not know the setting " + name + " = " + value));
        }
    }
    duckdb_database handle = nullptr;
    char *message = nullptr;
    const duckdb_state state = duckdb_open_ext(file.empty() ? nullptr : file.c_str(), &handle, config, &message);
    duckdb_destroy_config(&config);
    if (state != DuckDBSuccess) {
        const event::Error error = failureOf(message ? message : "DuckDB could not open the file");
        duckdb_free(message);
        return tl::unexpected(error);
    }
    return Database(handle);
}

Database &Database::operator=(Database &&other) noexcept
{
    if (this != &other) {
        close();
        m_handle = std::exchange(other.m_handle, nullptr);
    }
    return *this;
}

event::Result<Connection> Database::connect() const
{
    duckdb_connection connection = nullptr;
    if (!m_handle || duckdb_connect(m_handle, &connection) != DuckDBSuccess) {
        return tl::unexpected(failureOf("DuckDB refused a connection"));
    }
    return Connection(connection);
}

void Database::close()
{
    if (m_handle) {
        duckdb_close(&m_handle);
    }
}

} // namespace octotrail::store::duckdb
