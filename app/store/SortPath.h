// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace octotrail::store {

/// Whether EventQuery::sortPath may be this path: a field with a column, target (the first one's alternateId),
/// target.id and its sisters, a key of debugData, or source.
bool canSortBy(std::string_view path);

} // namespace octotrail::store
