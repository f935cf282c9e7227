// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Matcher.h"
#include "simulator/Reply.h"

#include <QString>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace octotrail::simulator {

/// The filter and q of a request for the log, with the limits that Okta sets to them: no published, no value paths,
/// no operators beyond Okta's own; ten keywords of forty characters, each a whole token.
class LogFilter
{
public:
    static tl::expected<LogFilter, Reply> make(const QString &expression, const QString &keywords);

    bool matchesAll() const { return !m_matcher && m_keywords.empty(); }
    bool matches(std::string_view line, event::EventReader &reader) const;

private:
    std::optional<filter::Matcher> m_matcher;
    std::vector<std::string> m_keywords; ///< case folded
};

} // namespace octotrail::simulator
