// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/BlockReader.h"

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
    const auto after = std::ranges::upper_bound(*m_extents, seq, {}, &Extent::first);
    if (after == m_extents->begin() || !std::prev(after)->contains(seq)) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(std::prev(after) - m_extents->begin());
}

event::Result<std::vector<BlockPtr>> BlockReader::blocks(std::span<const std::size_t> indexes)
{
    std::vector<BlockPtr> blocks(indexes.size());
    std::vector<std::size_t> wanted; // positions in indexes
    for (std::size_t i = 0; i < indexes.size(); ++i) {
        const Extent &extent = (*m_extents)[indexes[i]];
        blocks[i] = m_cache.find(extent.first, extent.last);
        if (!blocks[i]) {
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
        const Extent &extent = (*m_extents)[indexes[i]];
        const auto it
            = std::ranges::lower_bound(*fetched, extent.first, {}, [](const auto &entry) { return entry.first.first; });
        if (it == fetched->end() || it->first != extent) {
            return missing();
        }
        blocks[i] = it->second;
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
    return fetched->front().second;
}

/// The blocks that the condition picks, in the order of seq; they are in the cache afterwards.
event::Result<std::vector<std::pair<BlockReader::Extent, BlockPtr>>> BlockReader::fetch(const std::string &condition)
{
    struct Packed
    {
        Extent extent;
        std::vector<std::string> parts;
    };
    std::map<Seq, Packed> packed;
    auto result = m_connection.query("SELECT first_seq, last_seq, part, data FROM blocks WHERE " + condition);
    if (!result) {
        return tl::unexpected(result.error());
    }
    while (const auto chunk = result->next()) {
        const duckdb::Column first = chunk->column(0);
        const duckdb::Column last = chunk->column(1);
        const duckdb::Column part = chunk->column(2);
        const duckdb::Column data = chunk->column(3);
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            Packed &block = packed[first.bigint(row)];
            block.extent = {first.bigint(row), last.bigint(row)};
            const auto index = static_cast<std::size_t>(part.integer(row));
            if (block.parts.size() <= index) {
                block.parts.resize(index + 1);
            }
            block.parts[index] = data.text(row);
        }
    }
    std::vector<std::pair<Extent, BlockPtr>> blocks;
    std::string whole;
    for (const auto &[first, block] : packed) {
        whole.clear();
        for (const std::string &part : block.parts) {
            whole += part;
        }
        auto unpacked = unpack(whole, first);
        if (!unpacked) {
            return tl::unexpected(unpacked.error());
        }
        m_cache.insert(block.extent.first, block.extent.last, *unpacked);
        blocks.emplace_back(block.extent, std::move(*unpacked));
    }
    return blocks;
}

} // namespace octotrail::store
