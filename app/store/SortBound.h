// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/QueryPlan.h"

#include <optional>

namespace octotrail::store {

/// The last of some events that were put in order by a value and then by time: of more events than these, as many come
/// no later than it. So only the few that do have to be put in order, where many match and a screenful is wanted.
class SortBound
{
public:
    /// The event at the place in the plan's order, counted from 1; nothing if there are fewer, or it has no value.
    static event::Result<std::optional<SortBound>> ofPlace(
        duckdb::Connection &connection, const QueryPlan &plan, std::int64_t place);

    /// Of another plan with the same order, what comes no later.
    QueryPlan within(QueryPlan plan, bool descending) const;

private:
    SortBound(filter::SqlValue value, event::Timestamp published)
        : m_value(std::move(value))
        , m_published(published)
    { }

    filter::SqlValue m_value;
    event::Timestamp m_published;
};

} // namespace octotrail::store
