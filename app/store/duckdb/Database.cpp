// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/duckdb/Database.h"

#include "store/duckdb/Failure.h"

namespace octotrail::store::duckdb {

namespace {

/// The name that the file has in SQL, so that no file name has to be a name there.
constexpr const char *catalog = "store";

std::string literal(std::string_view text)
{
    std::string result = "'";
    for (const char c : text) {
        result += c;
        if (c == '\'') {
            result += c;
        }
    }
    return result += "'";
}

} // namespace

event::Result<Database> Database::open(
    const std::string &file, const Settings &settings, Access access, std::int64_t memoryLimitMegabytes)
{
    duckdb_config config = nullptr;
    if (duckdb_create_config(&config) != DuckDBSuccess) {
        return tl::unexpected(failureOf("DuckDB could not be configured"));
    }
    Settings all = settings;
    if (memoryLimitMegabytes > 0) {
        all.emplace_back("memory_limit", std::to_string(memoryLimitMegabytes) + "MB");
    }
    for (const auto &[name, value] : all) {
        if (duckdb_set_config(config, name.c_str(), value.c_str()) != DuckDBSuccess) {
            duckdb_destroy_config(&config);
            return tl::unexpected(
                failureOf(std::string("DuckDB does not know the setting ").append(name).append(" = ").append(value)));
        }
    }
    duckdb_database handle = nullptr;
    char *message = nullptr;
    // The size of row groups can only be told when a file is attached, not when it is opened as the first.
    const duckdb_state state = duckdb_open_ext(nullptr, &handle, config, &message);
    duckdb_destroy_config(&config);
    if (state != DuckDBSuccess) {
        const event::Error error = failureOf(message ? message : "DuckDB could not open the file");
        duckdb_free(message);
        return tl::unexpected(error);
    }
    Database database(handle, memoryLimitMegabytes);
    if (!file.empty()) {
        const std::string attach = "SET GLOBAL temp_directory = " + literal(file + ".tmp") + "; ATTACH " + literal(file)
            + " AS " + catalog + " (TYPE duckdb, "
            + (access == Access::ReadOnly ? "READ_ONLY" : "ROW_GROUP_SIZE " + std::to_string(rowGroupRows)) + ")";
        const event::Status attached
            = database.connect().and_then([&](Connection &&connection) { return connection.run(attach); });
        if (!attached) {
            return tl::unexpected(attached.error());
        }
        database.m_isAttached = true;
    }
    return database;
}

Database &Database::operator=(Database &&other) noexcept
{
    if (this != &other) {
        close();
        m_handle = std::exchange(other.m_handle, nullptr);
        m_memory = std::move(other.m_memory);
        m_isAttached = other.m_isAttached;
    }
    return *this;
}

event::Result<Connection> Database::connect() const
{
    duckdb_connection connection = nullptr;
    if (!m_handle || duckdb_connect(m_handle, &connection) != DuckDBSuccess) {
        return tl::unexpected(failureOf("DuckDB refused a connection"));
    }
    Connection opened(connection, m_memory);
    if (m_isAttached) {
        if (const event::Status used = opened.run(std::string("USE ") + catalog); !used) {
            return tl::unexpected(used.error());
        }
    }
    return opened;
}

void Database::close()
{
    if (m_handle) {
        duckdb_close(&m_handle);
    }
}

} // namespace octotrail::store::duckdb
