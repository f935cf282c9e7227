// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/BlockCodec.h"
#include "store/duckdb/Connection.h"

#include <span>
#include <vector>

namespace octotrail::store {

/// Of these blocks, in the order of seq, those that have a filter which denies something that their events have: a
/// search for that passes over them. On the snapshot of the caller's transaction.
event::Result<std::vector<BlockPtr>> blocksHiddenByFilters(
    duckdb::Connection &connection, std::span<const BlockPtr> blocks);

} // namespace octotrail::store
