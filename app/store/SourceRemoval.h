// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"
#include "store/duckdb/Connection.h"

namespace octotrail::store {

/// Removes the source with its checkpoints and profiles, and if wished its events with their bytes, in one
/// transaction.
event::Status removeSource(duckdb::Connection &connection, SourceId source, bool withItsEvents);

} // namespace octotrail::store
