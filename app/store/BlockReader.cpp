// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/BlockReader.h"

#include "store/AskedQuestion.h"

#include <QObject>
#include <algorithm>
#include <map>

namespace octotrail::store {

namespace {

tl::unexpected<event::Error> missing()
{
    return event::failure(event::ErrorKind::NotFound, QObject::tr("This event is not in the store any more."));
}

} // namespace

event::Result<std::span<const BlockReader::Extent>> BlockReader::extents()
{
    if (!m_extents) {
        auto result = m_connection.query("SELECT first_seq, last_seq FROM blocks WHERE part = 0");
        if (!result) {
            return tl::unexpected(result.error());
        }
        std::vector<Extent> extents;
        while (const auto chunk = result->next()) {
            const duckdb::Column first = chunk->column(0);
            const duckdb::Column last = chunk->column(1);
            for (std::size_t row = 0; row < chunk->size(); ++row) {
                extents.push_back({first.bigint(row), last.bigint(row)});
            }
        }
        std::ranges::sort(extents, {}, &Extent::first);
        m_extents = std::move(extents);
    }
    return std::span<const Extent>(*m_extents);
}

std::optional<std::size_t> BlockReader::indexOf(Seq seq) const
{
    // Seqs that are asked for one after the other mostly stand in one block.
    if (m_lastIndex < m_extents->size() && (*m_extents)[m_lastIndex].contains(seq)) {
        return m_lastIndex;
    }
    const auto after = std::ranges::upper_bound(*m_extents, seq, {}, &Extent::first);
    if (after == m_extents->begin() || !std::prev(after)->contains(seq)) {
        return std::nullopt;
    }
    m_lastIndex = static_cast<std::size_t>(std::prev(after) - m_extents->begin());
    return m_lastIndex;
}

event::Result<std::vector<bool>> BlockReader::mayHold(const BlockQuestion &question, Seq first, Seq last)
{
    std::vector<bool> may(m_extents->size(), true);
    if (question.isEmpty()) {
        return may;
    }
    const AskedQuestion asked(question);
    auto result = m_connection.query("SELECT first_seq, last_seq FROM block_filters WHERE last_seq >= "
        + std::to_string(first) + " AND first_seq <= " + std::to_string(last) + " AND " + question.partsCondition()
        + " AND " + asked.isDenied());
    if (!result) {
        return tl::unexpected(result.error());
    }
    const event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        const duckdb::Column firsts = chunk.column(0);
        const duckdb::Column lasts = chunk.column(1);
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            // A filter is of a block with exactly these events, or with some of them removed since.
            const Extent extent{firsts.bigint(row), lasts.bigint(row)};
            if (const auto index = indexOf(extent.first); index && (*m_extents)[*index] == extent) {
                may[*index] = false;
            }
        }
        return true;
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return may;
}

event::Result<std::vector<BlockReader::Packed>> BlockReader::packed(std::span<const std::size_t> indexes)
{
    std::vector<Packed> blocks(indexes.size());
    std::vector<std::size_t> wanted; // positions in indexes
    for (std::size_t i = 0; i < indexes.size(); ++i) {
        blocks[i].extent = (*m_extents)[indexes[i]];
        blocks[i].cached = m_cache.find(blocks[i].extent.first, blocks[i].extent.last);
        if (!blocks[i].cached) {
            wanted.push_back(i);
        }
    }
    if (wanted.empty()) {
        return blocks;
    }
    // One range for what stands together, so that DuckDB can skip the rest.
    std::string condition;
    for (std::size_t begin = 0; begin < wanted.size();) {
        std::size_t end = begin + 1;
        while (end < wanted.size() && indexes[wanted[end]] == indexes[wanted[end - 1]] + 1) {
            ++end;
        }
        condition += (condition.empty() ? "" : " OR ") + std::string("first_seq BETWEEN ")
            + std::to_string((*m_extents)[indexes[wanted[begin]]].first) + " AND "
            + std::to_string((*m_extents)[indexes[wanted[end - 1]]].first);
        begin = end;
    }
    auto fetched = fetch("(" + condition + ") AND first_seq BETWEEN "
        + std::to_string((*m_extents)[indexes[wanted.front()]].first) + " AND "
        + std::to_string((*m_extents)[indexes[wanted.back()]].first));
    if (!fetched) {
        return tl::unexpected(fetched.error());
    }
    for (const std::size_t i : wanted) {
        const auto it = std::ranges::lower_bound(
            *fetched, blocks[i].extent.first, {}, [](const Packed &block) { return block.extent.first; });
        if (it == fetched->end() || it->extent != blocks[i].extent) {
            return missing();
        }
        blocks[i].data = std::move(it->data);
    }
    return blocks;
}

event::Result<std::vector<BlockPtr>> BlockReader::blocks(std::span<const std::size_t> indexes)
{
    const auto found = packed(indexes);
    if (!found) {
        return tl::unexpected(found.error());
    }
    std::vector<BlockPtr> blocks;
    blocks.reserve(found->size());
    for (const Packed &block : *found) {
        if (block.cached) {
            blocks.push_back(block.cached);
            continue;
        }
        auto unpacked = unpack(block.data, block.extent.first);
        if (!unpacked) {
            return tl::unexpected(unpacked.error());
        }
        m_cache.insert(block.extent.first, block.extent.last, *unpacked);
        blocks.push_back(std::move(*unpacked));
    }
    return blocks;
}

event::Result<BlockPtr> BlockReader::blockOf(Seq seq)
{
    if (BlockPtr cached = m_cache.findContaining(seq)) {
        return cached;
    }
    auto fetched = fetch("first_seq <= " + std::to_string(seq) + " AND last_seq >= " + std::to_string(seq));
    if (!fetched) {
        return tl::unexpected(fetched.error());
    }
    if (fetched->empty()) {
        return missing();
    }
    const Packed &block = fetched->front();
    auto unpacked = unpack(block.data, block.extent.first);
    if (unpacked) {
        m_cache.insert(block.extent.first, block.extent.last, *unpacked);
    }
    return unpacked;
}

/// The blocks that the condition picks, in the order of seq.
event::Result<std::vector<BlockReader::Packed>> BlockReader::fetch(const std::string &condition)
{
    struct Parts
    {
        Extent extent;
        std::map<std::int32_t, std::string> parts; ///< by their numbers, which a file may choose
    };
    std::map<Seq, Parts> byFirst;
    auto result = m_connection.query("SELECT first_seq, last_seq, part, data FROM blocks WHERE " + condition);
    if (!result) {
        return tl::unexpected(result.error());
    }
    const event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        const duckdb::Column first = chunk.column(0);
        const duckdb::Column last = chunk.column(1);
        const duckdb::Column part = chunk.column(2);
        const duckdb::Column data = chunk.column(3);
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            Parts &block = byFirst[first.bigint(row)];
            block.extent = {first.bigint(row), last.bigint(row)};
            block.parts[part.integer(row)] = data.text(row);
        }
        return true;
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    std::vector<Packed> blocks;
    blocks.reserve(byFirst.size());
    for (const auto &[first, block] : byFirst) {
        Packed &packed = blocks.emplace_back();
        packed.extent = block.extent;
        for (const auto &[number, part] : block.parts) {
            packed.data += part;
        }
    }
    return blocks;
}

} // namespace octotrail::store
