// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/AlertRecords.h"
#include "store/duckdb/Connection.h"

/// Reading alerts. Those that are not raised yet, or were removed, are not there.
namespace octotrail::store {

event::Result<AlertList> readAlerts(duckdb::Connection &connection, const AlertQuery &query);
/// These with their texts, in the order asked for.
event::Result<std::vector<Alert>> readAlerts(duckdb::Connection &connection, const std::vector<AlertId> &ids);
event::Result<AlertDetails> readAlert(duckdb::Connection &connection, AlertId id);
/// Oldest first.
event::Result<std::vector<AlertNote>> readNotes(duckdb::Connection &connection, AlertId alert);
event::Result<AlertCounts> countAlerts(duckdb::Connection &connection);
/// See Alerts::moments().
event::Result<std::vector<AlertMoment>> readMoments(duckdb::Connection &connection, const AlertQuery &query,
    event::Timestamp start, std::chrono::microseconds width, int stretches);

} // namespace octotrail::store
