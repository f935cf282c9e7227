// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Problem.h"
#include "filter/Expression.h"

#include <map>
#include <string>
#include <string_view>

namespace octotrail::detect {

/// What the identifiers of a condition stand for, in the order of their names.
using Selections = std::map<std::string, filter::NodePtr>;

/// Compiles Sigma's condition language: or, and, not, brackets, names, and "1 of", "any of" and "all of" with "them" or
/// a pattern. Words of the language in any case; names that begin with _ are not of "them".
Checked<filter::NodePtr> compileCondition(std::string_view text, int line, const Selections &selections);

} // namespace octotrail::detect
