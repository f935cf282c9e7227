// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Placeholders.h"
#include "detect/Problem.h"
#include "detect/SigmaText.h"
#include "filter/Expression.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::detect {

/// What the modifiers of an item say together.
struct SigmaModifiers
{
    /// How the value is compared.
    enum class Test { Text, Contains, StartsWith, EndsWith, Exists, Regex, Cidr, Order, FieldRef };
    /// How the value is changed before.
    enum class Change { Base64, Base64Offset, Utf16Le, Utf16Be, Utf16WithMark, Windash, Expand };

    Test test = Test::Text;
    filter::Operator order = filter::Operator::Gt; ///< of Test::Order
    bool all = false;
    bool cased = false;
    bool neq = false;
    bool fieldRef = false; ///< with Test::Contains, StartsWith and EndsWith, too
    std::string regexFlags; ///< of i, m and s
    std::string timePart; ///< minute, hour, ...; empty: the field itself
    std::vector<Change> changes; ///< in their order

    /// Reads "contains|all|cased"; unknown ones, and ones that do not go together, are a problem.
    static Checked<SigmaModifiers> parse(std::string_view text, int line);

    /// The values that a written value becomes: several after base64offset, windash and expand.
    Checked<std::vector<SigmaText>> changed(const std::string &written, int line, const Placeholders &known) const;
};

} // namespace octotrail::detect
