// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

namespace octotrail::detect {

/// What %name% stands for in values with the modifier expand.
using Placeholders = std::map<std::string, std::vector<std::string>>;

} // namespace octotrail::detect
