// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/duckdb/ChunkFeed.h"

#include "store/duckdb/Failure.h"

namespace octotrail::store::duckdb {

ChunkFeed *&ChunkFeed::current()
{
    thread_local ChunkFeed *feed = nullptr;
    return feed;
}

/// Called by DuckDB in the thread that prepares.
void ChunkFeed::bind(duckdb_bind_info info)
{
    ChunkFeed *feed = current();
    if (!feed) {
        duckdb_bind_set_error(info, "octotrail_chunk() gives what is being stored, and nothing to others");
        return;
    }
    for (std::size_t i = 0; i < feed->m_types.size(); ++i) {
        duckdb_bind_add_result_column(info, ("c" + std::to_string(i)).c_str(), feed->m_types[i].handle());
    }
    duckdb_bind_set_bind_data(info, feed, nullptr);
}

void ChunkFeed::give(duckdb_function_info info, duckdb_data_chunk output)
{
    auto *feed = static_cast<ChunkFeed *>(duckdb_function_get_bind_data(info));
    const auto next = feed->m_next();
    if (!next) {
        feed->m_error = next.error();
        duckdb_function_set_error(info, "there are no more rows");
        return;
    }
    const Chunk *chunk = *next;
    for (std::size_t i = 0; chunk && i < feed->m_types.size(); ++i) {
        duckdb_vector_reference_vector(
            duckdb_data_chunk_get_vector(output, i), duckdb_data_chunk_get_vector(chunk->handle(), i));
    }
    duckdb_data_chunk_set_size(output, chunk ? chunk->size() : 0);
}

event::Status ChunkFeed::registerFunction(Connection &connection)
{
    duckdb_table_function function = duckdb_create_table_function();
    duckdb_table_function_set_name(function, "octotrail_chunk");
    duckdb_table_function_set_bind(function, bind);
    duckdb_table_function_set_init(
        function, [](duckdb_init_info info) { duckdb_init_set_max_threads(info, 1); }); // so that the order stays
    duckdb_table_function_set_function(function, give);
    const duckdb_state state = duckdb_register_table_function(connection.handle(), function);
    duckdb_destroy_table_function(&function);
    if (state != DuckDBSuccess) {
        return tl::unexpected(failureOf("octotrail_chunk could not be registered"));
    }
    return {};
}

} // namespace octotrail::store::duckdb
