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

/// JSON documents by id. Filled once, then read from any thread.
class DocumentIndex
{
public:
    /// Of two with one id the later one counts.
    void add(std::string id, std::string json);
    std::size_t size() const { return m_byId.size(); }

    /// The JSON; without data() if nothing has this id.
    std::string_view find(std::string_view id) const;
    std::vector<std::string_view> ids() const;

    /// The ids of all in which the path names a value that is wanted. The values of a path are read once and kept.
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

/// What is known beside the events, so that a filter can ask it: the users and devices of whom events speak, by their
/// id (actor.profile.department eq "Finance"), and what analysts have noted of events, by uuid (annotation.tag eq "x").
/// A snapshot: filled once, then read from any thread.
///
/// Okta's ids are unique across organizations: a profile is found whichever source an event came from, so that imported
/// events find theirs, too.
class ProfileIndex
{
public:
    ProfileIndex() = default;
    /// Of snapshots that others may have, too.
    ProfileIndex(std::shared_ptr<DocumentIndex> profiles, std::shared_ptr<DocumentIndex> annotations)
        : m_profiles(std::move(profiles))
        , m_annotations(std::move(annotations))
    { }

    /// Of two with one id the later one counts.
    void add(std::string id, std::string json) { m_profiles->add(std::move(id), std::move(json)); }
    void addAnnotation(std::string uuid, std::string json) { m_annotations->add(std::move(uuid), std::move(json)); }
    std::size_t size() const { return m_profiles->size(); }

    /// The JSON as Okta told it, or the annotation of the event with this uuid; without data() if there is none.
    std::string_view find(std::string_view id) const;

    /// The ids of all of whom the path names a value that is wanted. The values of a path are read once and kept.
    std::vector<std::string_view> idsWith(
        const event::FieldPath &path, const std::function<bool(std::string_view value)> &wants) const
    {
        return m_profiles->idsWith(path, wants);
    }
    /// The same of annotations: uuids of events.
    std::vector<std::string_view> annotatedWith(
        const event::FieldPath &path, const std::function<bool(std::string_view value)> &wants) const
    {
        return m_annotations->idsWith(path, wants);
    }
    std::vector<std::string_view> annotated() const { return m_annotations->ids(); }

private:
    std::shared_ptr<DocumentIndex> m_profiles = std::make_shared<DocumentIndex>();
    std::shared_ptr<DocumentIndex> m_annotations = std::make_shared<DocumentIndex>();
};

using ProfileIndexPtr = std::shared_ptr<const ProfileIndex>;

} // namespace octotrail::filter
