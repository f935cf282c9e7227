// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Expression.h"

#include <QString>
#include <cstddef>
#include <optional>

namespace octotrail::filter {
class Scanner;
}

/// Which literals a comparison can use.
namespace octotrail::filter::literals {

/// Reads a literal off the text, for this operator; nullopt if the scanner has failed.
std::optional<Literal> take(Scanner &scanner, Operator op);

/// The literal as fields of this type compare it ("5" is 5 for a number), or nullopt if they cannot.
std::optional<Literal> fitted(const Literal &literal, event::FieldType type);

/// The re of a comparison, as every part of Octotrail sees it, is sound: the sentence that says why not, or empty.
QString defectOfRegex(const std::string &pattern);

struct Problem
{
    QString sentence;
    std::optional<std::size_t> literal; ///< which one is wrong; nullopt if it is the operator
};

/// What is wrong with a comparison. Brings its literals into the form of fitted().
std::optional<Problem> check(Comparison &comparison);

} // namespace octotrail::filter::literals
