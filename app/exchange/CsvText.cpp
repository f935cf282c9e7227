// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/CsvText.h"

#include <algorithm>

namespace octotrail::exchange {

namespace {

/// The first characters by which a spreadsheet takes a cell for a formula.
constexpr std::string_view formulaStarts = "=+-@\t\r";

bool needsQuotes(char c)
{
    return c == '"' || c == ',' || c == '\r' || c == '\n';
}

} // namespace

void appendCsvCell(std::string &row, std::string_view text, bool isNumber)
{
    const bool guard = !isNumber && !text.empty() && formulaStarts.find(text.front()) != std::string_view::npos;
    const bool quote = std::ranges::any_of(text, needsQuotes) || text.starts_with(' ') || text.ends_with(' ') || guard;
    if (!quote) {
        row += text;
        return;
    }
    row += '"';
    if (guard) {
        row += '\'';
    }
    for (const char c : text) {
        if (c == '"') {
            row += '"';
        }
        row += c;
    }
    row += '"';
}

} // namespace octotrail::exchange
