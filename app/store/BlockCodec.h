// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/Records.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::store {

/// The bytes of some events with their seqs, as they stand together in the store.
class Block
{
public:
    Block() = default;

    std::size_t count() const { return m_seqs.size(); }
    Seq seq(std::size_t index) const { return m_seqs[index]; }
    std::string_view bytes(std::size_t index) const
    {
        return std::string_view(m_bytes).substr(m_offsets[index], m_offsets[index + 1] - m_offsets[index]);
    }
    /// The bytes of all events, in their order.
    std::vector<std::string_view> events() const;
    /// The bytes of the event with this seq; a view without data if the block does not have it.
    std::string_view find(Seq seq) const;

    Seq firstSeq() const { return m_seqs.front(); }
    Seq lastSeq() const { return m_seqs.back(); }
    std::size_t memory() const { return m_bytes.capacity() + m_seqs.size() * 16; }

    void reserve(std::size_t events, std::size_t bytes);
    /// Seqs grow from one call to the next.
    void add(Seq seq, std::string_view bytes);

private:
    friend event::Status unpackInto(Block &block, std::string_view packed, Seq firstSeq);

    std::vector<Seq> m_seqs;
    std::vector<std::size_t> m_offsets{0};
    std::string m_bytes; ///< from the first offset on; what stands before is the packed form's header
};
using BlockPtr = std::shared_ptr<const Block>;

/// How events are put together: pages come while someone watches, bulk loads are to become small.
struct Packing
{
    std::size_t events; ///< at most, in a block
    int level; ///< of zstd
    bool isBulk; ///< nobody watches the events arrive one by one: many are committed together
};
inline constexpr Packing pagePacking{256, 1, false};
inline constexpr Packing bulkPacking{768, 2, true};

/// Bytes at which a block is closed before it has all its events.
inline constexpr std::size_t blockByteLimit = std::size_t{4} << 20;
/// What one row of the blocks table holds of a packed block. DuckDB keeps longer values apart from its pages, and
/// reads them for two thousand rows whenever it wants one.
inline constexpr std::size_t partSize = 4064;

/// The packed form: zstd over a version byte, the count, the distance of each event's seq to the one before and its
/// length, and the bytes.
std::string pack(const Block &block, int level);
/// The same of events whose seqs follow each other.
std::string pack(std::span<const std::string_view> events, int level);
/// Replaces the block's content, reusing its memory. Corrupt if it is no packed block.
event::Status unpackInto(Block &block, std::string_view packed, Seq firstSeq);
event::Result<BlockPtr> unpack(std::string_view packed, Seq firstSeq);

} // namespace octotrail::store
