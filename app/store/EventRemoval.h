// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"
#include "store/duckdb/Connection.h"

#include <vector>

namespace octotrail::store {

/// Removes these events (sorted) with their bytes, within the caller's transaction, and records in the integrity chain
/// what is left.
event::Status removeEvents(duckdb::Connection &connection, const std::vector<Seq> &seqs);

} // namespace octotrail::store
