// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::exchange {

/// Cuts CSV (RFC 4180) into rows, piece by piece. A row over the bound, or one that the text ends in, is told as
/// flawed; memory is bounded by the longest row that is allowed. For one thread.
class CsvScanner
{
public:
    enum class Flaw { None, TooLong, CutOff };
    struct Row
    {
        const std::vector<std::string> &cells;
        qint64 line = 0; ///< on which it starts, 1-based
        Flaw flaw = Flaw::None;
    };
    using Sink = std::function<void(const Row &)>;

    explicit CsvScanner(Sink sink, std::size_t bound);

    void feed(std::string_view text);
    /// The text has ended.
    void finish();

private:
    enum class Place { CellStart, Plain, Quoted, AfterQuote };

    void endCell();
    void endRow(Flaw flaw);
    void keep(char c);

    Sink m_sink;
    std::size_t m_bound;
    Place m_place = Place::CellStart;
    std::vector<std::string> m_cells;
    std::string m_cell;
    std::size_t m_size = 0; ///< of the row
    qint64 m_line = 1;
    qint64 m_rowLine = 1;
    std::size_t m_markBytes = 0; ///< of a byte order mark at the beginning
};

} // namespace octotrail::exchange
