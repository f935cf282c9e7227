// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/CoverageModel.h"

#include "ui/alerts/AlertLook.h"
#include "ui/widgets/PlainText.h"

#include <algorithm>

namespace octotrail::ui {

CoverageModel::CoverageModel(QObject *parent)
    : QAbstractTableModel(parent)
{ }

void CoverageModel::setColumns(const std::vector<detect::CoverageColumn> &columns)
{
    if (columns == m_columns) {
        return;
    }
    beginResetModel();
    m_columns = columns;
    m_rows = 0;
    for (const detect::CoverageColumn &column : m_columns) {
        m_rows = std::max(m_rows, static_cast<int>(column.cells.size()));
    }
    endResetModel();
}

const detect::CoverageCell *CoverageModel::cellAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.column() >= columnCount()) {
        return nullptr;
    }
    const auto &cells = m_columns[static_cast<std::size_t>(index.column())].cells;
    return static_cast<std::size_t>(index.row()) < cells.size() ? &cells[static_cast<std::size_t>(index.row())]
                                                                : nullptr;
}

int CoverageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int CoverageModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant CoverageModel::data(const QModelIndex &index, int role) const
{
    const detect::CoverageCell *cell = cellAt(index);
    if (!cell) {
        return {};
    }
    const QString counts = (cell->rules.size() == 1 ? tr("1 rule, %1") : tr("%1 rules, %2").arg(cell->rules.size()))
                               .arg(alertCount(cell->alerts));
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1 %2: %3").arg(cell->technique, cell->name, counts);
    case Qt::ToolTipRole:
        return ui::toolTip(QStringLiteral("%1 %2\n%3\n%4")
                               .arg(cell->technique, cell->name,
                                   cell->rules.isEmpty() ? tr("No rule that is on watches for it.")
                                                         : cell->rules.mid(0, 12).join(u'\n'),
                                   counts));
    case TechniqueRole:
        return cell->technique;
    case NameRole:
        return cell->name;
    case RulesRole:
        return static_cast<int>(cell->rules.size());
    case AlertsRole:
        return static_cast<qlonglong>(cell->alerts);
    default:
        return {};
    }
}

QVariant CoverageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section >= columnCount()) {
        return {};
    }
    const detect::CoverageColumn &column = m_columns[static_cast<std::size_t>(section)];
    return QStringLiteral("%1\n%2").arg(column.name, tr("%1 of %2").arg(column.covered()).arg(column.cells.size()));
}

Qt::ItemFlags CoverageModel::flags(const QModelIndex &index) const
{
    return cellAt(index) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

} // namespace octotrail::ui
