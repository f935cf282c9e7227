// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/EventRemoval.h"

#include "store/BlockRewriter.h"
#include "store/IntegrityChain.h"
#include "store/SortHeads.h"
#include "store/ValueCounts.h"
#include "store/duckdb/Appender.h"
#include "store/duckdb/ChunkWriter.h"

#include <algorithm>
#include <array>

namespace octotrail::store {

namespace {

/// Blocks rewritten at a time, to bound the memory.
constexpr std::size_t step = 64;

/// The block's events but for those in removed, which is sorted.
Block remaining(const Block &block, const std::vector<Seq> &removed)
{
    Block rest;
    auto next = std::ranges::lower_bound(removed, block.firstSeq());
    for (std::size_t i = 0; i < block.count(); ++i) {
        while (next != removed.end() && *next < block.seq(i)) {
            ++next;
        }
        if (next == removed.end() || *next != block.seq(i)) {
            rest.add(block.seq(i), block.bytes(i));
        }
    }
    return rest;
}

event::Status removeBytes(duckdb::Connection &connection, const std::vector<Seq> &removed)
{
    BlockCache none(0);
    BlockReader reader(connection, none);
    const auto extents = reader.extents();
    if (!extents) {
        return tl::unexpected(extents.error());
    }
    std::vector<std::size_t> touched;
    for (std::size_t i = 0; i < extents->size(); ++i) {
        const auto next = std::ranges::lower_bound(removed, (*extents)[i].first);
        if (next != removed.end() && *next <= (*extents)[i].last) {
            touched.push_back(i);
        }
    }
    for (std::size_t first = 0; first < touched.size(); first += step) {
        const auto some = std::span(touched).subspan(first, std::min(step, touched.size() - first));
        const auto blocks = reader.blocks(some);
        if (!blocks) {
            return tl::unexpected(blocks.error());
        }
        std::vector<BlockReader::Extent> old;
        std::vector<Block> rest;
        for (std::size_t i = 0; i < some.size(); ++i) {
            old.push_back((*extents)[some[i]]);
            rest.push_back(remaining(*(*blocks)[i], removed));
        }
        if (event::Status status = replaceBlocks(connection, old, rest); !status) {
            return status;
        }
    }
    return {};
}

/// The seqs as a table that statements of this connection can ask.
event::Status nameRemoved(duckdb::Connection &connection, const std::vector<Seq> &seqs)
{
    event::Status made = connection.run("CREATE OR REPLACE TEMP TABLE removed_events(seq BIGINT NOT NULL)");
    if (!made) {
        return made;
    }
    auto appender = duckdb::Appender::openTemporary(connection, "removed_events");
    if (!appender) {
        return tl::unexpected(appender.error());
    }
    const std::array types{duckdb::LogicalType(DUCKDB_TYPE_BIGINT)};
    for (std::size_t first = 0; first < seqs.size(); first += duckdb::chunkCapacity()) {
        const std::size_t count = std::min(duckdb::chunkCapacity(), seqs.size() - first);
        const duckdb::Chunk chunk = duckdb::makeChunk(types);
        duckdb::ColumnWriter column(duckdb_data_chunk_get_vector(chunk.handle(), 0));
        for (std::size_t i = 0; i < count; ++i) {
            column.setBigint(i, seqs[first + i]);
        }
        duckdb_data_chunk_set_size(chunk.handle(), count);
        if (event::Status status = appender->append(chunk); !status) {
            return status;
        }
    }
    return appender->close();
}

} // namespace

event::Status removeEvents(duckdb::Connection &connection, const std::vector<Seq> &seqs)
{
    if (seqs.empty()) {
        return {};
    }
    // Seqs are never given twice, also when the newest events are gone.
    return connection
        .run("UPDATE meta SET \"value\" = CAST(greatest(CAST(\"value\" AS BIGINT), "
             "(SELECT max(seq) FROM events)) AS VARCHAR) WHERE \"key\" = 'highest_seq'")
        .and_then([&] { return recordRemoval(connection, seqs); })
        .and_then([&] { return removeBytes(connection, seqs); })
        .and_then([&] { return nameRemoved(connection, seqs); })
        .and_then([&] { return dropSortHeads(connection, "SELECT seq FROM removed_events"); })
        .and_then([&] { return dropValueCounts(connection, "SELECT seq FROM removed_events"); })
        .and_then([&] {
            return connection.run("DELETE FROM events WHERE seq IN (SELECT seq FROM removed_events); "
                                  "DROP TABLE removed_events");
        });
}

} // namespace octotrail::store
