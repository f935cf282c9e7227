// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/EventValues.h"

#include <algorithm>
#include <array>

namespace octotrail::detect {

namespace {

constexpr std::size_t maxLength = 500;

std::string cut(std::string_view text)
{
    if (text.size() <= maxLength) {
        return std::string(text);
    }
    auto end = maxLength;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) {
        --end;
    }
    return std::string(text.substr(0, end));
}

} // namespace

EventValues::EventValues(FieldName field)
    : m_field(std::move(field))
    , m_column(event::fieldByPath(m_field.path.toString()))
{
    const auto &segments = m_field.path.segments();
    if (segments.size() == 2 && segments[0] == "target") {
        const auto member = std::ranges::find(event::targetMembers, segments[1]);
        if (member != event::targetMembers.end()) {
            m_targetMember = static_cast<std::size_t>(member - event::targetMembers.begin());
        }
    }
}

std::vector<std::string> EventValues::of(const event::LogEvent &event, std::size_t most) const
{
    std::vector<std::string> values;
    const auto add = [&](std::string_view text) {
        if (!text.empty() && values.size() < most) {
            std::string value = cut(text);
            if (std::ranges::find(values, value) == values.end()) {
                values.push_back(std::move(value));
            }
        }
        return values.size() < most;
    };
    if (m_column) {
        if (const auto text = event.text(*m_column)) {
            add(*text);
        }
    } else if (m_targetMember) {
        for (const auto &target : event.targets()) {
            const std::array members{target.id, target.type, target.alternateId, target.displayName};
            if (const auto &text = members[*m_targetMember]; text && !add(*text)) {
                break;
            }
        }
    } else {
        const auto give = [&](std::string_view text, event::JsonKind) { return add(text); };
        if (m_field.reach == filter::Reach::AnyCase) {
            event::visitValuesInAnyCase(event.bytes(), m_field.path, give);
        } else {
            event::visitValues(event.bytes(), m_field.path, give);
        }
    }
    return values;
}

std::string EventValues::first(const event::LogEvent &event) const
{
    auto values = of(event, 1);
    return values.empty() ? std::string() : std::move(values.front());
}

} // namespace octotrail::detect
