// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QHash>
#include <QList>

namespace octotrail::ui {

/// The time zones that the system knows, with their distance from UTC now.
class ZoneModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { IdRole = Qt::UserRole, SearchRole };

    explicit ZoneModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    int rowOf(const QByteArray &id) const { return static_cast<int>(m_ids.indexOf(id)); }

private:
    QList<QByteArray> m_ids;
    mutable QHash<QByteArray, QString> m_offsets; ///< of those that were shown: reading all of them takes a while
};

} // namespace octotrail::ui
