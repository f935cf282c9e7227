// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Expression.h"

#include <string>
#include <string_view>
#include <vector>

namespace octotrail::detect {

/// A Sigma string: text with wildcards. * is any text, ? any one character; a backslash takes the meaning from a
/// wildcard or a backslash behind it, and stands for itself before anything else.
class SigmaText
{
public:
    static SigmaText parse(std::string_view written);
    /// All of it as it is.
    static SigmaText literal(std::string text);

    /// With * before or behind, unless it is there.
    SigmaText open(bool atStart, bool atEnd) const;

    bool hasWildcards() const;
    /// Without its wildcards; all of the text if it has none.
    std::string plain() const;

    /// op and literal that say the same of a value as this text: eq, co, sw, ew, or re where these cannot.
    struct Test
    {
        filter::Operator op = filter::Operator::Eq;
        std::string text;
    };
    Test test(bool isCaseSensitive) const;

private:
    struct Part
    {
        enum class Kind { Text, Many, One };

        Kind kind = Kind::Text;
        std::string text;
    };
    void append(Part::Kind wildcard);

    std::vector<Part> m_parts;
};

/// The text with everything escaped that means something in RE2.
std::string quotedForRegex(std::string_view text);

} // namespace octotrail::detect
