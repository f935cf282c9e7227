// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/EventCounter.h"

#include <algorithm>

namespace octotrail::exchange {

using namespace Qt::StringLiterals;

namespace {

/// A report's events begin so; texts in it have no such bracket, since they are escaped.
constexpr std::string_view section = "<section id=\"e";

} // namespace

EventCounter::EventCounter(const QString &format)
    : m_form(format == u"ndjson"_s ? Form::Lines
            : format == u"csv"_s   ? Form::Rows
            : format == u"json"_s  ? Form::Array
            : format == u"html"_s  ? Form::Sections
                                   : Form::Other)
{ }

void EventCounter::feed(std::string_view text)
{
    switch (m_form) {
    case Form::Lines:
        m_count += std::ranges::count(text, '\n');
        return;
    case Form::Rows:
        feedRows(text);
        return;
    case Form::Array:
        feedArray(text);
        return;
    case Form::Sections:
        feedSections(text);
        return;
    case Form::Other:
        return;
    }
}

std::optional<qint64> EventCounter::events() const
{
    switch (m_form) {
    case Form::Lines:
    case Form::Sections:
        return m_count;
    case Form::Rows:
        return std::max<qint64>(0, m_count - 1); // but for the header
    case Form::Array:
        return m_hasElement ? m_count + 1 : 0; // the count is that of the commas between them
    case Form::Other:
        break;
    }
    return std::nullopt;
}

void EventCounter::feedRows(std::string_view text)
{
    for (const char c : text) {
        if (c == '"') {
            m_inQuotes = !m_inQuotes; // a quote in a cell is doubled: in and out again
        } else if (c == '\n' && !m_inQuotes) {
            ++m_count;
        }
    }
}

void EventCounter::feedArray(std::string_view text)
{
    for (const char c : text) {
        if (m_inQuotes) {
            m_inQuotes = m_isEscaped || c != '"';
            m_isEscaped = !m_isEscaped && c == '\\';
        } else if (c == '[' || c == '{') {
            m_hasElement = m_hasElement || m_depth > 0;
            ++m_depth;
        } else if (c == ']' || c == '}') {
            --m_depth;
        } else if (c == ',') {
            m_count += m_depth == 1 ? 1 : 0;
        } else if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
            m_inQuotes = c == '"';
            m_hasElement = true;
        }
    }
}

void EventCounter::feedSections(std::string_view text)
{
    const auto countIn = [this](std::string_view searched) {
        for (auto at = searched.find(section); at != std::string_view::npos; at = searched.find(section, at + 1)) {
            ++m_count;
        }
    };
    // One that begins in the piece before ends in the first characters of this one.
    countIn(m_tail.append(text.substr(0, section.size() - 1)));
    countIn(text);
    if (text.size() >= section.size() - 1) {
        m_tail = text.substr(text.size() - (section.size() - 1));
    } else {
        m_tail.erase(0, m_tail.size() - std::min(m_tail.size(), section.size() - 1));
    }
}

} // namespace octotrail::exchange
