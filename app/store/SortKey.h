// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::store {

/// What events are put in order by.
struct SortKey
{
    std::string path; ///< as columns are named, whatever case it was asked for in
    std::string expression; ///< in SQL over the events table; texts are folded
    bool isText = true;
};

/// By which a path is sorted; nullopt if nothing can be sorted by it.
std::optional<SortKey> sortKey(std::string_view path);

/// All texts that have a column or stand in targets: those that are dear to sort by.
std::vector<SortKey> textSortKeys();

/// What ORDER BY has behind it: events without one come last, those with the same in the order of time.
std::string orderBy(const SortKey &key, bool descending);
/// The same for time alone.
std::string orderByTime(bool descending);

} // namespace octotrail::store
