// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/TimeRangeChoice.h"

#include "ui/events/TimeRangePopup.h"
#include "ui/style/Icons.h"
#include "ui/widgets/PlainText.h"

#include <QDateTime>
#include <QScreen>

namespace octotrail::ui {

using namespace std::chrono_literals;

namespace {

std::optional<std::chrono::seconds> lengthOf(const TimeRangeChoice::State &state)
{
    switch (state.preset) {
    case TimeRangeChoice::Preset::Last15Minutes:
        return 15min;
    case TimeRangeChoice::Preset::LastHour:
        return 1h;
    case TimeRangeChoice::Preset::LastDay:
        return 24h;
    case TimeRangeChoice::Preset::LastWeek:
        return 7 * 24h;
    case TimeRangeChoice::Preset::LastMonth:
        return 30 * 24h;
    case TimeRangeChoice::Preset::Relative:
        return state.length;
    default:
        return std::nullopt;
    }
}

QString relativeTitle(std::chrono::seconds length)
{
    const auto n = static_cast<int>(length.count());
    if (length >= 48h && length % 24h == 0s) {
        return TimeRangeChoice::tr("Last %1 days").arg(n / 86'400);
    }
    if (length >= 2h && length % 1h == 0s) {
        return TimeRangeChoice::tr("Last %1 hours").arg(n / 3600);
    }
    return length == 60s ? TimeRangeChoice::tr("Last minute") : TimeRangeChoice::tr("Last %1 minutes").arg(n / 60);
}

} // namespace

TimeRangeChoice::TimeRangeChoice(QWidget *parent)
    : QToolButton(parent)
{
    setObjectName(QStringLiteral("timeRange"));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setIcon(ui::icon(u"clock", Tone::Muted));
    setFocusPolicy(Qt::StrongFocus);
    setToolTip(tr("The time that is shown (Ctrl+Shift+T)"));
    connect(this, &QToolButton::clicked, this, &TimeRangeChoice::open);
    updateLook();
}

QString TimeRangeChoice::title(Preset preset)
{
    switch (preset) {
    case Preset::Last15Minutes:
        return tr("Last 15 minutes");
    case Preset::LastHour:
        return tr("Last hour");
    case Preset::LastDay:
        return tr("Last 24 hours");
    case Preset::LastWeek:
        return tr("Last 7 days");
    case Preset::LastMonth:
        return tr("Last 30 days");
    case Preset::All:
        return tr("All time");
    case Preset::Custom:
        return tr("From \u2013 until");
    case Preset::Today:
        return tr("Today");
    case Preset::Yesterday:
        return tr("Yesterday");
    case Preset::ThisWeek:
        return tr("This week");
    case Preset::Relative:
        return tr("Last \u2026");
    }
    return {};
}

QString TimeRangeChoice::titleOf(const State &state, const TimeDisplay &time)
{
    if (state.preset == Preset::Relative) {
        return relativeTitle(state.length);
    }
    const event::TimeRange &range = state.range;
    if (state.preset != Preset::Custom || (!range.since && !range.until)) {
        return title(state.preset);
    }
    return !range.until ? tr("Since %1").arg(time.seconds(*range.since))
        : !range.since  ? tr("Until %1").arg(time.seconds(*range.until))
                        : time.range(*range.since, *range.until);
}

QString TimeRangeChoice::title() const
{
    return titleOf(m_state, m_time);
}

void TimeRangeChoice::setState(const State &state)
{
    m_state = state;
    updateLook();
}

void TimeRangeChoice::setPreset(Preset preset)
{
    setState({preset, {}, {}});
}

void TimeRangeChoice::setCustomRange(const event::TimeRange &range)
{
    const event::TimeRange before = this->range(event::now());
    setState(
        {Preset::Custom, {}, {range.since ? range.since : before.since, range.until ? range.until : before.until}});
    Q_EMIT changed();
}

void TimeRangeChoice::setRelative(std::chrono::seconds length)
{
    setState({Preset::Relative, std::max(length, std::chrono::seconds(1min)), {}});
    Q_EMIT changed();
}

event::TimeRange TimeRangeChoice::range(event::Timestamp now) const
{
    if (const auto length = lengthOf(m_state)) {
        return {now - *length, std::nullopt};
    }
    const QDate today = toDateTime(now, m_time.timeZone()).date();
    const auto startOf = [this](const QDate &date) { return toTimestamp(date.startOfDay(m_time.timeZone())); };
    switch (m_state.preset) {
    case Preset::Custom:
        return m_state.range;
    case Preset::Today:
        return {startOf(today), std::nullopt};
    case Preset::Yesterday:
        return {startOf(today.addDays(-1)), startOf(today)};
    case Preset::ThisWeek:
        return {startOf(today.addDays(1 - today.dayOfWeek())), std::nullopt};
    default:
        return {};
    }
}

void TimeRangeChoice::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
    if (m_popup) {
        m_popup->setTimeDisplay(time);
    }
    updateLook();
}

void TimeRangeChoice::setCurrentEvent(std::optional<event::Timestamp> published)
{
    // What is offered stays what it is, unless it waited for the event to be read.
    if (m_popup && m_popup->isVisible() && !m_currentEvent) {
        m_popup->setCurrentEvent(published);
    }
    m_currentEvent = published;
}

TimeRangePopup *TimeRangeChoice::popup()
{
    if (!m_popup) {
        m_popup = new TimeRangePopup(this);
        connect(m_popup, &TimeRangePopup::chosen, this, [this](const State &state) {
            setState(state);
            Q_EMIT changed();
        });
        connect(m_popup, &TimeRangePopup::aroundChosen, this, &TimeRangeChoice::aroundRequested);
        connect(m_popup, &TimeRangePopup::timeDisplayChosen, this, &TimeRangeChoice::timeDisplayChosen);
    }
    return m_popup;
}

void TimeRangeChoice::open()
{
    TimeRangePopup *opened = popup();
    opened->setTimeDisplay(m_time);
    opened->prepare(m_state, range(event::now()), m_currentEvent);
    opened->adjustSize();
    const QRect screen = this->screen()->availableGeometry();
    QPoint place = mapToGlobal(QPoint(width() - opened->width(), height() + 2));
    place.setX(std::clamp(place.x(), screen.left(), std::max(screen.left(), screen.right() - opened->width())));
    place.setY(std::clamp(place.y(), screen.top(), std::max(screen.top(), screen.bottom() - opened->height())));
    opened->move(place);
    opened->show();
    opened->focusChosen();
}

void TimeRangeChoice::updateLook()
{
    setText(actionText(title()));
    setAccessibleName(tr("Time range: %1").arg(title()));
}

} // namespace octotrail::ui
