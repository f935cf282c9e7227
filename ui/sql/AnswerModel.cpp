// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sql/AnswerModel.h"

#include "ui/style/Tones.h"
#include "ui/widgets/PlainText.h"

#include <QGuiApplication>
#include <algorithm>
#include <map>
#include <numeric>

namespace octotrail::ui {

AnswerModel::AnswerModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_answer(std::make_shared<const store::SqlTable>())
{ }

void AnswerModel::setAnswer(std::shared_ptr<const store::SqlTable> answer)
{
    beginResetModel();
    m_answer = std::move(answer);
    m_titles.clear();
    m_timeColumns.clear();
    m_order.resize(static_cast<std::size_t>(m_answer->rowCount()));
    std::iota(m_order.begin(), m_order.end(), 0);
    endResetModel();
}

void AnswerModel::setTimes(const QList<int> &columns, const TimeDisplay &time)
{
    m_timeColumns = columns;
    m_time = time;
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {Qt::DisplayRole});
    }
}

int AnswerModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int AnswerModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_answer->columns.size());
}

bool AnswerModel::isNumber(int column) const
{
    return m_answer->columns[static_cast<std::size_t>(column)].kind == store::SqlColumn::Kind::Number;
}

const QString &AnswerModel::cell(int row, int column) const
{
    return m_answer->cell(
        static_cast<std::size_t>(m_order[static_cast<std::size_t>(row)]), static_cast<std::size_t>(column));
}

QString AnswerModel::text(const QModelIndex &index) const
{
    return index.isValid() ? cell(index.row(), index.column()) : QString();
}

QString AnswerModel::shown(const QString &value, int column) const
{
    if (m_timeColumns.contains(column)) {
        if (const auto moment = event::parseTimestamp(value.toStdString())) {
            return m_time.table(*moment);
        }
    }
    return singleLine(value, 300);
}

QVariant AnswerModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const QString &value = cell(index.row(), index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return value.isNull() ? QStringLiteral("\u2013") : shown(value, index.column());
    case Qt::ToolTipRole:
        return value.size() > 40 ? toolTip(multiLine(value, 2000)) : QVariant();
    case Qt::TextAlignmentRole:
        return static_cast<int>((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        return value.isNull() ? QVariant(toneColor(Tone::Muted, QGuiApplication::palette())) : QVariant();
    case SourceRowRole:
        return m_order[static_cast<std::size_t>(index.row())];
    default:
        return {};
    }
}

QVariant AnswerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    const store::SqlColumn &column = m_answer->columns[static_cast<std::size_t>(section)];
    switch (role) {
    case Qt::DisplayRole:
        return singleLine(m_titles.value(section, column.name), 80);
    case Qt::ToolTipRole:
        return toolTip(singleLine(column.name, 200) + QChar(u'\n') + column.type);
    case Qt::TextAlignmentRole:
        return static_cast<int>((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

void AnswerModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= columnCount()) {
        return;
    }
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const std::vector<int> before = m_order;
    const auto at = static_cast<std::size_t>(column);
    const auto value = [&](int row) -> const QString & { return m_answer->cell(static_cast<std::size_t>(row), at); };
    std::vector<double> numbers;
    if (isNumber(column)) {
        numbers.reserve(m_order.size());
        for (std::size_t row = 0; row < m_order.size(); ++row) {
            numbers.push_back(value(static_cast<int>(row)).toDouble());
        }
    }
    const bool ascending = order == Qt::AscendingOrder;
    std::stable_sort(m_order.begin(), m_order.end(), [&](int a, int b) {
        if (value(a).isNull() || value(b).isNull()) {
            return !value(a).isNull() && value(b).isNull();
        }
        if (!numbers.empty()) {
            const double x = numbers[static_cast<std::size_t>(a)];
            const double y = numbers[static_cast<std::size_t>(b)];
            return ascending ? x < y : y < x;
        }
        const int compared = value(a).compare(value(b), Qt::CaseInsensitive);
        return ascending ? compared < 0 : compared > 0;
    });
    std::vector<int> newRows(m_order.size());
    for (std::size_t row = 0; row < m_order.size(); ++row) {
        newRows[static_cast<std::size_t>(m_order[row])] = static_cast<int>(row);
    }
    const QModelIndexList persistent = persistentIndexList();
    QModelIndexList moved;
    for (const QModelIndex &old : persistent) {
        const int source = before[static_cast<std::size_t>(old.row())];
        moved << index(newRows[static_cast<std::size_t>(source)], old.column());
    }
    changePersistentIndexList(persistent, moved);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

QString AnswerModel::tabSeparated(const QModelIndexList &indexes) const
{
    std::map<int, std::map<int, QString>> rows;
    for (const QModelIndex &index : indexes) {
        rows[index.row()][index.column()] = singleLine(cell(index.row(), index.column()), 10'000);
    }
    QString result;
    for (const auto &[row, cells] : rows) {
        bool isFirst = true;
        for (const auto &[column, text] : cells) {
            result += isFirst ? QString() : QStringLiteral("\t");
            result += text;
            isFirst = false;
        }
        result += QChar(u'\n');
    }
    if (rows.size() == 1 && rows.begin()->second.size() == 1) {
        result.chop(1);
    }
    return result;
}

} // namespace octotrail::ui
