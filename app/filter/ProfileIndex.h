// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Json.h"

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace octotrail::filter {

/// The users and devices of whom events speak, by id, so that a filter can ask what they are:
/// actor.profile.department eq "Finance". A snapshot: filled once, then read from any thread.
///
/// Okta's ids are unique across organizations: a profile is found whichever source an event came from, so that imported
/// events find theirs, too.
class ProfileIndex
{
public:
    /// Of two with one id the later one counts.
    void add(std::string id, std::string json);
    std::size_t size() const { return m_byId.size(); }

    /// The JSON as Okta told it; without data() if nobody has this id.
    std::string_view find(std::string_view id) const;

    /// The ids of all of whom the path names a value that is wanted. The values of a path are read once and kept.
    std::vector<std::string_view> idsWith(
        const event::FieldPath &path, const std::function<bool(std::string_view value)> &wants) const;

private:
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    using Values = std::vector<std::pair<std::string_view, std::string>>; ///< id, value; an id's stand together
    std::shared_ptr<const Values> valuesOf(const event::FieldPath &path) const;

    std::unordered_map<std::string, std::string, Hash, std::equal_to<>> m_byId;
    mutable std::mutex m_mutex;
    mutable std::list<std::pair<std::string, std::shared_ptr<const Values>>> m_values; ///< last used first
};

using ProfileIndexPtr = std::shared_ptr<const ProfileIndex>;

} // namespace octotrail::filter
