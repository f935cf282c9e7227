// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/SigmaText.h"

namespace octotrail::detect {

using filter::Operator;

std::string quotedForRegex(std::string_view text)
{
    std::string quoted;
    for (const char c : text) {
        const bool isPlain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
            || (static_cast<unsigned char>(c) & 0x80) != 0;
        if (c == '\0') {
            quoted += "\\x00";
            continue;
        }
        quoted += isPlain ? "" : "\\";
        quoted += c;
    }
    return quoted;
}

void SigmaText::append(Part::Kind wildcard)
{
    // ** is *.
    if (wildcard != Part::Kind::Many || m_parts.empty() || m_parts.back().kind != Part::Kind::Many) {
        m_parts.push_back({wildcard, {}});
    }
}

SigmaText SigmaText::parse(std::string_view written)
{
    SigmaText result;
    const auto add = [&](char c) {
        if (result.m_parts.empty() || result.m_parts.back().kind != Part::Kind::Text) {
            result.m_parts.push_back({Part::Kind::Text, {}});
        }
        result.m_parts.back().text += c;
    };
    for (std::size_t i = 0; i < written.size(); ++i) {
        const char c = written[i];
        const char next = i + 1 < written.size() ? written[i + 1] : '\0';
        if (c == '\\' && (next == '*' || next == '?' || next == '\\')) {
            add(next);
            ++i;
        } else if (c == '*') {
            result.append(Part::Kind::Many);
        } else if (c == '?') {
            result.append(Part::Kind::One);
        } else {
            add(c);
        }
    }
    return result;
}

SigmaText SigmaText::literal(std::string text)
{
    SigmaText result;
    if (!text.empty()) {
        result.m_parts.push_back({Part::Kind::Text, std::move(text)});
    }
    return result;
}

SigmaText SigmaText::open(bool atStart, bool atEnd) const
{
    SigmaText result;
    if (atStart) {
        result.append(Part::Kind::Many);
    }
    for (const Part &part : m_parts) {
        if (part.kind == Part::Kind::Text) {
            result.m_parts.push_back(part);
        } else {
            result.append(part.kind);
        }
    }
    if (atEnd) {
        result.append(Part::Kind::Many);
    }
    return result;
}

bool SigmaText::hasWildcards() const
{
    for (const Part &part : m_parts) {
        if (part.kind != Part::Kind::Text) {
            return true;
        }
    }
    return false;
}

std::string SigmaText::plain() const
{
    std::string text;
    for (const Part &part : m_parts) {
        text += part.text;
    }
    return text;
}

SigmaText::Test SigmaText::test(bool isCaseSensitive) const
{
    const auto isMany = [&](std::size_t i) { return m_parts[i].kind == Part::Kind::Many; };
    const auto isText = [&](std::size_t i) { return m_parts[i].kind == Part::Kind::Text; };
    const std::size_t size = m_parts.size();
    if (size == 0) {
        return {Operator::Eq, {}};
    }
    if (size == 1 && isText(0)) {
        return {Operator::Eq, m_parts[0].text};
    }
    if (size == 1 && isMany(0)) {
        return {Operator::Co, {}};
    }
    if (size == 2 && isMany(0) && isText(1)) {
        return {Operator::Ew, m_parts[1].text};
    }
    if (size == 2 && isText(0) && isMany(1)) {
        return {Operator::Sw, m_parts[0].text};
    }
    if (size == 3 && isMany(0) && isText(1) && isMany(2)) {
        return {Operator::Co, m_parts[1].text};
    }
    std::string pattern = isCaseSensitive ? "(?s)" : "(?is)";
    pattern += isMany(0) ? "" : "\\A";
    for (std::size_t i = 0; i < size; ++i) {
        const bool isOuter = i == 0 || i + 1 == size;
        if (isText(i)) {
            pattern += quotedForRegex(m_parts[i].text);
        } else if (!isMany(i)) {
            pattern += '.';
        } else if (!isOuter) {
            pattern += ".*";
        }
    }
    pattern += isMany(size - 1) ? "" : "\\z";
    return {Operator::Re, std::move(pattern)};
}

} // namespace octotrail::detect
