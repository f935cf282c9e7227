// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"
#include "filter/Expression.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace octotrail::filter {

struct SqlBlob
{
    std::string bytes;
};
using SqlValue = std::variant<std::string, std::int64_t, double, bool, event::Timestamp, SqlBlob>;

class ProfileIndex;

/// A condition over the store's events table, with positional parameters (?): no literal of the user's stands in the
/// text. Columns are named by the fields' paths, quoted. It is never NULL.
struct SqlCondition
{
    std::string text; ///< "true" for an expression that matches all
    std::vector<SqlValue> parameters;
    /// Whether the condition decides alone. Otherwise it holds for every event that matches and for some that do
    /// not: candidates, to be asked of Matcher with the event's bytes.
    bool exact = true;
};

/// The store provides beside its columns: targets as "target" (a list of structs of event::targetMembers),
/// the rest of debugData as "debugData" (MAP(VARCHAR, VARCHAR)), and the scalar functions
/// in_network(VARCHAR address, VARCHAR network) -> BOOLEAN, which is inNetwork() below, and
/// in_ids(VARCHAR id, BLOB ids) -> BOOLEAN, which is isInIds() of IdSet.h.
/// What is said of profiles is asked of these; without them nobody has one.
SqlCondition toSql(const Expression &expression, const ProfileIndex *profiles = nullptr);

/// Whether the text is an IPv4 or IPv6 address inside the network ("10.0.0.0/8", "2001:db8::/32", or one address).
bool inNetwork(std::string_view address, std::string_view network);

} // namespace octotrail::filter
