// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/BlockCache.h"
#include "store/BlockCodec.h"
#include "store/BlockFilter.h"
#include "store/Records.h"
#include "store/duckdb/Connection.h"

#include <optional>
#include <span>
#include <vector>

namespace octotrail::store {

/// Fetches the bytes of events for one reader, on the snapshot of its transaction. Blocks are kept in the cache,
/// which all readers share.
class BlockReader
{
public:
    /// Where a block's events stand.
    struct Extent
    {
        Seq first;
        Seq last;
        bool contains(Seq seq) const { return seq >= first && seq <= last; }
        bool operator==(const Extent &) const = default;
    };

    BlockReader(duckdb::Connection &connection, BlockCache &cache)
        : m_connection(connection)
        , m_cache(cache)
    { }

    /// Every block there is, in the order of seq. Read once.
    event::Result<std::span<const Extent>> extents();
    /// The index of the block that has this seq, in extents(); nullopt if none has. Call extents() before.
    std::optional<std::size_t> indexOf(Seq seq) const;

    /// Whether each of the extents() may hold an event that goes with the question: as the filters say of the blocks
    /// that have one, between these seqs. Call extents() before.
    event::Result<std::vector<bool>> mayHold(const BlockQuestion &question, Seq first, Seq last);

    /// A block as the store has it, or unpacked if it happens to be in the cache.
    struct Packed
    {
        Extent extent{};
        BlockPtr cached;
        std::string data;
    };
    /// The blocks, one for each index (sorted, without repetitions), to be unpacked by whoever has time. They do not
    /// get into the cache: who goes through many blocks would sweep it.
    event::Result<std::vector<Packed>> packed(std::span<const std::size_t> indexes);
    /// The blocks, one for each index (sorted, without repetitions).
    event::Result<std::vector<BlockPtr>> blocks(std::span<const std::size_t> indexes);
    /// The one block that has this seq; NotFound if there is none. Does not need extents().
    event::Result<BlockPtr> blockOf(Seq seq);

private:
    event::Result<std::vector<Packed>> fetch(const std::string &condition);

    duckdb::Connection &m_connection;
    BlockCache &m_cache;
    std::optional<std::vector<Extent>> m_extents;
    mutable std::size_t m_lastIndex = 0; ///< that indexOf() found
};

} // namespace octotrail::store
