// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SqlFunctions.h"

#include "filter/IdSet.h"
#include "filter/Sql.h"
#include "store/AskedQuestion.h"
#include "store/TimeBins.h"
#include "store/duckdb/ChunkFeed.h"
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

/// The same of an id and a packed set.
void inIdsOfChunk(duckdb_function_info, duckdb_data_chunk input, duckdb_vector output)
{
    const duckdb::Column ids(duckdb_data_chunk_get_vector(input, 0));
    const duckdb::Column sets(duckdb_data_chunk_get_vector(input, 1));
    duckdb::ColumnWriter results(output);
    const std::size_t count = duckdb_data_chunk_get_size(input);
    for (std::size_t row = 0; row < count; ++row) {
        if (ids.isNull(row) || sets.isNull(row)) {
            results.setNull(row);
        } else {
            results.setBoolean(row, filter::isInIds(ids.text(row), sets.text(row)));
        }
    }
}

/// A function of two arguments that gives a Boolean.
event::Status registerPredicate(duckdb::Connection &connection, const char *name, duckdb_type first, duckdb_type second,
    duckdb_scalar_function_t body)
{
    const duckdb::LogicalType boolean(DUCKDB_TYPE_BOOLEAN);
    duckdb_scalar_function function = duckdb_create_scalar_function();
    duckdb_scalar_function_set_name(function, name);
    duckdb_scalar_function_add_parameter(function, duckdb::LogicalType(first).handle());
    duckdb_scalar_function_add_parameter(function, duckdb::LogicalType(second).handle());
    duckdb_scalar_function_set_return_type(function, boolean.handle());
    duckdb_scalar_function_set_function(function, body);
    const duckdb_state state = duckdb_register_scalar_function(connection.handle(), function);
    duckdb_destroy_scalar_function(&function);
    if (state != DuckDBSuccess) {
        return tl::unexpected(duckdb::failureOf(std::string(name) + " could not be registered"));
    }
    return {};
}

} // namespace

event::Status registerFunctions(duckdb::Connection &connection)
{
    return registerPredicate(connection, "in_network", DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_VARCHAR, inNetworkOfChunk)
        .and_then([&] {
            return registerPredicate(connection, "in_ids", DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_BLOB, inIdsOfChunk);
        })
        .and_then([&] {
            return registerPredicate(
                connection, AskedQuestion::function, DUCKDB_TYPE_BIGINT, DUCKDB_TYPE_BLOB, AskedQuestion::answerChunk);
        })
        .and_then([&] { return registerTimeBins(connection); })
        .and_then([&] { return duckdb::ChunkFeed::registerFunction(connection); });
}

} // namespace octotrail::store
