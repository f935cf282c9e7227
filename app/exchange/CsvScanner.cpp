// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/CsvScanner.h"

namespace octotrail::exchange {

namespace {

constexpr std::string_view byteOrderMark = "\xef\xbb\xbf";
/// More columns than any table has: what hostile input may cost.
constexpr std::size_t mostCells = 10'000;

} // namespace

CsvScanner::CsvScanner(Sink sink, std::size_t bound)
    : m_sink(std::move(sink))
    , m_bound(bound)
{ }

void CsvScanner::feed(std::string_view text)
{
    for (const char c : text) {
        if (m_markBytes < byteOrderMark.size()) {
            if (c == byteOrderMark[m_markBytes]) {
                ++m_markBytes;
                continue;
            }
            m_markBytes = byteOrderMark.size();
        }
        if (m_place == Place::Quoted) {
            if (c == '"') {
                m_place = Place::AfterQuote;
            } else {
                m_line += c == '\n' ? 1 : 0;
                keep(c);
            }
            continue;
        }
        switch (c) {
        case '"':
            if (m_place == Place::CellStart) {
                m_place = Place::Quoted;
            } else {
                // A doubled quote; or one in a plain cell, which is kept as it is.
                keep(c);
                m_place = m_place == Place::AfterQuote ? Place::Quoted : m_place;
            }
            break;
        case ',':
            endCell();
            break;
        case '\n':
            ++m_line;
            endRow(Flaw::None);
            break;
        case '\r':
            break;
        default:
            keep(c);
            m_place = Place::Plain;
            break;
        }
    }
}

void CsvScanner::finish()
{
    if (m_place == Place::Quoted) {
        endRow(Flaw::CutOff);
    } else if (!m_cell.empty() || !m_cells.empty()) {
        endRow(Flaw::None);
    }
}

void CsvScanner::keep(char c)
{
    if (++m_size <= m_bound) {
        m_cell += c;
    } else {
        m_cell.clear();
    }
}

void CsvScanner::endCell()
{
    if (m_cells.size() < mostCells) {
        m_cells.push_back(m_size <= m_bound ? std::move(m_cell) : std::string());
    }
    m_cell = {};
    m_place = Place::CellStart;
}

void CsvScanner::endRow(Flaw flaw)
{
    const bool isBlank = m_cells.empty() && m_cell.empty() && m_place != Place::AfterQuote;
    endCell();
    if (!isBlank || m_size > m_bound) {
        m_sink({m_cells, m_rowLine, m_size > m_bound ? Flaw::TooLong : flaw});
    }
    m_cells.clear();
    m_size = 0;
    m_rowLine = m_line;
}

} // namespace octotrail::exchange
