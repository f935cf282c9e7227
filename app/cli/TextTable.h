// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace octotrail::cli {

/// A small table of aligned columns for a terminal. Cells are plain text; what does not fit is cut with an ellipsis.
class TextTable
{
public:
    struct Column
    {
        QString title;
        int maxWidth = 40;
        bool isRightAligned = false;
    };

    explicit TextTable(QList<Column> columns);
    void addRow(const QStringList &cells);
    /// The table, each line with its end.
    QString toString() const;

private:
    QList<Column> m_columns;
    QList<QStringList> m_rows;
};

} // namespace octotrail::cli
