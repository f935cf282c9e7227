// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/FieldCatalogue.h"
#include "event/Json.h"
#include "store/Schema.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace octotrail::store {

/// The member of targets that a path names; target alone stands for its alternateId. Nothing for other paths.
inline std::optional<std::string_view> targetMember(std::string_view path)
{
    constexpr std::string_view prefix = "target.";
    if (path == "target") {
        return "alternateId";
    }
    if (!path.starts_with(prefix)) {
        return std::nullopt;
    }
    const auto member = std::ranges::find(event::targetMembers, path.substr(prefix.size()));
    return member == event::targetMembers.end() ? std::nullopt : std::optional(*member);
}

/// The key of the map of debugData that a path names; nothing for paths of fields, and for what lies deeper.
inline std::optional<std::string> debugDataKey(std::string_view path)
{
    if (!path.starts_with(event::debugDataPrefix)) {
        return std::nullopt;
    }
    const event::FieldPath whole(path);
    const bool isKey = whole.segments().size() == 3 && !event::fieldByPath(whole.toString());
    return isKey ? std::optional(whole.segments().back()) : std::nullopt;
}

/// The key's value in SQL.
inline std::string debugDataValue(std::string_view key)
{
    return "map_extract_value(\"debugData\", " + schema::literal(key) + ")";
}

} // namespace octotrail::store
