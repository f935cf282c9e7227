// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Expression.h"

#include <optional>
#include <string>
#include <string_view>

/// The words of the language.
namespace octotrail::filter::operators {

/// The operator's spelling: eq.
std::string_view name(Operator op);

/// Whether the operator may have field(...) on its right.
bool comparesFields(Operator op);

/// The operator of this name, in any case.
std::optional<Operator> fromName(std::string_view name);

/// The word that was probably meant: "eq" for "==" or "equals", "and" for "&&"; empty if nothing comes to mind.
std::string_view guess(std::string_view word);

/// "eq, ne, co, ... and cidr".
std::string_view allNames();

/// The text in lower case, for words of the language, which are ASCII.
std::string lower(std::string_view ascii);

} // namespace octotrail::filter::operators
