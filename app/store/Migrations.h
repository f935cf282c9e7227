// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/duckdb/Connection.h"

#include <functional>
#include <span>

namespace octotrail::store {

/// A step from one version of the tables to the next.
struct Migration
{
    int version; ///< of the tables after it
    std::function<event::Status(duckdb::Connection &)> apply;
};

/// Every step there has been, from an empty file (version 0) on, in order.
std::span<const Migration> migrations();

/// The version of the tables: 0 for a database with nothing in it. Corrupt if it is somebody else's database.
event::Result<int> schemaVersion(duckdb::Connection &connection);

/// Takes the steps above the version that the tables have, each in a transaction of its own.
event::Status migrate(duckdb::Connection &connection, std::span<const Migration> steps);

} // namespace octotrail::store
