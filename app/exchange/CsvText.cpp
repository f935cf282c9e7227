// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/CsvText.h"

#include <algorithm>
#include <array>
#include <span>

namespace octotrail::exchange {

using namespace Qt::StringLiterals;

namespace {

/// The characters with which a formula begins in a spreadsheet, and those that it passes over before them. The wide
/// ones are taken for the others where people write with them.
constexpr auto formulaStarts = std::to_array<std::string_view>(
    {"=", "+", "-", "@", "\t", "\r", "\n", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"});

/// With one of these a cell must stand in quotes.
constexpr auto separators = std::to_array<std::string_view>({"\"", ",", "\r", "\n"});

/// For each byte, whether one of the texts begins with it: what a cell is asked first, for most have none of them.
using Bytes = std::array<bool, 256>;

constexpr Bytes firstBytesOf(std::span<const std::string_view> texts)
{
    Bytes bytes{};
    for (const std::string_view text : texts) {
        bytes[static_cast<unsigned char>(text.front())] = true;
    }
    return bytes;
}

constexpr Bytes formulaBytes = firstBytesOf(formulaStarts);
constexpr Bytes separatorBytes = firstBytesOf(separators);

bool isAmong(const Bytes &bytes, char c)
{
    return bytes[static_cast<unsigned char>(c)];
}

bool isLikeFormula(std::string_view text)
{
    return !text.empty() && isAmong(formulaBytes, text.front())
        && std::ranges::any_of(formulaStarts, [text](std::string_view start) { return text.starts_with(start); });
}

QString csvCell(QString text)
{
    if (isLikeFormula(text.left(1).toStdString())) {
        text.prepend(u'\'');
    }
    if (text.contains(u'"') || text.contains(u',') || text.contains(u'\n') || text.contains(u'\r')) {
        text.replace(u'"', u"\"\""_s);
        return u'"' + text + u'"';
    }
    return text;
}

} // namespace

QString csvLine(const QStringList &cells)
{
    QStringList quoted;
    for (const QString &cell : cells) {
        quoted << csvCell(cell);
    }
    return quoted.join(u',') + u"\r\n"_s;
}

void appendCsvCell(std::string &row, std::string_view text, bool isNumber)
{
    const bool guard = !isNumber && isLikeFormula(text);
    const bool quote = std::ranges::any_of(text, [](char c) { return isAmong(separatorBytes, c); })
        || text.starts_with(' ') || text.ends_with(' ') || guard;
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
