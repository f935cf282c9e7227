// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/duckdb/QueryResult.h"

#include "store/duckdb/Failure.h"

namespace octotrail::store::duckdb {

QueryResult::~QueryResult()
{
    if (m_owns) {
        duckdb_destroy_result(&m_result);
    }
}

std::optional<Chunk> QueryResult::next()
{
    const duckdb_data_chunk chunk = duckdb_fetch_chunk(m_result);
    if (!chunk) {
        return std::nullopt;
    }
    return Chunk(chunk);
}

event::Status QueryResult::forEach(const std::function<bool(const Chunk &)> &visit)
{
    while (std::optional<Chunk> chunk = next()) {
        if (!visit(*chunk)) {
            return {};
        }
    }
    return status();
}

event::Status QueryResult::status()
{
    if (const char *message = duckdb_result_error(&m_result); message && *message) {
        return tl::unexpected(error());
    }
    return {};
}

std::int64_t QueryResult::number()
{
    const std::optional<Chunk> chunk = next();
    return chunk && chunk->size() == 1 ? chunk->column(0).bigint(0) : 0;
}

event::Error QueryResult::error()
{
    const char *message = duckdb_result_error(&m_result);
    return failureOf(message ? message : "the query failed", duckdb_result_error_type(&m_result));
}

} // namespace octotrail::store::duckdb
