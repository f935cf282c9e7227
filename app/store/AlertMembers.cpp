// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/AlertMembers.h"

#include "store/duckdb/Appender.h"
#include "store/duckdb/ChunkWriter.h"

#include <algorithm>
#include <array>

namespace octotrail::store {

event::Status appendMembers(duckdb::Connection &connection, std::span<const AlertMember> members)
{
    if (members.empty()) {
        return {};
    }
    auto appender = duckdb::Appender::open(connection, "alert_events");
    if (!appender) {
        return tl::unexpected(appender.error());
    }
    const std::array types{duckdb::LogicalType(DUCKDB_TYPE_BIGINT), duckdb::LogicalType(DUCKDB_TYPE_BIGINT),
        duckdb::LogicalType(DUCKDB_TYPE_VARCHAR), duckdb::LogicalType(DUCKDB_TYPE_VARCHAR)};
    for (std::size_t begin = 0; begin < members.size(); begin += duckdb::chunkCapacity()) {
        const std::size_t count = std::min(duckdb::chunkCapacity(), members.size() - begin);
        const duckdb::Chunk chunk = duckdb::makeChunk(types);
        std::array columns{duckdb::ColumnWriter(duckdb_data_chunk_get_vector(chunk.handle(), 0)),
            duckdb::ColumnWriter(duckdb_data_chunk_get_vector(chunk.handle(), 1)),
            duckdb::ColumnWriter(duckdb_data_chunk_get_vector(chunk.handle(), 2)),
            duckdb::ColumnWriter(duckdb_data_chunk_get_vector(chunk.handle(), 3))};
        for (std::size_t row = 0; row < count; ++row) {
            const AlertMember &member = members[begin + row];
            columns[0].setBigint(row, member.alert);
            columns[1].setBigint(row, member.seq);
            columns[2].setView(row, member.uuid);
            if (member.value.empty()) {
                columns[3].setNull(row);
            } else {
                columns[3].setView(row, member.value);
            }
        }
        duckdb_data_chunk_set_size(chunk.handle(), count);
        if (event::Status appended = appender->append(chunk); !appended) {
            return appended;
        }
    }
    return appender->close();
}

} // namespace octotrail::store
