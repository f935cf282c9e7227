// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/FieldCensus.h"
#include "store/duckdb/Connection.h"

namespace octotrail::store {

/// So many of the newest events, as a condition.
std::string newestEvents(std::int64_t count);

/// How often the newest events have which fields.
event::Result<FieldCensus::Census> readFieldOccurrences(duckdb::Connection &connection);

} // namespace octotrail::store
