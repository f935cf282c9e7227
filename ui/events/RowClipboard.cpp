// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/RowClipboard.h"

#include "exchange/CsvText.h"
#include "ui/widgets/PlainText.h"

#include <QStringList>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

QString cellCopy(const EventTableModel &model, int row, int column)
{
    return model.index(row, column).data(EventTableModel::CopyRole).toString();
}

/// The path, if the column is of one.
QString headOf(const ColumnInfo &info)
{
    return !info.sortPath.empty() ? QString::fromStdString(info.sortPath) : info.path.isEmpty() ? info.key : info.path;
}

} // namespace

QString csvCell(const QString &text)
{
    QString result = text;
    if (exchange::isLikeFormula(result.left(1).toStdString())) {
        result.prepend(u'\'');
    }
    if (result.contains(u'"') || result.contains(u',') || result.contains(u'\n') || result.contains(u'\r')) {
        result.replace(u'"', u"\"\""_s);
        result = u'"' + result + u'"';
    }
    return result;
}

QString rowsAsCsv(const EventTableModel &model, const QList<int> &rows, const QList<int> &columns)
{
    QString text;
    QStringList line;
    for (const int column : columns) {
        line << csvCell(headOf(model.column(column)));
    }
    text += line.join(u',') + u"\r\n"_s;
    for (const int row : rows) {
        if (!model.loadedRow(row)) {
            continue;
        }
        line.clear();
        for (const int column : columns) {
            line << csvCell(cellCopy(model, row, column));
        }
        text += line.join(u',') + u"\r\n"_s;
    }
    return text;
}

QString rowsAsText(const EventTableModel &model, const QList<int> &rows, const QList<int> &columns)
{
    QString text;
    for (const int row : rows) {
        if (!model.loadedRow(row)) {
            continue;
        }
        QStringList line;
        for (const int column : columns) {
            line << cellCopy(model, row, column);
        }
        text += line.join(u'\t') + u'\n';
    }
    return text;
}

QString rowsAsMarkdown(const EventTableModel &model, const QList<int> &rows, const QList<int> &columns)
{
    // What a cell holds must not end it, nor become markup of its own.
    const auto cell = [](const QString &text) {
        QString result;
        for (const QChar c : singleLine(text, 1000)) {
            if (u"\\|`*_<>[]#~&"_s.contains(c)) {
                result += u'\\';
            }
            result += c;
        }
        return result;
    };
    const auto line = [](const QStringList &cells) { return u"| "_s + cells.join(u" | "_s) + u" |\n"_s; };
    QStringList head;
    QStringList rule;
    for (const int column : columns) {
        head << cell(model.headerData(column, Qt::Horizontal).toString());
        rule << u"---"_s;
    }
    QString text = line(head) + line(rule);
    for (const int row : rows) {
        if (model.loadedRow(row)) {
            QStringList cells;
            for (const int column : columns) {
                cells << cell(cellCopy(model, row, column));
            }
            text += line(cells);
        }
    }
    return text;
}

} // namespace octotrail::ui
