// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/duckdb/ChunkWriter.h"

#include <vector>

namespace octotrail::store::duckdb {

std::size_t chunkCapacity()
{
    return duckdb_vector_size();
}

Chunk makeChunk(std::span<const LogicalType> types)
{
    std::vector<duckdb_logical_type> handles;
    handles.reserve(types.size());
    for (const LogicalType &type : types) {
        handles.push_back(type.handle());
    }
    return Chunk(duckdb_create_data_chunk(handles.data(), handles.size()));
}

} // namespace octotrail::store::duckdb
