// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/EventFlow.h"

namespace octotrail::exchange {

/// Writes the flow's events as Parquet. DuckDB writes the file by itself: in a private folder beside the target, moved
/// to its place when it is whole. Redacted events go through a store of their own there, so that its columns are made
/// of them as the case's are of the case's; they are ordered by the time.
event::Result<ExportProgress> writeParquetFile(EventFlow &flow, const QString &fileName);

} // namespace octotrail::exchange
