// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/AlertReport.h"

#include <QString>

namespace octotrail::ui {

/// A report as CSV: a row for each rule, actor or technique, and a column for each bin.
QString reportAsCsv(const detect::AlertReport &report, detect::ReportBy by);
/// The coverage as CSV: a row for each technique of a tactic.
QString coverageAsCsv(const std::vector<detect::CoverageColumn> &columns);

} // namespace octotrail::ui
