// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/TextTable.h"

#include <algorithm>

namespace octotrail::cli {

namespace {

constexpr auto gap = "  ";

/// One line of the table: what an event says can neither leave its cell nor play with the terminal.
QString cellText(QString text, int maxWidth)
{
    std::replace_if(
        text.begin(), text.end(), [](QChar c) { return !c.isPrint() && !c.isSurrogate(); }, QChar(u' '));
    if (text.size() > maxWidth) {
        text = text.left(maxWidth - 1) + QChar(u'…');
    }
    return text;
}

} // namespace

TextTable::TextTable(QList<Column> columns)
    : m_columns(std::move(columns))
{ }

void TextTable::addRow(const QStringList &cells)
{
    QStringList row;
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        row.append(cellText(cells.value(i), m_columns[i].maxWidth));
    }
    m_rows.append(row);
}

QString TextTable::toString() const
{
    QList<qsizetype> widths;
    QStringList titles;
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        titles.append(m_columns[i].title);
        qsizetype width = m_columns[i].title.size();
        for (const QStringList &row : m_rows) {
            width = std::max(width, row[i].size());
        }
        widths.append(width);
    }
    QString text;
    for (const QStringList &row : QList<QStringList>{titles} + m_rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (i > 0) {
                line += QLatin1String(gap);
            }
            line += m_columns[i].isRightAligned ? row[i].rightJustified(widths[i]) : row[i].leftJustified(widths[i]);
        }
        while (line.endsWith(u' ')) {
            line.chop(1);
        }
        text += line + u'\n';
    }
    return text;
}

} // namespace octotrail::cli
