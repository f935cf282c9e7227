// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/events/TimeRangeChoice.h"

#include <QFrame>

class QComboBox;
class QDateTimeEdit;
class QGridLayout;
class QLabel;
class QListWidget;
class QPushButton;
class QSpinBox;

namespace octotrail::ui {

class ZoneChoice;

/// All the ways to choose a time at once: usual ranges, the last so-and-so many hours, from one moment to another,
/// around an event, and the zone in which they are meant.
class TimeRangePopup : public QFrame
{
    Q_OBJECT

public:
    explicit TimeRangePopup(QWidget *parent = nullptr);

    /// Shows what is chosen, and offers it as ends to begin with.
    void prepare(const TimeRangeChoice::State &state, const event::TimeRange &range,
        std::optional<event::Timestamp> currentEvent);
    /// The event that a range may be chosen around.
    void setCurrentEvent(std::optional<event::Timestamp> published);
    void setTimeDisplay(const TimeDisplay &time);
    void focusChosen();

Q_SIGNALS:
    void chosen(const octotrail::ui::TimeRangeChoice::State &state);
    void aroundChosen(const octotrail::event::TimeRange &range);
    void timeDisplayChosen(const octotrail::ui::TimeDisplay &time);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QPushButton *addApply(QGridLayout *layout, int row, const QString &name);
    void makeRelative(QGridLayout *layout);
    void makeAbsolute(QGridLayout *layout);
    void makeAround(QGridLayout *layout);
    void choose(const TimeRangeChoice::State &state);
    void applyQuick();
    void applyRelative();
    void applyAbsolute();
    void applyAround();
    void showEnds(const event::TimeRange &range);
    event::TimeRange ends() const;
    static std::chrono::seconds lengthOf(const QSpinBox *number, const QComboBox *unit);

    QListWidget *m_quick;
    QSpinBox *m_last;
    QComboBox *m_lastUnit;
    QDateTimeEdit *m_from;
    QDateTimeEdit *m_until;
    QLabel *m_wrong;
    QLabel *m_event;
    QSpinBox *m_around;
    QComboBox *m_aroundUnit;
    QPushButton *m_applyAround = nullptr;
    ZoneChoice *m_zone;
    TimeDisplay m_time;
    std::optional<event::Timestamp> m_currentEvent;
};

} // namespace octotrail::ui
