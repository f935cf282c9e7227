// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Expression.h"
#include "filter/Folding.h"

#include <string>
#include <string_view>
#include <vector>

namespace octotrail::filter {

/// What must be written in the bytes of every event that matches: seen without reading the event, and of many events
/// at once. Read-only, so safe to share between threads.
class RequiredTexts
{
public:
    /// One of these: parts of literals that JSON writes as they are, folded.
    using AnyOf = std::vector<FoldedSearch>;

    RequiredTexts(const Expression &expression, const std::vector<std::string> &words);

    /// Of each of these lists some text occurs, but in events that mayHideAscii(). None: nothing is known.
    const std::vector<AnyOf> &lists() const { return m_lists; }

    /// Whether the event may match: false only if it does not.
    bool mayMatch(std::string_view json) const;

private:
    std::vector<AnyOf> m_lists;
};

} // namespace octotrail::filter
