// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Correlation.h"
#include "event/LogEvent.h"

#include <string>
#include <vector>

namespace octotrail::detect {

/// Reads the values of one field from events: of columns where it has one, else from the bytes. Any thread.
class EventValues
{
public:
    explicit EventValues(FieldName field);

    const FieldName &field() const { return m_field; }

    /// Not more than most, none empty, each cut to a length that any sound value has.
    std::vector<std::string> of(const event::LogEvent &event, std::size_t most = 16) const;
    /// The first one, or empty.
    std::string first(const event::LogEvent &event) const;

private:
    FieldName m_field;
    std::optional<event::FieldId> m_column;
    std::optional<std::size_t> m_targetMember;
};

} // namespace octotrail::detect
