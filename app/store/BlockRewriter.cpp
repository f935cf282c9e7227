// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/BlockRewriter.h"

#include "store/BlockAppender.h"

#include <string>

namespace octotrail::store {

event::Status replaceBlocks(
    duckdb::Connection &connection, std::span<const BlockReader::Extent> old, std::span<const Block> blocks)
{
    std::string list;
    for (const BlockReader::Extent &extent : old) {
        list += (list.empty() ? "" : ", ") + std::to_string(extent.first);
    }
    if (event::Status removed = connection.run("DELETE FROM blocks WHERE first_seq IN (" + list + ")"); !removed) {
        return removed;
    }
    auto appender = duckdb::Appender::open(connection, "blocks");
    if (!appender) {
        return tl::unexpected(appender.error());
    }
    std::vector<std::string> packed;
    packed.reserve(blocks.size()); // the appender holds views until its flush
    BlockAppender append(*appender);
    for (const Block &block : blocks) {
        if (block.count() == 0) {
            continue;
        }
        packed.push_back(pack(block, bulkPacking.level));
        event::Status status = append.append(block.firstSeq(), block.lastSeq(), packed.back());
        if (!status) {
            return status;
        }
    }
    return append.flush().and_then([&] { return appender->close(); });
}

} // namespace octotrail::store
