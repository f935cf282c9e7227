// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SqlFunctions.h"

#include "filter/Sql.h"
#include "store/duckdb/ChunkWriter.h"
#include "store/duckdb/Failure.h"
#include "store/duckdb/LogicalType.h"

namespace octotrail::store {

namespace {

/// Called by DuckDB, from any of its threads. NULL arguments never come here: they give NULL.
void inNetworkOfChunk(duckdb_function_info, duckdb_data_chunk input, duckdb_vector output)
{
    const duckdb::Column addresses(duckdb_data_chunk_get_vector(input, 0));
    const duckdb::Column networks(duckdb_data_chunk_get_vector(input, 1));
    duckdb::ColumnWriter results(output);
    const std::size_t count = duckdb_data_chunk_get_size(input);
    for (std::size_t row = 0; row < count; ++row) {
        if (addresses.isNull(row) || networks.isNull(row)) {
            results.setNull(row);
        } else {
            results.setBoolean(row, filter::inNetwork(addresses.text(row), networks.text(row)));
        }
    }
}

} // namespace

event::Status registerFunctions(duckdb::Connection &connection)
{
    const duckdb::LogicalType text(DUCKDB_TYPE_VARCHAR);
    const duckdb::LogicalType boolean(DUCKDB_TYPE_BOOLEAN);
    duckdb_scalar_function function = duckdb_create_scalar_function();
    duckdb_scalar_function_set_name(function, "in_network");
    duckdb_scalar_function_add_parameter(function, text.handle());
    duckdb_scalar_function_add_parameter(function, text.handle());
    duckdb_scalar_function_set_return_type(function, boolean.handle());
    duckdb_scalar_function_set_function(function, inNetworkOfChunk);
    const duckdb_state state = duckdb_register_scalar_function(connection.handle(), function);
    duckdb_destroy_scalar_function(&function);
    if (state != DuckDBSuccess) {
        return tl::unexpected(duckdb::failureOf("in_network could not be registered"));
    }
    return {};
}

} // namespace octotrail::store
