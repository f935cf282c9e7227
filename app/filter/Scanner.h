// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QString>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace octotrail::filter {

/// Reads the smallest parts of the filter language off a text of valid UTF-8. The first thing that is wrong is kept as
/// the error; what is asked for afterwards may answer anything.
class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    { }

    void skipSpace();
    bool isAtEnd() const { return m_offset == m_text.size(); }
    std::size_t offset() const { return m_offset; }
    void moveTo(std::size_t offset) { m_offset = offset; }
    bool isAt(char c) const { return !isAtEnd() && m_text[m_offset] == c; }
    /// Takes the character if it is the next one.
    bool take(char c);

    /// The letters, digits, _, $ and - that come next, without taking them.
    std::string_view peekName() const;
    /// What comes next up to white space, a bracket, a comma or a quote, at least one character: for messages.
    std::string_view peekRun() const;
    /// As peekRun(), but the marks =!<>~&|: end it, so that a=b has three parts.
    std::string_view peekOperator() const;
    std::string_view rest() const { return m_text.substr(m_offset); }

    /// A JSON string, at whose quote the text is. Raw control characters are let pass.
    std::optional<std::string> takeString();

    bool hasFailed() const { return m_error.has_value(); }
    void fail(std::size_t offset, const QString &sentence);
    const event::Error &error() const { return *m_error; }

    /// The text as it may stand in a message: short and on one line.
    static QString shown(std::string_view text);

private:
    bool takeEscape(std::string &out);
    std::optional<unsigned> takeHex();

    std::string_view m_text;
    std::size_t m_offset = 0;
    std::optional<event::Error> m_error;
};

} // namespace octotrail::filter
