// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <string>
#include <string_view>

namespace octotrail::exchange {

/// Appends a cell as RFC 4180 has it, with a leading apostrophe where a spreadsheet would take a text for a formula; a
/// number is no formula, whatever its sign.
void appendCsvCell(std::string &row, std::string_view text, bool isNumber);

/// A line of cells that are all texts, guarded in the same way, with its end.
QString csvLine(const QStringList &cells);

} // namespace octotrail::exchange
