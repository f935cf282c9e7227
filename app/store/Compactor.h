// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/duckdb/Connection.h"

namespace octotrail::store {

/// Merges the small blocks that quiet hours leave behind, if there are enough to gain from it.
event::Status compactBlocks(duckdb::Connection &connection);

} // namespace octotrail::store
