// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/duckdb/Appender.h"

#include "store/duckdb/Failure.h"

namespace octotrail::store::duckdb {

event::Result<Appender> Appender::open(Connection &connection, const std::string &table)
{
    duckdb_appender handle = nullptr;
    const duckdb_state state = duckdb_appender_create(connection.handle(), nullptr, table.c_str(), &handle);
    Appender appender(handle);
    if (state != DuckDBSuccess) {
        return tl::unexpected(appender.error());
    }
    return appender;
}

event::Result<Appender> Appender::openTemporary(Connection &connection, const std::string &table)
{
    duckdb_appender handle = nullptr;
    const duckdb_state state = duckdb_appender_create_ext(connection.handle(), "temp", "main", table.c_str(), &handle);
    Appender appender(handle);
    if (state != DuckDBSuccess) {
        return tl::unexpected(appender.error());
    }
    return appender;
}

Appender::~Appender()
{
    if (m_handle) {
        duckdb_appender_destroy(&m_handle);
    }
}

event::Status Appender::append(const Chunk &chunk)
{
    if (duckdb_append_data_chunk(m_handle, chunk.handle()) != DuckDBSuccess) {
        return tl::unexpected(error());
    }
    return {};
}

event::Status Appender::close()
{
    if (duckdb_appender_close(m_handle) != DuckDBSuccess) {
        return tl::unexpected(error());
    }
    return {};
}

event::Error Appender::error() const
{
    const char *message = m_handle ? duckdb_appender_error(m_handle) : nullptr;
    return failureOf(message ? message : "rows could not be appended");
}

} // namespace octotrail::store::duckdb
