// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/EntityProfile.h"

#include <QAbstractTableModel>

namespace octotrail::ui {

/// Values with their counts, for a card of an entity's page.
class ValueModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Value, Events, NumColumns };
    enum Role {
        PartRole = Qt::UserRole, ///< from 0 to 1: the count as a part of the highest
        IsNewRole, ///< bool: not there before
        CopyRole, ///< QString
    };
    struct Row
    {
        QString text;
        QString copied; ///< the value as it is
        qint64 count = 0;
        bool isNew = false;
        QString filter; ///< finds its events
        std::optional<store::Entity> entity; ///< what the value names

        bool operator==(const Row &) const = default;
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<Row> rows);
    const Row *row(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<Row> m_rows;
    qint64 m_highest = 0;
};

} // namespace octotrail::ui
