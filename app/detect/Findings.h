// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Match.h"
#include "store/AlertRecords.h"

#include <vector>

namespace octotrail::detect {

/// The match as the store takes it.
store::Finding findingOf(const Match &match);

/// The matches as findings. Those of a correlation that join in one alert anyway are put together, so that a flood of
/// events makes few of them.
std::vector<store::Finding> findingsOf(const std::vector<Match> &matches);

} // namespace octotrail::detect
