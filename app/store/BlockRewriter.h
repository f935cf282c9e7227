// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/BlockCodec.h"
#include "store/BlockReader.h"
#include "store/duckdb/Connection.h"

#include <span>
#include <vector>

namespace octotrail::store {

/// Puts other blocks in the place of some, within the caller's transaction. Blocks without events are left out.
event::Status replaceBlocks(
    duckdb::Connection &connection, std::span<const BlockReader::Extent> old, std::span<const Block> blocks);

} // namespace octotrail::store
