// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/TimeRangeChoice.h"

#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"

#include <QActionGroup>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMetaEnum>
#include <QToolButton>

namespace octotrail::ui {

using namespace std::chrono_literals;

namespace {

std::optional<std::chrono::hours> lengthInHours(TimeRangeChoice::Preset preset)
{
    switch (preset) {
    case TimeRangeChoice::Preset::LastHour:
        return 1h;
    case TimeRangeChoice::Preset::LastDay:
        return 24h;
    case TimeRangeChoice::Preset::LastWeek:
        return 7 * 24h;
    case TimeRangeChoice::Preset::LastMonth:
        return 30 * 24h;
    default:
        return std::nullopt;
    }
}

} // namespace

TimeRangeChoice::TimeRangeChoice(QWidget *parent)
    : QWidget(parent)
    , m_button(new QToolButton(this))
    , m_presets(new QActionGroup(this))
    , m_from(new QDateTimeEdit(this))
    , m_until(new QDateTimeEdit(this))
    , m_dash(new QLabel(QStringLiteral("\u2013"), this))
{
    m_button->setObjectName(QStringLiteral("timeRange"));
    m_button->setPopupMode(QToolButton::InstantPopup);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setIcon(icon(u"clock", Tone::Muted));
    m_button->setFocusPolicy(Qt::StrongFocus);
    auto *menu = new QMenu(m_button);
    const QMetaEnum presets = QMetaEnum::fromType<Preset>();
    for (int i = 0; i < presets.keyCount(); ++i) {
        const auto preset = static_cast<Preset>(presets.value(i));
        if (preset == Preset::All) {
            menu->addSeparator();
        }
        QAction *action = menu->addAction(title(preset));
        action->setCheckable(true);
        action->setData(presets.value(i));
        m_presets->addAction(action);
    }
    connect(m_presets, &QActionGroup::triggered, this,
        [this](const QAction *action) { choose(static_cast<Preset>(action->data().toInt())); });
    m_button->setMenu(menu);

    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_from->setDateTime(now.addDays(-1));
    m_until->setDateTime(now);
    m_from->setAccessibleName(tr("From"));
    m_until->setAccessibleName(tr("Until"));
    for (QDateTimeEdit *edit : {m_from, m_until}) {
        edit->setTimeSpec(Qt::UTC);
        edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
        edit->setCalendarPopup(true);
        edit->setKeyboardTracking(false);
        connect(edit, &QDateTimeEdit::dateTimeChanged, this, &TimeRangeChoice::changed);
    }

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(metrics::HalfUnit);
    layout->addWidget(m_button);
    layout->addWidget(m_from);
    layout->addWidget(m_dash);
    layout->addWidget(m_until);
    setFocusProxy(m_button);
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
    }
    return {};
}

void TimeRangeChoice::setPreset(Preset preset)
{
    m_preset = preset;
    updateLook();
}

void TimeRangeChoice::choose(Preset preset)
{
    if (preset == Preset::Custom && m_preset != Preset::Custom) {
        // Start from what is shown now.
        const event::TimeRange now = range(event::now());
        setCustomRange({now.since, event::now()});
        return;
    }
    setPreset(preset);
    Q_EMIT changed();
}

void TimeRangeChoice::setCustomRange(const event::TimeRange &range)
{
    {
        const QSignalBlocker from(m_from);
        const QSignalBlocker until(m_until);
        const auto wall = [this](event::Timestamp t) {
            // The editors know no zones: they get the wall clock of the chosen one, as if it were UTC.
            const QDateTime time = toDateTime(t, m_time.timeZone());
            return QDateTime(time.date(), time.time(), Qt::UTC);
        };
        if (range.since) {
            m_from->setDateTime(wall(*range.since));
        }
        if (range.until) {
            m_until->setDateTime(wall(*range.until));
        }
    }
    setPreset(Preset::Custom);
    Q_EMIT changed();
}

event::TimeRange TimeRangeChoice::range(event::Timestamp now) const
{
    if (const auto hours = lengthInHours(m_preset)) {
        return {now - *hours, std::nullopt};
    }
    switch (m_preset) {
    case Preset::Last15Minutes:
        return {now - 15min, std::nullopt};
    case Preset::Custom: {
        const auto moment = [this](const QDateTimeEdit *edit) {
            const QDateTime wall = edit->dateTime();
            return toTimestamp(QDateTime(wall.date(), wall.time(), m_time.timeZone()));
        };
        return {moment(m_from), moment(m_until)};
    }
    default:
        return {};
    }
}

void TimeRangeChoice::setTimeDisplay(const TimeDisplay &time)
{
    if (time == m_time) {
        return;
    }
    const event::TimeRange before = range(event::now());
    m_time = time;
    if (m_preset == Preset::Custom) {
        const QSignalBlocker blocker(this); // the same moments, written otherwise
        setCustomRange(before);
    }
}

void TimeRangeChoice::updateLook()
{
    m_button->setText(title(m_preset));
    m_button->setAccessibleName(tr("Time range: %1").arg(title(m_preset)));
    const bool custom = m_preset == Preset::Custom;
    m_from->setVisible(custom);
    m_dash->setVisible(custom);
    m_until->setVisible(custom);
    for (QAction *action : m_presets->actions()) {
        action->setChecked(static_cast<Preset>(action->data().toInt()) == m_preset);
    }
}

} // namespace octotrail::ui
