// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Compactor.h"

#include "store/BlockAppender.h"
#include "store/BlockFilter.h"
#include "store/BlockRewriter.h"
#include "store/BlockValues.h"
#include "store/duckdb/Appender.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace octotrail::store {

namespace {

using Extent = BlockReader::Extent;

/// A block of fewer events is small: its bytes find little to be packed with.
constexpr Seq smallEvents = 96;
/// What neighbours are merged up to.
constexpr Seq mergedEvents = 256;
/// Fewer small blocks than this are not worth the writing.
constexpr std::size_t leastSmallBlocks = 32;
/// Blocks rewritten in one transaction, to bound memory and the time that a page may have to wait.
constexpr std::size_t blocksAtOnce = 128;
/// The same of filters: those of bulk loads' blocks take longer.
constexpr std::size_t filtersAtOnce = 16;

/// How many events a block has at most: fewer if some were removed.
Seq span(const Extent &extent)
{
    return extent.last - extent.first + 1;
}

/// Runs of small neighbours, each to become one block.
std::vector<std::span<const Extent>> runsOf(std::span<const Extent> extents)
{
    std::vector<std::span<const Extent>> runs;
    for (std::size_t begin = 0; begin < extents.size();) {
        std::size_t end = begin;
        Seq events = 0;
        while (
            end < extents.size() && span(extents[end]) < smallEvents && events + span(extents[end]) <= mergedEvents) {
            events += span(extents[end++]);
        }
        if (end - begin > 1) {
            runs.push_back(extents.subspan(begin, end - begin));
        }
        begin = std::max(end, begin + 1);
    }
    return runs;
}

event::Status mergeRuns(
    duckdb::Connection &connection, std::span<const Extent> all, std::span<const std::span<const Extent>> runs)
{
    auto transaction = duckdb::Transaction::begin(connection);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    BlockCache none(0);
    BlockReader reader(connection, none);
    if (const auto extents = reader.extents(); !extents) {
        return tl::unexpected(extents.error());
    }
    std::vector<std::size_t> indexes;
    for (const auto &run : runs) {
        for (const Extent &extent : run) {
            indexes.push_back(static_cast<std::size_t>(&extent - all.data()));
        }
    }
    const auto blocks = reader.blocks(indexes);
    if (!blocks) {
        return tl::unexpected(blocks.error());
    }
    std::vector<Block> merged;
    std::vector<Extent> replaced;
    auto next = blocks->begin();
    for (const auto &run : runs) {
        // Few events may have many bytes: a block ends where a new one would.
        std::vector<Block> made(1);
        for (std::size_t i = 0; i < run.size(); ++i, ++next) {
            for (std::size_t event = 0; event < (*next)->count(); ++event) {
                if (made.back().memory() >= blockByteLimit) {
                    made.emplace_back();
                }
                made.back().add((*next)->seq(event), (*next)->bytes(event));
            }
        }
        if (made.size() < run.size()) {
            std::ranges::move(made, std::back_inserter(merged));
            replaced.insert(replaced.end(), run.begin(), run.end());
        }
    }
    if (merged.empty()) {
        return {};
    }
    return replaceBlocks(connection, replaced, merged).and_then([&] { return transaction->commit(); });
}

/// A block that lacks its list of values, by its place; pages' blocks have their filters of pieces by then.
struct Lacking
{
    std::size_t index;
    bool hasPieces;
};

/// In the order of seq.
event::Result<std::vector<Lacking>> lackingFilters(duckdb::Connection &connection, const BlockReader &reader)
{
    const std::string isValues = "part = " + std::to_string(valuesPart);
    auto rows = connection.query("SELECT first_seq, first_seq IN (SELECT first_seq FROM block_filters WHERE NOT "
        + isValues + ") FROM blocks WHERE part = 0 AND first_seq NOT IN (SELECT first_seq FROM block_filters WHERE "
        + isValues + ") ORDER BY first_seq");
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    std::vector<Lacking> lacking;
    const event::Status read = rows->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            if (const auto index = reader.indexOf(chunk.column(0).bigint(row))) {
                lacking.push_back({*index, chunk.column(1).boolean(row)});
            }
        }
        return true;
    });
    return read.map([&] { return std::move(lacking); });
}

event::Status addFilters(duckdb::Connection &connection, BlockReader &reader, std::span<const Lacking> lacking)
{
    std::vector<std::size_t> indexes;
    std::ranges::transform(lacking, std::back_inserter(indexes), &Lacking::index);
    const auto blocks = reader.blocks(indexes);
    if (!blocks) {
        return tl::unexpected(blocks.error());
    }
    std::vector<std::vector<std::string>> pieces; // the appender holds views until its flush
    std::vector<std::string> values;
    for (std::size_t i = 0; i < lacking.size(); ++i) {
        const Block &block = *(*blocks)[i];
        pieces.push_back(lacking[i].hasPieces ? std::vector<std::string>() : blockFilters(block));
        values.push_back(blockValues(block.events()));
    }
    const auto extents = reader.extents();
    if (!extents) {
        return tl::unexpected(extents.error());
    }
    auto transaction = duckdb::Transaction::begin(connection);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    auto appender = duckdb::Appender::open(connection, "block_filters");
    if (!appender) {
        return tl::unexpected(appender.error());
    }
    BlockAppender append(*appender);
    for (std::size_t i = 0; i < lacking.size(); ++i) {
        const Extent &extent = (*extents)[lacking[i].index];
        event::Status added = append.append(extent.first, extent.last, pieces[i]).and_then([&] {
            return append.appendValues(extent.first, extent.last, values[i]);
        });
        if (!added) {
            return added;
        }
    }
    return append.flush().and_then([&] { return appender->close(); }).and_then([&] { return transaction->commit(); });
}

} // namespace

event::Status addMissingFilters(duckdb::Connection &connection, const std::function<bool()> &wantedElsewhere)
{
    BlockCache none(0);
    BlockReader reader(connection, none); // filters leave the blocks where they are
    if (const auto extents = reader.extents(); !extents) {
        return tl::unexpected(extents.error());
    }
    const auto lacking = lackingFilters(connection, reader);
    if (!lacking) {
        return tl::unexpected(lacking.error());
    }
    for (auto left = std::span(*lacking); !left.empty() && !wantedElsewhere();) {
        const auto newest = left.last(std::min(filtersAtOnce, left.size()));
        if (event::Status added = addFilters(connection, reader, newest); !added) {
            return added;
        }
        left = left.first(left.size() - newest.size());
    }
    return {};
}

event::Status compactBlocks(duckdb::Connection &connection, const std::function<bool()> &wantedElsewhere)
{
    BlockCache none(0);
    BlockReader reader(connection, none);
    const auto extents = reader.extents();
    if (!extents) {
        return tl::unexpected(extents.error());
    }
    const std::vector<std::span<const Extent>> runs = runsOf(*extents);
    std::size_t small = 0;
    for (const auto &run : runs) {
        small += run.size();
    }
    if (small < leastSmallBlocks) {
        return {};
    }
    // The last runs first: their places among the extents stay what they were while the others are rewritten.
    for (std::size_t end = runs.size(); end > 0 && !wantedElsewhere();) {
        std::size_t begin = end;
        std::size_t blocks = 0;
        while (begin > 0 && (blocks == 0 || blocks + runs[begin - 1].size() <= blocksAtOnce)) {
            blocks += runs[--begin].size();
        }
        const auto some = std::span(runs).subspan(begin, end - begin);
        if (event::Status merged = mergeRuns(connection, *extents, some); !merged) {
            return merged;
        }
        end = begin;
    }
    return {};
}

} // namespace octotrail::store
