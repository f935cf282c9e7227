// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Match.h"
#include "store/AlertRecords.h"

#include <vector>

namespace octotrail::detect {

/// The match as the store takes it.
store::Finding findingOf(const Match &match);

/// The matches as findings, one each: only then does it make no difference which of them are committed together.
std::vector<store::Finding> findingsOf(const std::vector<Match> &matches);

} // namespace octotrail::detect
