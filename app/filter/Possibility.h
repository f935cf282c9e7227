// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Expression.h"

#include <functional>
#include <memory>
#include <string_view>

namespace octotrail::filter {

/// Whether an expression can match any of some events of which no more is known than the values that members of a
/// name have in them, wherever these members are. It is asked of values that stand in the bytes alone, by any
/// operator. Read-only, so safe to share between threads.
class Possibility
{
public:
    explicit Possibility(const Expression &expression);

    /// Members' values tell nothing about it.
    bool isEmpty() const { return !m_term; }

    /// Calls passes with each value of the members of that name until it returns true, and tells whether it did. True,
    /// too, if the values are not known.
    using HasValue
        = std::function<bool(std::string_view name, const std::function<bool(std::string_view value)> &passes)>;
    /// False only if no event matches.
    bool isGiven(const HasValue &hasValue) const;

    struct Term;

private:
    std::shared_ptr<const Term> m_term;
};

} // namespace octotrail::filter
