// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/CompletionModel.h"

namespace octotrail::ui {

void CompletionModel::setItems(QList<Item> items)
{
    if (items == m_items) {
        return;
    }
    beginResetModel();
    m_items = std::move(items);
    endResetModel();
}

int CompletionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant CompletionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Item &item = m_items[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return item.text;
    case Qt::AccessibleTextRole: {
        QStringList parts{item.text, item.detail, item.count};
        parts.removeAll(QString());
        return parts.join(QStringLiteral(", "));
    }
    case DetailRole:
        return item.detail;
    case CountRole:
        return item.count;
    default:
        return {};
    }
}

} // namespace octotrail::ui
