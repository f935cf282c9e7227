// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/BlockCodec.h"
#include "store/Records.h"
#include "store/duckdb/Connection.h"

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>

namespace octotrail::store {

/// An event as the tables have it: its row, its bytes, or in a damaged store only one of them.
struct WalkedEvent
{
    Seq seq = 0;
    std::optional<SourceId> source; ///< of its row; none: there is no row
    std::string_view bytes; ///< valid until the next event
    bool hasBytes = false; ///< false: no block has them, or the block cannot be unpacked
};

/// The blocks of one step, unpacked, in the order of seq. What it fails with ends the walk.
using BlockVisit = std::function<event::Status(std::span<const BlockPtr>)>;

/// Every event with a seq from first to last, in the order of seq, on the snapshot of the caller's transaction. Goes on
/// until visit returns false or a stop is requested, which is Cancelled.
event::Status walkEvents(duckdb::Connection &connection, Seq first, Seq last, const std::stop_token &stop,
    const std::function<bool(const WalkedEvent &)> &visit, const BlockVisit &visitBlocks = {});

} // namespace octotrail::store
