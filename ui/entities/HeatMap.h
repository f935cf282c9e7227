// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/EntityProfile.h"

#include <QWidget>

namespace octotrail::ui {

/// Events by hour of the day and day of the week. The arrow keys go from hour to hour; Enter or a click chooses one.
class HeatMap : public QWidget
{
    Q_OBJECT

public:
    explicit HeatMap(QWidget *parent = nullptr);

    /// Hours of the day that stand out get a mark.
    void setHours(const store::WeekHours &hours, const std::vector<int> &rare);
    QRect cellRect(int weekday, int hour) const;
    int currentWeekday() const { return m_weekday; }
    int currentHour() const { return m_hour; }
    QString cellText(int weekday, int hour) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// 0 is Monday.
    void hourChosen(int weekday, int hour);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    std::int64_t count(int weekday, int hour) const;
    std::optional<QPoint> cellAt(const QPoint &position) const; ///< x: the hour, y: the weekday
    QRect plot() const;
    void moveTo(int weekday, int hour);
    void choose(int weekday, int hour);
    void tell();
    void paintCell(QPainter &painter, int weekday, int hour) const;

    store::WeekHours m_hours{};
    std::vector<int> m_rare;
    std::int64_t m_highest = 0;
    int m_weekday = 0;
    int m_hour = 9;
    std::optional<QPoint> m_hovered;
};

} // namespace octotrail::ui
