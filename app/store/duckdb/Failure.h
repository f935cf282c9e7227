// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <duckdb.h>
#include <string_view>

namespace octotrail::store::duckdb {

/// DuckDB's complaint as an error: Cancelled for an interrupted query, DiskFull, OutOfMemory, Locked, Corrupt, TooNew,
/// else Storage. The sentence is DuckDB's own; the store's face words it for the analyst.
event::Error failureOf(std::string_view message, duckdb_error_type type = DUCKDB_ERROR_INVALID);

} // namespace octotrail::store::duckdb
