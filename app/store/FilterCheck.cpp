// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/FilterCheck.h"

#include "store/BlockFilter.h"

#include <algorithm>

namespace octotrail::store {

event::Result<std::vector<BlockPtr>> blocksHiddenByFilters(
    duckdb::Connection &connection, std::span<const BlockPtr> blocks)
{
    if (blocks.empty()) {
        return std::vector<BlockPtr>{};
    }
    auto result = connection.query("SELECT first_seq, last_seq, data FROM block_filters WHERE first_seq BETWEEN "
        + std::to_string(blocks.front()->firstSeq()) + " AND " + std::to_string(blocks.back()->firstSeq())
        + " ORDER BY first_seq");
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::vector<BlockPtr> hidden;
    const event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            const Seq first = chunk.column(0).bigint(row);
            const auto block
                = std::ranges::lower_bound(blocks, first, {}, [](const BlockPtr &b) { return b->firstSeq(); });
            // Searches take no notice of a filter with other seqs than a block's.
            const bool isUsed = block != blocks.end() && (*block)->firstSeq() == first
                && (*block)->lastSeq() == chunk.column(1).bigint(row);
            if (isUsed && !filterAdmits(chunk.column(2).text(row), **block)
                && (hidden.empty() || hidden.back() != *block)) {
                hidden.push_back(*block);
            }
        }
        return true;
    });
    return read.map([&] { return std::move(hidden); });
}

} // namespace octotrail::store
