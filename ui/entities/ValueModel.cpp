// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/ValueModel.h"

#include "ui/widgets/PlainText.h"

#include <QLocale>
#include <algorithm>

namespace octotrail::ui {

void ValueModel::setRows(std::vector<Row> rows)
{
    if (rows == m_rows) {
        return;
    }
    const auto keep = [&] {
        m_rows = std::move(rows);
        m_highest = 0;
        for (const Row &row : m_rows) {
            m_highest = std::max(m_highest, row.count);
        }
    };
    if (rows.size() == m_rows.size()) {
        keep(); // where somebody is in the list stays
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, NumColumns - 1));
        return;
    }
    beginResetModel();
    keep();
    endResetModel();
}

const ValueModel::Row *ValueModel::row(int row) const
{
    return row >= 0 && row < rowCount() ? &m_rows[static_cast<std::size_t>(row)] : nullptr;
}

int ValueModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ValueModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : NumColumns;
}

QVariant ValueModel::data(const QModelIndex &index, int role) const
{
    const Row *shown = row(index.row());
    if (!shown) {
        return {};
    }
    const QString count = QLocale().toString(shown->count);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Value ? shown->text : count;
    case Qt::AccessibleTextRole: {
        const QString text
            = shown->count == 1 ? tr("%1, 1 event").arg(shown->text) : tr("%1, %2 events").arg(shown->text, count);
        return shown->isNew ? tr("%1, not seen before").arg(text) : text;
    }
    case Qt::ToolTipRole:
        return shown->isNew ? ui::toolTip(tr("%1\nNot seen before").arg(shown->text)) : ui::toolTip(shown->text);
    case Qt::TextAlignmentRole:
        return index.column() == Events ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case PartRole:
        return m_highest > 0 ? double(shown->count) / double(m_highest) : 0.0;
    case IsNewRole:
        return shown->isNew;
    case CopyRole:
        return shown->copied;
    default:
        return {};
    }
}

QVariant ValueModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == Value ? tr("Value") : tr("Events");
}

} // namespace octotrail::ui
