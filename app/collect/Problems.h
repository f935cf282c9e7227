// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/SourceStatus.h"

namespace octotrail::collect {

/// Keeps the sentence as the last thing that went wrong, and among the last hundred of them.
void addProblem(SourceStatus &status, const QString &sentence);

} // namespace octotrail::collect
