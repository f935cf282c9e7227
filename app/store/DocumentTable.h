// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Documents.h"
#include "store/duckdb/Connection.h"

namespace octotrail::store {

/// Makes the tables of documents and of their versions.
event::Status createDocuments(duckdb::Connection &connection);

event::Result<std::vector<Document>> readDocuments(duckdb::Connection &connection, const QString &kind);
event::Result<std::vector<DocumentVersion>> readVersions(
    duckdb::Connection &connection, const QString &kind, const QString &id);
/// Each within the caller's transaction.
event::Status writeDocument(duckdb::Connection &connection, const Document &document, bool keepVersion);
event::Status removeDocument(duckdb::Connection &connection, const QString &kind, const QString &id);

} // namespace octotrail::store
