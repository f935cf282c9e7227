// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Expression.h"

#include <string>
#include <vector>

namespace octotrail::filter {

class ProfileIndex;

/// A condition over the store's events table for people to read and run: its literals stand in the text, and DuckDB
/// needs none of the store's own functions for it.
struct SqlText
{
    std::string condition; ///< "true" for an expression that matches all
    std::vector<std::string> leftOut; ///< terms that no column can decide: without them there may be more events
    /// There are IPv6 networks, for which DuckDB has no function: in_network() of the store's is called.
    bool needsFunctions = false;
};

SqlText toSqlText(const Expression &expression, const ProfileIndex *profiles);

} // namespace octotrail::filter
