// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/Scanner.h"

#include "event/Text.h"

#include <QObject>
#include <algorithm>
#include <charconv>

namespace octotrail::filter {

namespace {

constexpr std::string_view noBreakSpace = "\xc2\xa0"; // comes with text copied from a web page

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'
        || c == '$';
}

/// The size of the code point whose first byte this is.
std::size_t sizeAt(std::string_view text, std::size_t offset)
{
    std::size_t end = offset + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) {
        ++end;
    }
    return end - offset;
}

} // namespace

void Scanner::skipSpace()
{
    while (!isAtEnd()) {
        const char c = m_text[m_offset];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            ++m_offset;
        } else if (rest().starts_with(noBreakSpace)) {
            m_offset += noBreakSpace.size();
        } else {
            return;
        }
    }
}

bool Scanner::take(char c)
{
    if (!isAt(c)) {
        return false;
    }
    ++m_offset;
    return true;
}

std::string_view Scanner::peekName() const
{
    const auto text = rest();
    const auto end = std::ranges::find_if_not(text, isNameCharacter);
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

std::string_view Scanner::peekRun() const
{
    if (isAtEnd()) {
        return {};
    }
    const auto text = rest();
    const auto end = std::min(text.find_first_of(std::string_view(" \t\r\n()[],\"")), text.find(noBreakSpace));
    return text.substr(0, std::max(end, sizeAt(text, 0)));
}

std::string_view Scanner::peekOperator() const
{
    constexpr std::string_view marks = "=!<>~&|:";
    const auto run = peekRun();
    if (run.empty()) {
        return run;
    }
    const bool isMark = marks.find(run.front()) != std::string_view::npos;
    const auto end = isMark ? run.find_first_not_of(marks) : run.find_first_of(marks);
    return run.substr(0, end);
}

std::optional<unsigned> Scanner::takeHex()
{
    unsigned value = 0;
    const auto digits = rest().substr(0, 4);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.size() < 4 || error != std::errc{} || end != digits.data() + 4) {
        return std::nullopt;
    }
    m_offset += 4;
    return value;
}

/// The escape behind whose backslash the text is.
bool Scanner::takeEscape(std::string &out)
{
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const std::size_t start = m_offset - 1;
    if (isAtEnd()) {
        return true; // the missing quote is the better message
    }
    const char c = m_text[m_offset];
    if (const auto letter = letters.find(c); letter != std::string_view::npos) {
        ++m_offset;
        out += meanings[letter];
        return true;
    }
    if (c != 'u') {
        const QString escape = shown(m_text.substr(m_offset, sizeAt(m_text, m_offset)));
        fail(start, QObject::tr("\"\\%1\" is no escape. Write a backslash twice: \"\\\\%1\".").arg(escape));
        return false;
    }
    ++m_offset;
    auto unit = takeHex();
    if (!unit) {
        fail(start, QObject::tr("Four hexadecimal digits must follow \"\\u\", as in \"\\u00e9\"."));
        return false;
    }
    const bool isHigh = *unit >= 0xd800 && *unit < 0xdc00;
    if (isHigh && rest().starts_with("\\u")) {
        m_offset += 2;
        const auto low = takeHex();
        if (low && *low >= 0xdc00 && *low < 0xe000) {
            event::appendCodePoint(out, 0x10000 + ((*unit - 0xd800) << 10) + (*low - 0xdc00));
            return true;
        }
    }
    if (*unit >= 0xd800 && *unit < 0xe000) {
        fail(
            start, QObject::tr("This escape is half of a character: the other half of the surrogate pair is missing."));
        return false;
    }
    event::appendCodePoint(out, *unit);
    return true;
}

std::optional<std::string> Scanner::takeString()
{
    const std::size_t start = m_offset++;
    std::string text;
    while (!isAtEnd()) {
        const auto plain = std::min(rest().find_first_of("\"\\"), rest().size());
        text += rest().substr(0, plain);
        m_offset += plain;
        if (take('"')) {
            return text;
        }
        if (take('\\') && !takeEscape(text)) {
            return std::nullopt;
        }
    }
    fail(start, QObject::tr("This quote is not closed. Put a \" at the end of the text."));
    return std::nullopt;
}

void Scanner::fail(std::size_t offset, const QString &sentence)
{
    if (m_error) {
        return;
    }
    const auto before = m_text.substr(0, offset);
    const auto codePoints
        = std::ranges::count_if(before, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
    m_error = event::Error{event::ErrorKind::InvalidInput, sentence, static_cast<int>(codePoints) + 1};
}

QString Scanner::shown(std::string_view text)
{
    constexpr qsizetype longest = 40;
    QString line = QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min<std::size_t>(text.size(), 400)));
    if (line.size() > longest) {
        line.truncate(line.at(longest - 1).isHighSurrogate() ? longest - 1 : longest);
        line += QChar(0x2026);
    }
    for (QChar &c : line) {
        if (!c.isSurrogate() && !c.isPrint()) {
            c = QChar::ReplacementCharacter;
        }
    }
    return line;
}

} // namespace octotrail::filter
