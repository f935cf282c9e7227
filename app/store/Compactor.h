// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/duckdb/Connection.h"

#include <functional>

namespace octotrail::store {

/// Merges the small blocks that quiet hours leave behind, if there are enough of them to gain from it: neighbours in
/// the order of seq, in transactions of their own. Leaves the rest for another time once it is wanted elsewhere.
event::Status compactBlocks(duckdb::Connection &connection, const std::function<bool()> &wantedElsewhere);

/// Makes the filters (see BlockFilter.h) that new blocks, and those of older files, come without; the newest first.
/// Leaves the rest for another time once it is wanted elsewhere.
event::Status addMissingFilters(duckdb::Connection &connection, const std::function<bool()> &wantedElsewhere);

} // namespace octotrail::store
