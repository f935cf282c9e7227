// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Json.h"
#include "filter/ProfileIndex.h"
#include "filter/ProfilePath.h"
#include "store/Records.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::exchange {

/// Reads the values of chosen paths from events, one column a path. For one thread.
class ColumnReader
{
public:
    /// source is a column of its own: the name of the event's source. profiles are asked for paths such as
    /// actor.profile.department.
    static event::Result<ColumnReader> create(const std::vector<std::string> &paths,
        std::map<store::SourceId, std::string> sourceNames, filter::ProfileIndexPtr profiles = {});

    /// What becomes of notes and tags before they are told.
    void setNoteText(std::function<std::string(std::string_view)> shown) { m_noteText = std::move(shown); }

    /// Every field that has a column in the store, and the targets' members.
    static std::vector<std::string> allPaths();

    std::size_t size() const { return m_columns.size(); }
    const std::string &path(std::size_t column) const { return m_columns[column].path; }

    /// Calls visit with every value that the column has in this event, in the order of the event.
    void visit(const store::StoredEvent &stored, std::size_t column,
        const std::function<void(std::string_view text, event::JsonKind kind)> &visit) const;

private:
    enum class Kind { Field, TargetMember, Targets, Source, Profile, Path };
    struct Column
    {
        std::string path;
        Kind kind = Kind::Path;
        std::size_t index = 0; ///< the FieldId, or the index of the target's member
        event::FieldPath parsed;
        std::optional<filter::ProfilePath> profile;
    };

    std::vector<Column> m_columns;
    std::map<store::SourceId, std::string> m_sourceNames;
    filter::ProfileIndexPtr m_profiles;
    std::function<std::string(std::string_view)> m_noteText;
};

} // namespace octotrail::exchange
