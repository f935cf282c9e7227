// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Possibility.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace octotrail::store {

/// Among a block's filters stands one that lists the values of its events' members, by the members' names: most names
/// have few different ones in a block. It tells what filters of pieces cannot: that no value of a path in the bytes is
/// a short text, or greater than a number, or goes with a regular expression, and that no event has the path.

/// The list, in a part; one that tells nothing if an event could not be read, or there are too many names.
std::string blockValues(std::span<const std::string_view> events);

/// A list read. One thread.
class BlockValues
{
public:
    /// nullopt if the filter is of another kind, or is none. What it gives lives until the next call in the thread.
    static std::optional<BlockValues> read(std::string_view filter);

    bool mayMatch(const filter::Possibility &possibility) const;
    /// Whether the list knows all values of the events.
    bool admits(std::span<const std::string_view> events) const;

private:
    explicit BlockValues(std::string_view lists)
        : m_lists(lists)
    { }
    /// As filter::Possibility::HasValue.
    bool hasValue(std::string_view name, const std::function<bool(std::string_view value)> &passes) const;

    std::string_view m_lists;
};

} // namespace octotrail::store
