// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/Importer.h"

namespace octotrail::exchange {

/// Writes what an import skipped or could not read in full as CSV: file, line (empty if it is about the whole file) and
/// what is wrong; the last row tells of problems beyond those in the list. Replaces the file once all is written. Waits
/// for the disk.
event::Status writeProblemReport(const QList<ImportProblem> &problems, qint64 total, const QString &fileName);

} // namespace octotrail::exchange
