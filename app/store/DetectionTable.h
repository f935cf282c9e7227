// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/AlertRecords.h"
#include "store/duckdb/Connection.h"

/// What detection engines remember. Writing is part of the caller's transaction.
namespace octotrail::store {

event::Status writeDetectionState(duckdb::Connection &connection, const DetectionCommit &commit);
event::Status forgetDetection(duckdb::Connection &connection, const QString &engine);
event::Result<Seq> readDetectionCursor(duckdb::Connection &connection, const QString &engine);
event::Result<std::map<std::string, std::string>> readDetectionState(
    duckdb::Connection &connection, const QString &engine);

} // namespace octotrail::store
