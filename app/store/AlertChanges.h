// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/AlertRecords.h"
#include "store/duckdb/Connection.h"

/// What an analyst does to alerts. Each in a transaction of its own.
namespace octotrail::store {

event::Result<AlertUndo> changeState(duckdb::Connection &connection, const std::vector<AlertId> &ids, AlertState state);
event::Result<AlertUndo> changeAssignee(
    duckdb::Connection &connection, const std::vector<AlertId> &ids, const QString &assignee);
event::Result<AlertUndo> removeAlerts(duckdb::Connection &connection, const std::vector<AlertId> &ids);
event::Status undoChange(duckdb::Connection &connection, const AlertUndo &undo);
event::Status addNote(duckdb::Connection &connection, const std::vector<AlertId> &ids, const QString &text);

} // namespace octotrail::store
