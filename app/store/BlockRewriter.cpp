// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/BlockRewriter.h"

#include "store/BlockAppender.h"
#include "store/BlockFilter.h"
#include "store/BlockValues.h"

#include <string>

namespace octotrail::store {

event::Status replaceBlocks(
    duckdb::Connection &connection, std::span<const BlockReader::Extent> old, std::span<const Block> blocks)
{
    std::string list;
    for (const BlockReader::Extent &extent : old) {
        list += (list.empty() ? "" : ", ") + std::to_string(extent.first);
    }
    const std::string condition = " WHERE first_seq IN (" + list + ")";
    if (event::Status removed
        = connection.run("DELETE FROM blocks" + condition + "; DELETE FROM block_filters" + condition);
        !removed) {
        return removed;
    }
    auto appender = duckdb::Appender::open(connection, "blocks");
    if (!appender) {
        return tl::unexpected(appender.error());
    }
    auto filterAppender = duckdb::Appender::open(connection, "block_filters");
    if (!filterAppender) {
        return tl::unexpected(filterAppender.error());
    }
    std::vector<std::string> packed; // appenders hold views until their flush
    packed.reserve(blocks.size());
    std::vector<std::vector<std::string>> filters;
    filters.reserve(blocks.size());
    std::vector<std::string> values;
    values.reserve(blocks.size());
    BlockAppender appendFilter(*filterAppender);
    BlockAppender append(*appender);
    for (const Block &block : blocks) {
        if (block.count() == 0) {
            continue;
        }
        packed.push_back(pack(block, bulkPacking.level));
        event::Status status
            = append.append(block.firstSeq(), block.lastSeq(), packed.back())
                  .and_then([&] {
                      filters.push_back(blockFilters(block));
                      return appendFilter.append(block.firstSeq(), block.lastSeq(), filters.back());
                  })
                  .and_then([&] {
                      values.push_back(blockValues(block.events()));
                      return appendFilter.appendValues(block.firstSeq(), block.lastSeq(), values.back());
                  });
        if (!status) {
            return status;
        }
    }
    return append.flush()
        .and_then([&] { return appender->close(); })
        .and_then([&] { return appendFilter.flush(); })
        .and_then([&] { return filterAppender->close(); });
}

} // namespace octotrail::store
