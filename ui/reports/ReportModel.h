// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/AlertReport.h"
#include "ui/models/TimeDisplay.h"

#include <QAbstractTableModel>

namespace octotrail::ui {

/// A report's rows: the alerts of each rule, actor or technique.
class ReportModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Trend, Alerts, PerDay, Recorded, FalsePositives, Last, ColumnCount };
    enum Role { CountsRole = Qt::UserRole };

    explicit ReportModel(QObject *parent = nullptr);

    void setReport(const detect::AlertReport &report, detect::ReportBy by);
    void setTimeDisplay(const TimeDisplay &time);
    const detect::AlertReport &report() const { return m_report; }
    detect::ReportBy by() const { return m_by; }
    /// Of the longest bar of all rows' trends.
    std::int64_t highest() const { return m_highest; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    QVariant text(const detect::AlertSeries &one, int column) const;

    detect::AlertReport m_report;
    detect::ReportBy m_by = detect::ReportBy::Rule;
    TimeDisplay m_time;
    std::int64_t m_highest = 0;
};

} // namespace octotrail::ui
