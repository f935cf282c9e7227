// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/duckdb/Connection.h"

namespace octotrail::store {

/// Makes functions known to the connection's database: filter::inNetwork and filter::isInIds for conditions, what
/// TimeBins counts with, what AskedQuestion asks with, and what duckdb::ChunkInserter reads from.
event::Status registerFunctions(duckdb::Connection &connection);

} // namespace octotrail::store
