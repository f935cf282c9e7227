// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/PickedSeqs.h"

#include "store/duckdb/Appender.h"
#include "store/duckdb/ChunkWriter.h"

#include <algorithm>

namespace octotrail::store {

event::Status pickSeqs(duckdb::Connection &connection, std::span<const Seq> seqs)
{
    if (event::Status made = connection.run("CREATE TEMP TABLE picked(position BIGINT, seq BIGINT)"); !made) {
        return made;
    }
    auto appender = duckdb::Appender::openTemporary(connection, "picked");
    if (!appender) {
        return tl::unexpected(appender.error());
    }
    std::vector<duckdb::LogicalType> types;
    types.emplace_back(DUCKDB_TYPE_BIGINT);
    types.emplace_back(DUCKDB_TYPE_BIGINT);
    for (std::size_t first = 0; first < seqs.size(); first += duckdb::chunkCapacity()) {
        const auto part = seqs.subspan(first, std::min(duckdb::chunkCapacity(), seqs.size() - first));
        const duckdb::Chunk chunk = duckdb::makeChunk(types);
        duckdb::ColumnWriter position(duckdb_data_chunk_get_vector(chunk.handle(), 0));
        duckdb::ColumnWriter seq(duckdb_data_chunk_get_vector(chunk.handle(), 1));
        for (std::size_t row = 0; row < part.size(); ++row) {
            position.setBigint(row, static_cast<std::int64_t>(first + row));
            seq.setBigint(row, part[row]);
        }
        duckdb_data_chunk_set_size(chunk.handle(), part.size());
        if (event::Status appended = appender->append(chunk); !appended) {
            return appended;
        }
    }
    return appender->close();
}

} // namespace octotrail::store
