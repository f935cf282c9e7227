// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Placeholders.h"
#include "detect/Problem.h"
#include "detect/Yaml.h"
#include "filter/Expression.h"

namespace octotrail::detect {

/// Compiles the detection section of a Sigma rule (or the filter section of a Sigma filter) to an expression, with
/// which the same rule watches new events and searches the store. A list of conditions holds if one of them does.
Checked<filter::NodePtr> compileDetection(const YamlNode &section, const Placeholders &placeholders);

} // namespace octotrail::detect
