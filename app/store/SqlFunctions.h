// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/duckdb/Connection.h"

namespace octotrail::store {

/// Makes in_network(address, network) known to the connection's database: filter::inNetwork for conditions.
event::Status registerFunctions(duckdb::Connection &connection);

} // namespace octotrail::store
