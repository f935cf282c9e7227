// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/ProfileRecords.h"
#include "ui/models/TimeDisplay.h"

#include <QAbstractTableModel>
#include <vector>

namespace octotrail::ui {

/// What changed of one profile, newest first.
class ProfileHistoryModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Seen, What, Before, After, ColumnCount };

    explicit ProfileHistoryModel(QObject *parent = nullptr);

    void setChanges(std::vector<store::ProfileChange> changes);
    void setTimeDisplay(const TimeDisplay &time);
    const store::ProfileChange &change(int row) const { return m_changes[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const store::ProfileChange &change, int column) const;

    std::vector<store::ProfileChange> m_changes;
    TimeDisplay m_time;
};

} // namespace octotrail::ui
