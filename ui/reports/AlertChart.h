// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/AlertReport.h"
#include "ui/models/TimeDisplay.h"

#include <QWidget>
#include <optional>

namespace octotrail::ui {

/// Alerts over time as bars, and in them the part of one series.
class AlertChart : public QWidget
{
    Q_OBJECT

public:
    explicit AlertChart(QWidget *parent = nullptr);

    void setReport(const detect::AlertReport &report);
    /// The series that stands out; nullopt: none.
    void setSeries(const std::optional<detect::AlertSeries> &series);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QRect plot() const;
    std::optional<std::size_t> binAt(const QPoint &place) const;
    QString binText(std::size_t bin) const;

    detect::AlertReport m_report;
    std::optional<detect::AlertSeries> m_series;
};

} // namespace octotrail::ui
