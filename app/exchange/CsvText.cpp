// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/CsvText.h"

#include <algorithm>

namespace octotrail::exchange {

namespace {

/// The characters with which a formula begins in a spreadsheet, and those that it passes over before them. The wide
/// ones are taken for the others where people write with them.
constexpr std::string_view formulaStarts[]{
    "=", "+", "-", "@", "\t", "\r", "\n", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};

bool needsQuotes(char c)
{
    return c == '"' || c == ',' || c == '\r' || c == '\n';
}

} // namespace

bool isLikeFormula(std::string_view text)
{
    return std::ranges::any_of(formulaStarts, [text](std::string_view start) { return text.starts_with(start); });
}

void appendCsvCell(std::string &row, std::string_view text, bool isNumber)
{
    const bool guard = !isNumber && isLikeFormula(text);
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
