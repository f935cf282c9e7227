// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Sha256.h"
#include "store/BlockCodec.h"
#include "store/Records.h"
#include "store/duckdb/ChunkWriter.h"

#include <list>
#include <string>
#include <utility>
#include <vector>

namespace octotrail::store {

/// Rows for the events table, without their seqs, and the packed bytes: what can be made of a batch before its turn
/// comes, on any thread, so that the writer has little left to do.
struct PreparedBatch
{
    struct PackedBlock
    {
        std::size_t first; ///< index among the rows
        std::size_t count;
        std::string data;
    };

    /// The events that are rows, by index into the batch: all of them but repetitions within the batch.
    std::vector<std::size_t> rows;
    std::vector<duckdb::Chunk> chunks;
    std::list<std::string> texts; ///< what chunks show
    std::vector<PackedBlock> blocks;
    std::vector<event::Sha256::Digest> digests; ///< of the rows' bytes
    std::int64_t defective = 0; ///< among the rows
};

/// The batch's events but for those whose uuid an earlier one has.
std::vector<std::size_t> distinctEvents(const std::vector<event::LogEvent> &events);

PreparedBatch prepareBatch(
    SourceId source, const std::vector<event::LogEvent> &events, std::vector<std::size_t> rows, Packing packing);
/// The rows alone, without bytes and digests.
PreparedBatch deriveRows(SourceId source, const std::vector<event::LogEvent> &events, std::vector<std::size_t> rows);

/// Ranges of published that together cover the events, few enough to ask the store for each: a page's neighbours in
/// time stand together, a straggler of last month does not make the range a month long.
struct PublishedRanges
{
    std::vector<std::pair<event::Timestamp, event::Timestamp>> ranges; ///< both ends included
    bool missing = false; ///< some event has none
};
PublishedRanges publishedRanges(std::vector<event::Timestamp> times, bool missing);

} // namespace octotrail::store
