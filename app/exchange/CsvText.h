// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace octotrail::exchange {

/// Whether a spreadsheet would take the text for a formula.
bool isLikeFormula(std::string_view text);

/// Appends a cell as RFC 4180 has it, with a leading apostrophe where a spreadsheet would take a text for a formula; a
/// number is no formula, whatever its sign.
void appendCsvCell(std::string &row, std::string_view text, bool isNumber);

} // namespace octotrail::exchange
