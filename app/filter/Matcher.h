// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/LogEvent.h"
#include "filter/Expression.h"
#include "filter/ProfileIndex.h"

#include <memory>
#include <string_view>

namespace octotrail::filter {

/// Decides for one event in memory whether it matches: for live rows, for detections, and for what the store
/// cannot decide in SQL. Compiled once (regular expressions, networks, folded literals), then read-only:
/// safe to share between threads.
class Matcher
{
public:
    /// Profiles are those of whom events speak; without them nobody has one.
    explicit Matcher(
        const Expression &expression, const std::vector<std::string> &words = {}, ProfileIndexPtr profiles = {});
    explicit Matcher(const Input &input)
        : Matcher(input.expression, input.words)
    { }

    bool matches(const event::LogEvent &event) const;

    /// For documents that are no events: users and devices. Every path is read from the JSON.
    bool matchesJson(std::string_view json) const;

    struct Compiled;

private:
    std::shared_ptr<const Compiled> m_compiled;
};

/// Whether every word occurs in some value of the document, without regard to case. Key names do not count.
bool containsWords(std::string_view json, const std::vector<std::string> &words);

} // namespace octotrail::filter
