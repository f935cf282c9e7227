// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/ProfileIndex.h"
#include "store/AnnotationRecords.h"
#include "store/duckdb/Connection.h"

#include <memory>
#include <span>

namespace octotrail::store {

/// For a migration.
event::Status createAnnotations(duckdb::Connection &connection);

/// All, in the time of the events, with the seqs that those have now.
event::Result<std::vector<Annotation>> readAnnotations(duckdb::Connection &connection);

/// The annotations of these events, an empty one for each that has none. Seqs that are not there are left out.
event::Result<std::vector<Annotation>> readAnnotationsOf(duckdb::Connection &connection, std::span<const Seq> seqs);
/// The same by uuid, without those that have none.
event::Result<std::vector<Annotation>> readAnnotationsOf(
    duckdb::Connection &connection, std::span<const QString> uuids);

/// Within the caller's transaction: replaces the annotations of their uuids; an empty one goes.
event::Status writeAnnotations(duckdb::Connection &connection, std::span<const Annotation> annotations);

/// {"bookmarked":true,"tag":["phishing"],"note":"..."} by uuid, as filters ask them.
event::Result<std::shared_ptr<filter::DocumentIndex>> readAnnotationDocuments(duckdb::Connection &connection);

} // namespace octotrail::store
