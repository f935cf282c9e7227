// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Expression.h"

#include <string>
#include <string_view>
#include <vector>

namespace octotrail::filter {

/// Part of a filter that is to hold together with the others, in the spelling of whoever wrote it.
struct Term
{
    std::string text;
    bool isEnabled = true; ///< otherwise kept, but not applied
    bool isWord = false; ///< of a keyword search, not of an expression
    bool operator==(const Term &) const = default;
};

/// A filter as the list of the terms that it joins with "and", some of which may be switched off: what a row of chips
/// shows of the text in a filter field. A text with an "or" outside of brackets is one term; of a keyword search each
/// word is one.
class TermList
{
public:
    /// What is switched off, and where among all terms it stands.
    struct Disabled
    {
        std::size_t place = 0;
        std::string text;
        bool isWord = false;
        bool operator==(const Disabled &) const = default;
    };

    TermList() = default;
    /// Fails where parseInput() does. Places beyond the end are the end.
    static event::Result<TermList> read(std::string_view text, const std::vector<Disabled> &disabled = {});

    const std::vector<Term> &terms() const { return m_terms; }
    bool isEmpty() const { return m_terms.empty(); }
    /// The filter: of the terms that are enabled. Words beside comparisons become * co "word".
    std::string text() const;
    std::vector<Disabled> disabled() const;

    /// Takes over a text that was written anew: what is switched off keeps its place among the others. Fails, and
    /// changes nothing, where parseInput() does.
    event::Status setText(std::string_view text);

    /// Each takes a place that exists; text must be an expression, in one piece or with "and"s that divide it.
    event::Status insert(std::size_t place, std::string_view text);
    event::Status replace(std::size_t place, std::string_view text);
    void remove(std::size_t place);
    /// The term stands at the other place afterwards.
    void move(std::size_t from, std::size_t to);
    void setEnabled(std::size_t place, bool isEnabled);
    void negate(std::size_t place);

    bool operator==(const TermList &) const = default;

private:
    std::vector<Term> m_terms;
};

/// The terms that an expression joins with "and" outside of brackets, as they are written; the expression itself if it
/// is of one piece, or is none.
std::vector<std::string> splitConjunction(std::string_view expression);

/// The input as an expression that others can be joined to: words become * co "word". What is no input stays as it is.
std::string expressionText(std::string_view input, Schema schema = Schema::SystemLog);

/// The opposite of an expression: eq and ne change places, a not is taken away, others get one.
std::string negationText(std::string_view expression);

} // namespace octotrail::filter
