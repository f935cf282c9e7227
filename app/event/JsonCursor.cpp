// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/JsonCursor.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

namespace octotrail::event {

static_assert(std::endian::native == std::endian::little, "the first of eight bytes is the lowest");

namespace {

constexpr std::uint64_t each(unsigned char byte)
{
    return 0x0101010101010101U * byte;
}

/// The top bit of the first of eight bytes that is anything but a plain letter of a string: a quote, an escape, a
/// control character, or beyond ASCII. What is set above it tells nothing.
std::uint64_t specials(std::uint64_t bytes)
{
    const auto zeros = [](std::uint64_t x) { return (x - each(1)) & ~x; };
    return (bytes | zeros(bytes ^ each('"')) | zeros(bytes ^ each('\\')) | (bytes - each(0x20))) & each(0x80);
}

} // namespace

char JsonCursor::next()
{
    while (m_at < m_json.size()) {
        const char c = m_json[m_at];
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
            return c;
        }
        ++m_at;
    }
    return 0;
}

bool JsonCursor::take(char c)
{
    if (next() != c) {
        return false;
    }
    ++m_at;
    return true;
}

std::optional<std::string_view> JsonCursor::takeString()
{
    if (!take('"')) {
        return std::nullopt;
    }
    const std::size_t begin = m_at;
    m_isPlain = true;
    while (m_at < m_json.size()) {
        std::uint64_t eight = 0;
        while (m_at + sizeof(eight) <= m_json.size()) {
            std::memcpy(&eight, m_json.data() + m_at, sizeof(eight));
            if (const std::uint64_t found = specials(eight)) {
                m_at += static_cast<std::size_t>(std::countr_zero(found)) / 8;
                break;
            }
            m_at += sizeof(eight);
        }
        if (m_at == m_json.size()) {
            break;
        }
        const auto c = static_cast<unsigned char>(m_json[m_at]);
        if (c == '"') {
            return m_json.substr(begin, m_at++ - begin);
        }
        if (c < 0x20) {
            return std::nullopt;
        }
        if (c == '\\' || c >= 0x80) {
            m_isPlain = false;
        }
        m_at = std::min(m_at + (c == '\\' ? 2 : 1), m_json.size());
    }
    return std::nullopt;
}

std::optional<std::string_view> JsonCursor::takeWord()
{
    next();
    const std::size_t end = std::min(m_json.find_first_of(" \n\r\t,]}", m_at), m_json.size());
    const std::string_view word = m_json.substr(m_at, end - m_at);
    if (word != "true" && word != "false" && word != "null" && !isJsonNumber(word)) {
        return std::nullopt;
    }
    m_at = end;
    return word;
}

bool isJsonNumber(std::string_view text)
{
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const auto digits = [&] {
        const std::size_t first = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
            ++at;
        }
        return at - first;
    };
    const std::size_t whole = at;
    const std::size_t length = digits();
    if (length == 0 || (length > 1 && text[whole] == '0')) {
        return false;
    }
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (digits() == 0) {
            return false;
        }
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        at += at < text.size() && (text[at] == '+' || text[at] == '-') ? 1 : 0;
        if (digits() == 0) {
            return false;
        }
    }
    return at == text.size();
}

} // namespace octotrail::event
