// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"
#include "store/duckdb/Connection.h"

#include <map>
#include <vector>

namespace octotrail::store {

event::Result<std::vector<SourceConfig>> readSources(duckdb::Connection &connection);
event::Result<std::map<SourceId, QString>> readSourceNames(duckdb::Connection &connection);
event::Result<SourceCounts> readCounts(duckdb::Connection &connection, SourceId source);

/// Adds or replaces the source within a transaction of its own; gives it back with its id and uuid.
event::Result<SourceConfig> writeSource(duckdb::Connection &connection, SourceConfig source);

} // namespace octotrail::store
