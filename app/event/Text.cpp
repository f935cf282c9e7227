// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/Text.h"

#include <QChar>
#include <QString>
#include <QUtf8StringView>

namespace octotrail::event {

namespace {

constexpr std::string_view byteOrderMark = "\xef\xbb\xbf";

/// Takes the first code point off text, which is valid UTF-8.
char32_t takeCodePoint(std::string_view &text)
{
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t c = size == 1 ? lead : lead & (0x7fU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        c = (c << 6) | (static_cast<unsigned char>(text[i]) & 0x3fU);
    }
    text.remove_prefix(size);
    return c;
}

char32_t lowerCase(char32_t c)
{
    // The one code point where Qt keeps from the simple mapping, because the full one has two code points.
    constexpr char32_t capitalDottedI = 0x130;
    return c == capitalDottedI ? U'i' : QChar::toLower(c);
}

} // namespace

void appendCodePoint(std::string &utf8, char32_t codePoint)
{
    if (codePoint < 0x80) {
        utf8 += static_cast<char>(codePoint);
        return;
    }
    if (codePoint < 0x800) {
        utf8 += static_cast<char>(0xc0 | (codePoint >> 6));
    } else {
        if (codePoint < 0x10000) {
            utf8 += static_cast<char>(0xe0 | (codePoint >> 12));
        } else {
            utf8 += static_cast<char>(0xf0 | (codePoint >> 18));
            utf8 += static_cast<char>(0x80 | ((codePoint >> 12) & 0x3f));
        }
        utf8 += static_cast<char>(0x80 | ((codePoint >> 6) & 0x3f));
    }
    utf8 += static_cast<char>(0x80 | (codePoint & 0x3f));
}

std::string foldCase(std::string_view utf8)
{
    std::string folded(utf8);
    bool ascii = true;
    for (char &c : folded) {
        if (c >= 'A' && c <= 'Z') {
            c = static_cast<char>(c + ('a' - 'A'));
        }
        ascii = ascii && static_cast<unsigned char>(c) < 0x80;
    }
    if (ascii) {
        return folded;
    }
    const std::string valid = toValidUtf8(utf8);
    folded.clear();
    for (std::string_view rest = valid; !rest.empty();) {
        appendCodePoint(folded, lowerCase(takeCodePoint(rest)));
    }
    return folded;
}

std::string toValidUtf8(std::string_view bytes)
{
    if (QUtf8StringView(bytes.data(), static_cast<qsizetype>(bytes.size())).isValidUtf8()) {
        return std::string(bytes);
    }
    // Qt takes a byte order mark for no part of the text.
    std::string valid(bytes.starts_with(byteOrderMark) ? byteOrderMark : std::string_view());
    return valid + QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size())).toStdString();
}

} // namespace octotrail::event
