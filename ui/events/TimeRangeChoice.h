// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"
#include "ui/models/TimeDisplay.h"

#include <QToolButton>
#include <chrono>

namespace octotrail::ui {

class TimeRangePopup;

/// Which stretch of time is shown: one of the usual ones, the last hours of any number, from one moment to another, or
/// around an event. A button that says which; all of it is chosen in what it opens.
class TimeRangeChoice : public QToolButton
{
    Q_OBJECT

public:
    enum class Preset {
        Last15Minutes,
        LastHour,
        LastDay,
        LastWeek,
        LastMonth,
        All,
        Custom,
        Today,
        Yesterday,
        ThisWeek,
        Relative,
    };
    Q_ENUM(Preset)

    /// What is chosen: a value, to be kept and to come back to.
    struct State
    {
        Preset preset = Preset::All;
        std::chrono::seconds length{}; ///< of Relative
        event::TimeRange range{}; ///< of Custom
        bool operator==(const State &) const = default;
    };

    explicit TimeRangeChoice(QWidget *parent = nullptr);

    State state() const { return m_state; }
    void setState(const State &state);

    Preset preset() const { return m_state.preset; }
    void setPreset(Preset preset);
    /// Chooses Custom with these ends; an absent one is that of what was chosen before.
    void setCustomRange(const event::TimeRange &range);
    /// The last so-and-so long.
    void setRelative(std::chrono::seconds length);
    /// The range as of now: the last hour begins an hour before it. Presets have no end, so that new events belong.
    event::TimeRange range(event::Timestamp now) const;
    static QString title(Preset preset);
    /// What is chosen, in words.
    QString title() const;
    static QString titleOf(const State &state, const TimeDisplay &time);

    /// The zone that ends are entered and days are counted in; the moments stay.
    void setTimeDisplay(const TimeDisplay &time);
    /// The event that a range may be chosen around.
    void setCurrentEvent(std::optional<event::Timestamp> published);
    void open();
    TimeRangePopup *popup();

Q_SIGNALS:
    void changed();
    /// A range around the event was chosen.
    void aroundRequested(const octotrail::event::TimeRange &range);
    void timeDisplayChosen(const octotrail::ui::TimeDisplay &time);

private:
    void updateLook();

    State m_state{Preset::LastWeek, {}, {}};
    TimeDisplay m_time;
    std::optional<event::Timestamp> m_currentEvent;
    TimeRangePopup *m_popup = nullptr; ///< made when it is first opened
};

} // namespace octotrail::ui
