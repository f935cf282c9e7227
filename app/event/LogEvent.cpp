// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/LogEvent.h"

namespace octotrail::event {

LogEvent LogEvent::fromBytes(std::string bytes)
{
    thread_local EventReader reader;
    return reader.read(std::move(bytes));
}

std::optional<std::string_view> LogEvent::view(Slice s) const
{
    if (s.length == Slice::absent) {
        return std::nullopt;
    }
    return std::string_view(m_text).substr(s.offset, s.length);
}

std::string_view LogEvent::uuid() const
{
    return text(field::Uuid).value_or(std::string_view{});
}

std::optional<std::string_view> LogEvent::text(FieldId id) const
{
    return id < m_fields.size() ? view(m_fields[id]) : std::nullopt;
}

std::vector<LogEvent::Target> LogEvent::targets() const
{
    std::vector<Target> targets;
    targets.reserve(m_targets.size());
    for (const auto &slices : m_targets) {
        targets.push_back({view(slices[0]), view(slices[1]), view(slices[2]), view(slices[3])});
    }
    return targets;
}

std::vector<std::pair<std::string_view, std::string_view>> LogEvent::debugData() const
{
    std::vector<std::pair<std::string_view, std::string_view>> entries;
    entries.reserve(m_debugData.size());
    for (const auto &[key, value] : m_debugData) {
        entries.emplace_back(*view(key), *view(value));
    }
    return entries;
}

} // namespace octotrail::event
