// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"
#include "ui/models/TimeDisplay.h"

#include <QWidget>
#include <chrono>

class QActionGroup;
class QDateTimeEdit;
class QLabel;
class QToolButton;

namespace octotrail::ui {

/// Which stretch of time is shown: the last minutes, hours or days, all of it, or from one moment to another.
class TimeRangeChoice : public QWidget
{
    Q_OBJECT

public:
    enum class Preset { Last15Minutes, LastHour, LastDay, LastWeek, LastMonth, All, Custom };
    Q_ENUM(Preset)

    explicit TimeRangeChoice(QWidget *parent = nullptr);

    Preset preset() const { return m_preset; }
    void setPreset(Preset preset);
    /// Chooses Custom with these ends; an absent one stays as it is in the fields.
    void setCustomRange(const event::TimeRange &range);
    /// The range as of now: the last hour begins an hour before it. Presets have no end, so that new events belong.
    event::TimeRange range(event::Timestamp now) const;
    static QString title(Preset preset);

    /// The zone that the custom ends are entered in; the moments stay.
    void setTimeDisplay(const TimeDisplay &time);

Q_SIGNALS:
    void changed();

private:
    void choose(Preset preset);
    void updateLook();

    Preset m_preset = Preset::LastWeek;
    TimeDisplay m_time;
    QToolButton *m_button;
    QActionGroup *m_presets;
    QDateTimeEdit *m_from;
    QDateTimeEdit *m_until;
    QLabel *m_dash;
};

} // namespace octotrail::ui
