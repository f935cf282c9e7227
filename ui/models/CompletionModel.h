// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QList>

namespace octotrail::ui {

/// What may be inserted, with a word on each and how often it occurs.
class CompletionModel : public QAbstractListModel
{
    Q_OBJECT

public:
    struct Item
    {
        QString text; ///< what is inserted
        QString detail; ///< "text · Outcome"
        QString count; ///< "98 %", "1,204"
        bool operator==(const Item &) const = default;
    };
    enum Role { DetailRole = Qt::UserRole, CountRole };

    using QAbstractListModel::QAbstractListModel;

    void setItems(QList<Item> items);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    QList<Item> m_items;
};

} // namespace octotrail::ui
