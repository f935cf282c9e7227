// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"
#include "store/duckdb/Connection.h"

namespace octotrail::store {

/// Replaces the checkpoint of the source's stream, within the caller's transaction.
event::Status putCheckpoint(duckdb::Connection &connection, SourceId source, const Checkpoint &checkpoint);
event::Result<std::optional<Checkpoint>> readCheckpoint(
    duckdb::Connection &connection, SourceId source, const QString &stream);

} // namespace octotrail::store
