// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/duckdb/Connection.h"

#include <QString>
#include <string>

namespace octotrail::store {

/// Whether this is a single statement that only reads the store, by DuckDB's own parser. Otherwise InvalidInput with a
/// sentence, and the column where there is one.
event::Status checkReadOnly(duckdb::Connection &connection, const std::string &sql);

/// DuckDB's complaint about a statement in words for who wrote it: InvalidInput with its column, if it is about the
/// statement. What is about the store stays as it is.
event::Error wordedSql(const event::Error &error, const QString &sql);

/// The limits of the whole database, once its file is attached: no files but the store's own and those in the folder
/// for exports, no more spilled than this.
event::Status confineDatabase(duckdb::Connection &connection, const QString &file);
/// The folder beside the store in which DuckDB may write a file for us; it is there only while one is written.
QString exportFolder(const QString &storeFile);

} // namespace octotrail::store
