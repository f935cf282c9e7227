// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/EventWalk.h"

#include "store/BlockReader.h"

#include <algorithm>
#include <vector>

namespace octotrail::store {

namespace {

/// Blocks taken at a time, to bound the memory.
constexpr std::size_t step = 64;

struct Row
{
    Seq seq;
    SourceId source;
};

event::Result<std::vector<Row>> rowsBetween(duckdb::Connection &connection, Seq first, Seq last)
{
    auto result = connection.query("SELECT seq, source FROM events WHERE seq BETWEEN " + std::to_string(first) + " AND "
        + std::to_string(last) + " ORDER BY seq");
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::vector<Row> rows;
    while (const auto chunk = result->next()) {
        const duckdb::Column seqs = chunk->column(0);
        const duckdb::Column sources = chunk->column(1);
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            rows.push_back({seqs.bigint(row), sources.integer(row)});
        }
    }
    return rows;
}

/// The rows and the blocks of one step, side by side.
bool visitStep(const std::vector<Row> &rows, const std::vector<BlockPtr> &blocks, Seq first, Seq last,
    const std::function<bool(const WalkedEvent &)> &visit)
{
    auto row = rows.begin();
    const auto visitRowsBefore = [&](Seq seq) {
        for (; row != rows.end() && row->seq < seq; ++row) {
            if (!visit({row->seq, row->source, {}, false})) {
                return false;
            }
        }
        return true;
    };
    for (const BlockPtr &block : blocks) {
        for (std::size_t i = 0; i < block->count(); ++i) {
            const Seq seq = block->seq(i);
            if (seq < first || seq > last) {
                continue;
            }
            if (!visitRowsBefore(seq)) {
                return false;
            }
            WalkedEvent event{seq, {}, block->bytes(i), true};
            if (row != rows.end() && row->seq == seq) {
                event.source = row->source;
                ++row;
            }
            if (!visit(event)) {
                return false;
            }
        }
    }
    // Those up to the last, beyond which there may be no number.
    return std::all_of(row, rows.end(), [&](const Row &left) { return visit({left.seq, left.source, {}, false}); });
}

} // namespace

event::Status walkEvents(duckdb::Connection &connection, Seq first, Seq last, const std::stop_token &stop,
    const std::function<bool(const WalkedEvent &)> &visit, const BlockVisit &visitBlocks)
{
    BlockCache none(0);
    BlockReader reader(connection, none);
    const auto extents = reader.extents();
    if (!extents) {
        return tl::unexpected(extents.error());
    }
    std::vector<std::size_t> wanted;
    for (std::size_t i = 0; i < extents->size(); ++i) {
        if ((*extents)[i].first <= last && (*extents)[i].last >= first) {
            wanted.push_back(i);
        }
    }
    Seq next = first;
    for (std::size_t begin = 0; next <= last; begin += step) {
        if (stop.stop_requested()) {
            return event::failure(event::ErrorKind::Cancelled, {});
        }
        const auto some = std::span(wanted).subspan(
            std::min(begin, wanted.size()), std::min(step, wanted.size() - std::min(begin, wanted.size())));
        // The last step takes all rows that are left, whether or not a block has their bytes.
        const bool isLast = begin + step >= wanted.size();
        const Seq end = isLast ? last : std::min(last, (*extents)[some.back()].last);
        const auto packed = reader.packed(some);
        if (!packed) {
            return tl::unexpected(packed.error());
        }
        std::vector<BlockPtr> blocks;
        for (const BlockReader::Packed &block : *packed) {
            if (auto unpacked = unpack(block.data, block.extent.first)) {
                blocks.push_back(std::move(*unpacked));
            }
        }
        if (visitBlocks) {
            if (event::Status visited = visitBlocks(blocks); !visited) {
                return visited;
            }
        }
        const auto rows = rowsBetween(connection, next, end);
        if (!rows) {
            return tl::unexpected(rows.error());
        }
        if (!visitStep(*rows, blocks, next, end, visit)) {
            return {};
        }
        if (isLast) {
            break;
        }
        next = end + 1;
    }
    return {};
}

} // namespace octotrail::store
