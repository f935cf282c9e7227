// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/RowClipboard.h"

#include <QStringList>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

QString cellCopy(const EventTableModel &model, int row, int column)
{
    return model.index(row, column).data(EventTableModel::CopyRole).toString();
}

} // namespace

QString csvCell(const QString &text)
{
    QString result = text;
    if (!result.isEmpty() && u"=+-@\t\r"_s.contains(result.front())) {
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
        const EventColumnInfo &info = eventColumnInfo(static_cast<EventColumn>(column));
        const std::string_view path = info.sortPath.empty() ? info.filterPath : info.sortPath;
        line << csvCell(QString::fromUtf8(path.data(), static_cast<qsizetype>(path.size())));
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

} // namespace octotrail::ui
