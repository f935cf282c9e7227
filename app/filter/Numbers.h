// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace octotrail::filter {

/// RFC 8259's numbers as a regular expression, for what has to be asked of SQL.
inline constexpr std::string_view jsonNumberPattern = R"(-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?)";

bool isJsonNumber(std::string_view text);

/// The number if the whole text is a JSON number. Too large is infinite, too small is 0, as SQL's cast has it.
std::optional<double> jsonNumber(std::string_view text);

/// What the event library accepts for fields of type Number: also .5 and 5.
std::optional<double> looseNumber(std::string_view text);

std::optional<std::int64_t> integer(std::string_view text);

} // namespace octotrail::filter
