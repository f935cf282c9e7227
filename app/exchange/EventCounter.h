// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>
#include <string>
#include <string_view>

namespace octotrail::exchange {

/// Counts the events of an exported file as its bytes go by, in the form that this program's exports have. What may
/// come from anyone: a file that is otherwise gives some number, in memory that is bounded. For one thread.
class EventCounter
{
public:
    /// A format by its name (nameOfFormat()). Events of Parquet and PDF are not counted.
    explicit EventCounter(const QString &format);

    bool canCount() const { return m_form != Form::Other; }
    void feed(std::string_view text);
    /// nullopt if events of this format are not counted.
    std::optional<qint64> events() const;

private:
    enum class Form { Lines, Rows, Array, Sections, Other };

    void feedRows(std::string_view text);
    void feedArray(std::string_view text);
    void feedSections(std::string_view text);

    Form m_form;
    qint64 m_count = 0;
    bool m_inQuotes = false;
    bool m_isEscaped = false;
    bool m_hasElement = false;
    qint64 m_depth = 0; ///< of brackets
    std::string m_tail; ///< of the piece before: a section may begin in it
};

} // namespace octotrail::exchange
