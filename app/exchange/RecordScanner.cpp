// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/RecordScanner.h"

#include <algorithm>
#include <array>

namespace octotrail::exchange {

namespace {

constexpr std::string_view whiteSpace = " \t\r\n";
constexpr std::string_view byteOrderMark = "\xef\xbb\xbf";
/// How many wrongly nested brackets one closing bracket may skip: bounds the work that hostile input can cause.
constexpr std::size_t maxMismatch = 64;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Whether a character outside strings says anything about where a record ends.
bool matters(char c)
{
    static constexpr auto table = [] {
        std::array<bool, 256> flags{};
        for (const char known : {'"', '{', '}', '[', ']', ',', '\n'}) {
            flags[static_cast<unsigned char>(known)] = true;
        }
        return flags;
    }();
    return table[static_cast<unsigned char>(c)];
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(whiteSpace);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(whiteSpace) - first + 1);
}

} // namespace

RecordScanner::RecordScanner(Sink sink, std::size_t bound)
    : m_sink(std::move(sink))
    , m_bound(bound)
{ }

void RecordScanner::feed(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        switch (m_place) {
        case Place::Start:
            at = scanStart(text);
            break;
        case Place::Line:
            at = scanLine(text, at);
            break;
        case Place::Top:
        case Place::Array:
            at = scanBetween(text, at);
            break;
        case Place::Value:
            at = scanValue(text, at);
            break;
        }
    }
}

void RecordScanner::finish()
{
    switch (m_place) {
    case Place::Line:
        deliver({});
        break;
    case Place::Value:
        deliver({}, true);
        break;
    case Place::Array:
        m_recordLine = m_line;
        deliver({}, true);
        break;
    case Place::Start:
    case Place::Top:
        break;
    }
}

std::size_t RecordScanner::scanStart(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (m_markBytes < byteOrderMark.size() && c == byteOrderMark[m_markBytes]) {
            ++m_markBytes;
        } else if (!isSpace(c)) {
            m_isLines = c != '[';
            std::string indent = std::move(m_pending);
            begin(m_isLines ? Place::Line : Place::Top);
            if (m_isLines) {
                m_pending = std::move(indent);
            }
            return i;
        } else if (c == '\n') {
            ++m_line;
            m_pending.clear();
        } else {
            keep(text.substr(i, 1));
        }
    }
    return text.size();
}

std::size_t RecordScanner::scanLine(std::string_view text, std::size_t from)
{
    const auto end = text.find('\n', from);
    if (end == std::string_view::npos) {
        keep(text.substr(from));
        return text.size();
    }
    const auto piece = text.substr(from, end - from);
    if (m_isFirst && m_isLines && !m_tooLong && trimmed(m_pending).size() + trimmed(piece).size() == 1
        && (trimmed(piece) == "{" || trimmed(m_pending) == "{")) {
        // No event ends here: objects that are spread over lines follow.
        m_isLines = false;
        m_isFirst = false;
        keep(piece);
        m_place = Place::Value;
        m_open.assign(1, '{');
        return end;
    }
    deliver(piece);
    ++m_line;
    begin(m_isLines ? Place::Line : Place::Top);
    return end + 1;
}

std::size_t RecordScanner::scanBetween(std::string_view text, std::size_t from)
{
    for (std::size_t i = from; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n') {
            ++m_line;
        } else if (isSpace(c) || c == ',') {
            continue;
        } else if (m_inArray) {
            if (c == ']') {
                m_inArray = false;
                m_place = Place::Top;
                return i + 1;
            }
            begin(Place::Value);
            return i;
        } else if (c == '[') {
            m_inArray = true;
            m_place = Place::Array;
            return i + 1;
        } else {
            begin(c == '{' ? Place::Value : Place::Line);
            return i;
        }
    }
    return text.size();
}

std::size_t RecordScanner::scanValue(std::string_view text, std::size_t from)
{
    for (std::size_t i = from; i < text.size(); ++i) {
        if (m_inString) {
            i = skipString(text, i);
        }
        while (i < text.size() && !matters(text[i])) {
            ++i;
        }
        if (i == text.size()) {
            break;
        }
        const char c = text[i];
        switch (c) {
        case '\n':
            ++m_line;
            break;
        case '"':
            m_inString = true;
            break;
        case '{':
            if (!m_open.empty() && m_open.back() == '{' && !mayHoldValue(text.substr(from, i - from))) {
                deliver(text.substr(from, i - from));
                begin(Place::Value);
                return i;
            }
            open(c);
            break;
        case '[':
            open(c);
            break;
        case ',':
            if (m_open.empty() && m_inArray) {
                deliver(text.substr(from, i - from));
                m_place = Place::Array;
                return i + 1;
            }
            break;
        default: // } or ]
            if (m_open.empty() && m_inArray && c == ']') {
                deliver(text.substr(from, i - from));
                m_place = Place::Top;
                m_inArray = false;
                return i + 1;
            }
            close(c);
            if (m_open.empty() && !m_inArray) {
                deliver(text.substr(from, i + 1 - from));
                m_place = Place::Top;
                return i + 1;
            }
            break;
        }
    }
    keep(text.substr(from));
    return text.size();
}

/// Whether an object may stand behind this part of the record, inside another object: not behind a comma or a closing
/// bracket, where JSON has a key.
bool RecordScanner::mayHoldValue(std::string_view piece) const
{
    if (m_tooLong || m_pending.size() + piece.size() > m_bound) {
        return true;
    }
    for (const std::string_view text : {piece, std::string_view(m_pending)}) {
        if (const auto last = text.find_last_not_of(whiteSpace); last != std::string_view::npos) {
            return text[last] != ',' && text[last] != '}';
        }
    }
    return true;
}

/// The place of the character behind the string that text[from] is in, or the text's end.
std::size_t RecordScanner::skipString(std::string_view text, std::size_t from)
{
    std::size_t i = from;
    if (m_escaped && i < text.size() && text[i] != '\n') {
        ++i;
    }
    m_escaped = false;
    while (i < text.size()) {
        switch (text[i]) {
        case '"':
            m_inString = false;
            return i + 1;
        case '\n':
            m_inString = false;
            return i;
        case '\\':
            if (i + 1 == text.size()) {
                m_escaped = true;
                return text.size();
            }
            i += text[i + 1] == '\n' ? 1 : 2;
            break;
        default:
            ++i;
            break;
        }
    }
    return text.size();
}

void RecordScanner::open(char bracket)
{
    if (m_open.size() < m_bound) {
        m_open += bracket;
    }
}

void RecordScanner::close(char bracket)
{
    const char opening = bracket == '}' ? '{' : '[';
    const std::size_t depth = m_open.size();
    for (std::size_t skipped = 0; skipped < std::min(depth, maxMismatch); ++skipped) {
        if (m_open[depth - 1 - skipped] == opening) {
            m_open.resize(depth - 1 - skipped);
            return;
        }
    }
}

void RecordScanner::begin(Place place)
{
    m_place = place;
    m_recordLine = m_line;
    m_pending.clear();
    m_tooLong = false;
    m_inString = false;
    m_escaped = false;
    m_open.clear();
}

void RecordScanner::keep(std::string_view piece)
{
    if (m_tooLong || m_pending.size() + piece.size() > m_bound) {
        m_tooLong = true;
        m_pending.clear();
        return;
    }
    m_pending.append(piece);
}

void RecordScanner::deliver(std::string_view lastPiece, bool cutOff)
{
    std::string_view bytes = lastPiece;
    if (!m_pending.empty() || m_tooLong || lastPiece.size() > m_bound) {
        keep(lastPiece);
        bytes = m_pending;
    }
    const std::string_view whole = bytes;
    bytes = trimmed(bytes);
    if (m_place == Place::Value && bytes.ends_with(',')) {
        bytes = trimmed(bytes.substr(0, bytes.size() - 1));
    }
    m_isFirst = false;
    if (m_tooLong) {
        m_sink({{}, {}, m_recordLine, Flaw::TooLong});
    } else if (cutOff) {
        m_sink({bytes, bytes, m_recordLine, Flaw::CutOff});
    } else if (!bytes.empty()) {
        m_sink({bytes, m_place == Place::Line ? whole : bytes, m_recordLine,
            bytes.front() == '{' ? Flaw::None : Flaw::NotAnObject});
    }
    m_pending.clear();
    m_tooLong = false;
}

} // namespace octotrail::exchange
