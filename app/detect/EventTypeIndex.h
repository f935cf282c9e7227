// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/LogEvent.h"
#include "filter/Expression.h"

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace octotrail::detect {

/// Tells for an event's type which of many expressions can match at all: most rules are about a few types, so that few
/// of them need to be asked about an event. Not thread-safe: it remembers what it has found out.
class EventTypeIndex
{
public:
    explicit EventTypeIndex(const std::vector<const filter::Expression *> &expressions);
    ~EventTypeIndex();

    /// The indexes of the expressions, growing.
    const std::vector<std::size_t> &candidates(const event::LogEvent &event);

    /// Whether the expression can match events of this type, or events without one.
    bool mayMatch(std::size_t expression, std::optional<std::string_view> type) const;

private:
    struct Condition;

    std::vector<std::size_t> find(std::optional<std::string_view> type) const;

    std::vector<std::unique_ptr<Condition>> m_conditions;
    std::unordered_map<std::string, std::vector<std::size_t>> m_known;
    std::vector<std::size_t> m_unkept;
};

} // namespace octotrail::detect
