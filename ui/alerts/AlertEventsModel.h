// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"
#include "ui/models/TimeDisplay.h"

#include <QAbstractTableModel>
#include <memory>

namespace octotrail::ui {

/// The events of an alert, oldest first; of many the first ones.
class AlertEventsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Event, Actor, Target, Outcome, Address, ColumnCount };
    static constexpr std::size_t most = 1000;

    explicit AlertEventsModel(std::shared_ptr<store::Store> store, QObject *parent = nullptr);

    void setEvents(std::vector<store::Seq> seqs);
    void setTimeDisplay(const TimeDisplay &time);
    store::Seq seq(int row) const { return m_rows[static_cast<std::size_t>(row)].seq; }
    const QString &failure() const { return m_failure; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void loaded();

private:
    std::shared_ptr<store::Store> m_store;
    TimeDisplay m_time;
    std::vector<store::Seq> m_seqs;
    std::vector<store::EventRow> m_rows;
    QString m_failure;
    quint64 m_job = 0;
};

} // namespace octotrail::ui
