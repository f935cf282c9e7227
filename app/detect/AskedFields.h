// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Rule.h"

#include <vector>

namespace octotrail::detect {

/// For each of the rules, in their order: the fields that detectors ask of an event once it is known to match, for the
/// rule's own alerts and for the correlations among the rules that take its matches.
std::vector<std::vector<FieldName>> askedFields(const std::vector<RulePtr> &rules);

} // namespace octotrail::detect
