// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartTableModel.h"

#include "ui/models/FacetModel.h"
#include "ui/widgets/PlainText.h"

#include <QLocale>

namespace octotrail::ui {

void ChartTableModel::setContent(const ChartContent &content)
{
    beginResetModel();
    m_content = content;
    endResetModel();
}

int ChartTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_content.rows.size());
}

int ChartTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : FirstLayer + static_cast<int>(m_content.layers.size());
}

QVariant ChartTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const ChartContent::Row &row = m_content.rows[static_cast<std::size_t>(index.row())];
    const auto layer = static_cast<std::size_t>(std::max(0, index.column() - FirstLayer));
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == Label) {
            return row.label;
        }
        return QLocale().toString(index.column() == Total ? row.total
                : layer < row.parts.size()                ? row.parts[layer]
                                                          : 0);
    case Qt::ToolTipRole:
        return ui::toolTip(row.label);
    case Qt::TextAlignmentRole:
        return index.column() == Label ? QVariant() : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant ChartTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    if (section == Label) {
        return m_content.spec.kind == ChartKind::Time ? tr("Time")
            : m_content.spec.kind == ChartKind::Map   ? tr("Place")
                                                      : FacetModel::caption(m_content.spec.path);
    }
    if (section == Total) {
        return tr("Events");
    }
    const auto layer = static_cast<std::size_t>(section - FirstLayer);
    return layer < m_content.layers.size() ? m_content.layers[layer].label : QString();
}

} // namespace octotrail::ui
