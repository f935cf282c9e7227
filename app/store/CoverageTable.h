// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Coverage.h"
#include "store/duckdb/Connection.h"

namespace octotrail::store {

/// What a range of the table stands for.
enum class RangeKind { Covered = 0, Skipped = 1 };

/// For a migration.
event::Status createCoverage(duckdb::Connection &connection);

event::Result<RangeSet> readRanges(duckdb::Connection &connection, SourceId source, RangeKind kind);
/// Within a transaction of the caller's.
event::Status writeRanges(
    duckdb::Connection &connection, SourceId source, RangeKind kind, const RangeSet &before, const RangeSet &after);
event::Status addCovered(duckdb::Connection &connection, SourceId source, const std::vector<event::TimeRange> &ranges);

event::Result<std::optional<CoverageGoal>> readGoal(duckdb::Connection &connection, SourceId source);
/// Within a transaction of the caller's.
event::Status writeGoal(duckdb::Connection &connection, SourceId source, const CoverageGoal &goal);

} // namespace octotrail::store
