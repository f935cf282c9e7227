// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <functional>
#include <string>
#include <string_view>

namespace octotrail::exchange {

/// Cuts a stream of text into its records: the lines of NDJSON, the elements of JSON arrays, or JSON objects one after
/// the other (an object that is spread over lines). Which of them it is, the first characters tell.
///
/// Only brackets, strings and line ends are looked at, so that a malformed record costs itself and not its neighbours:
/// a string ends with its line, a closing bracket closes what it belongs to, and where an object stands in the place of
/// a key, a new record begins. Memory is bounded by the longest record that is allowed. For one thread.
class RecordScanner
{
public:
    static constexpr std::size_t defaultBound = std::size_t{16} << 20;

    enum class Flaw {
        None,
        NotAnObject, ///< the record is not even meant as an object
        TooLong, ///< over the bound; its bytes are not given
        CutOff, ///< the text ended inside it, or inside its array: then there are no bytes
    };

    struct Record
    {
        std::string_view bytes; ///< without white space around, valid during the call
        std::string_view whole; ///< the same with it: of a line all but its end
        qint64 line = 0; ///< on which it starts, 1-based
        Flaw flaw = Flaw::None;
    };
    using Sink = std::function<void(const Record &)>;

    explicit RecordScanner(Sink sink, std::size_t bound = defaultBound);

    void feed(std::string_view text);
    /// The text has ended.
    void finish();

private:
    enum class Place {
        Start, ///< nothing was seen yet
        Line, ///< in a line
        Top, ///< between documents
        Array, ///< in an array, between elements
        Value, ///< in an element, or in an object of the top level
    };

    std::size_t scanStart(std::string_view text);
    std::size_t scanLine(std::string_view text, std::size_t from);
    std::size_t scanBetween(std::string_view text, std::size_t from);
    std::size_t scanValue(std::string_view text, std::size_t from);
    std::size_t skipString(std::string_view text, std::size_t from);
    bool mayHoldValue(std::string_view piece) const;
    void open(char bracket);
    void close(char bracket);
    void begin(Place place);
    void keep(std::string_view piece);
    void deliver(std::string_view lastPiece, bool cutOff = false);

    Sink m_sink;
    std::size_t m_bound;
    Place m_place = Place::Start;
    bool m_isLines = false;
    bool m_inArray = false;
    bool m_isFirst = true;
    std::size_t m_markBytes = 0; ///< how many bytes of a byte order mark were seen
    qint64 m_line = 1;
    qint64 m_recordLine = 1;
    std::string m_pending; ///< the record's bytes from earlier pieces
    bool m_tooLong = false;
    bool m_inString = false;
    bool m_escaped = false;
    std::string m_open; ///< the brackets that are open in the record
};

} // namespace octotrail::exchange
