// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/TimeRangePopup.h"

#include "ui/events/ZoneChoice.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using Preset = TimeRangeChoice::Preset;

namespace {

QLabel *heading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

QComboBox *units(QWidget *parent, const QString &name)
{
    auto *unit = new QComboBox(parent);
    unit->setAccessibleName(name);
    unit->addItem(TimeRangePopup::tr("minutes"), 60);
    unit->addItem(TimeRangePopup::tr("hours"), 3600);
    unit->addItem(TimeRangePopup::tr("days"), 86'400);
    return unit;
}

} // namespace

TimeRangePopup::TimeRangePopup(QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_quick(new QListWidget(this))
    , m_last(new QSpinBox(this))
    , m_lastUnit(units(this, tr("Unit of the last")))
    , m_from(new QDateTimeEdit(this))
    , m_until(new QDateTimeEdit(this))
    , m_wrong(new QLabel(this))
    , m_event(new QLabel(this))
    , m_around(new QSpinBox(this))
    , m_aroundUnit(units(this, tr("Unit around the event")))
    , m_zone(new ZoneChoice(this))
{
    setObjectName(u"timeRangePopup"_s);
    setAccessibleName(tr("Time range"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    m_quick->setObjectName(u"quickRanges"_s);
    m_quick->setAccessibleName(tr("Usual time ranges"));
    for (const Preset preset : {Preset::Last15Minutes, Preset::LastHour, Preset::LastDay, Preset::LastWeek,
             Preset::LastMonth, Preset::Today, Preset::Yesterday, Preset::ThisWeek, Preset::All}) {
        auto *item = new QListWidgetItem(TimeRangeChoice::title(preset), m_quick);
        item->setData(Qt::UserRole, static_cast<int>(preset));
    }
    m_quick->setFixedWidth(20 * metrics::Unit);
    connect(m_quick, &QListWidget::itemClicked, this, &TimeRangePopup::applyQuick);

    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(metrics::Unit);
    grid->setVerticalSpacing(metrics::HalfUnit);
    makeRelative(grid);
    makeAbsolute(grid);
    makeAround(grid);
    grid->setRowMinimumHeight(2, metrics::Unit);
    grid->setRowMinimumHeight(7, metrics::Unit);
    grid->setRowStretch(11, 1);
    auto *zoneRow = new QHBoxLayout;
    auto *zoneLabel = new QLabel(tr("Times are in"), this);
    m_zone->setObjectName(u"popupTimeZone"_s);
    zoneRow->addWidget(zoneLabel);
    zoneRow->addWidget(m_zone);
    zoneRow->addStretch(1);
    grid->addLayout(zoneRow, 12, 0, 1, 4);
    connect(m_zone, &ZoneChoice::chosen, this, [this](const TimeDisplay &time) {
        setTimeDisplay(time);
        Q_EMIT timeDisplayChosen(time);
    });

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::Unit, metrics::Unit, 2 * metrics::Unit, metrics::Unit);
    layout->setSpacing(2 * metrics::Unit);
    layout->addWidget(m_quick);
    layout->addLayout(grid, 1);
    // Enter in a field means its row.
    for (QWidget *widget : findChildren<QWidget *>()) {
        widget->installEventFilter(this);
    }
    for (QWidget *field : {static_cast<QWidget *>(m_quick), static_cast<QWidget *>(m_last),
             static_cast<QWidget *>(m_from), static_cast<QWidget *>(m_until), static_cast<QWidget *>(m_around)}) {
        field->setFocusPolicy(Qt::StrongFocus);
    }
    const QList<QWidget *> order{m_quick, m_last, m_lastUnit, m_from, m_until, m_around, m_aroundUnit, m_zone};
    for (qsizetype i = 1; i < order.size(); ++i) {
        setTabOrder(order[i - 1], order[i]);
    }
}

QPushButton *TimeRangePopup::addApply(QGridLayout *layout, int row, const QString &name)
{
    auto *button = new QPushButton(tr("Apply"), this);
    button->setAccessibleName(name);
    layout->addWidget(button, row, 3);
    return button;
}

void TimeRangePopup::makeRelative(QGridLayout *layout)
{
    m_last->setObjectName(u"relativeNumber"_s);
    m_last->setAccessibleName(tr("Last"));
    m_last->setRange(1, 100'000);
    m_last->setValue(36);
    m_lastUnit->setObjectName(u"relativeUnit"_s);
    m_lastUnit->setCurrentIndex(1);
    layout->addWidget(heading(tr("Last"), this), 0, 0, 1, 4);
    layout->addWidget(m_last, 1, 0, 1, 2);
    layout->addWidget(m_lastUnit, 1, 2);
    connect(addApply(layout, 1, tr("Show the last so-and-so long")), &QPushButton::clicked, this,
        &TimeRangePopup::applyRelative);
}

void TimeRangePopup::makeAbsolute(QGridLayout *layout)
{
    layout->addWidget(heading(tr("From \u2013 until"), this), 3, 0, 1, 4);
    m_from->setObjectName(u"rangeFrom"_s);
    m_until->setObjectName(u"rangeUntil"_s);
    m_from->setAccessibleName(tr("From"));
    m_until->setAccessibleName(tr("Until"));
    int row = 4;
    for (QDateTimeEdit *edit : {m_from, m_until}) {
        edit->setTimeSpec(Qt::UTC);
        edit->setDisplayFormat(u"yyyy-MM-dd HH:mm:ss"_s);
        edit->setCalendarPopup(true);
        auto *label = new QLabel(edit == m_from ? tr("From") : tr("Until"), this);
        label->setBuddy(edit);
        layout->addWidget(label, row, 0);
        layout->addWidget(edit, row, 1, 1, 2);
        ++row;
    }
    connect(
        addApply(layout, 5, tr("Show from \u2013 until")), &QPushButton::clicked, this, &TimeRangePopup::applyAbsolute);
    m_wrong->setObjectName(u"rangeWrong"_s);
    m_wrong->setTextFormat(Qt::PlainText);
    m_wrong->hide();
    layout->addWidget(m_wrong, 6, 0, 1, 4);
}

void TimeRangePopup::makeAround(QGridLayout *layout)
{
    layout->addWidget(heading(tr("Around the chosen event"), this), 8, 0, 1, 4);
    m_event->setTextFormat(Qt::PlainText);
    m_event->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_event, 9, 0, 1, 4);
    m_around->setObjectName(u"aroundNumber"_s);
    m_around->setAccessibleName(tr("Before and after the event"));
    m_around->setPrefix(u"\u00b1 "_s);
    m_around->setRange(1, 10'000);
    m_around->setValue(5);
    layout->addWidget(m_around, 10, 0, 1, 2);
    layout->addWidget(m_aroundUnit, 10, 2);
    m_applyAround = addApply(layout, 10, tr("Show what happened around the event"));
    m_applyAround->setObjectName(u"applyAround"_s);
    connect(m_applyAround, &QPushButton::clicked, this, &TimeRangePopup::applyAround);
}

void TimeRangePopup::setTimeDisplay(const TimeDisplay &time)
{
    const event::TimeRange before = ends();
    m_time = time;
    m_zone->setTimeDisplay(time);
    showEnds(before);
    m_event->setText(m_currentEvent ? m_time.full(*m_currentEvent) : tr("No event is chosen in the table"));
}

void TimeRangePopup::showEnds(const event::TimeRange &range)
{
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

event::TimeRange TimeRangePopup::ends() const
{
    const auto moment = [this](const QDateTimeEdit *edit) {
        const QDateTime wall = edit->dateTime();
        return toTimestamp(QDateTime(wall.date(), wall.time(), m_time.timeZone()));
    };
    return {moment(m_from), moment(m_until)};
}

void TimeRangePopup::setCurrentEvent(std::optional<event::Timestamp> published)
{
    m_currentEvent = published;
    m_event->setText(m_currentEvent ? m_time.full(*m_currentEvent) : tr("No event is chosen in the table"));
    m_applyAround->setEnabled(m_currentEvent.has_value());
}

void TimeRangePopup::prepare(
    const TimeRangeChoice::State &state, const event::TimeRange &range, std::optional<event::Timestamp> currentEvent)
{
    const auto now = event::now();
    setCurrentEvent(currentEvent);
    m_wrong->hide();
    showEnds({range.since.value_or(now - std::chrono::hours(24)), range.until.value_or(now)});
    if (state.preset == Preset::Relative) {
        const auto seconds = state.length.count();
        const int unit = seconds % 86'400 == 0 && seconds > 86'400 ? 2 : seconds % 3600 == 0 ? 1 : 0;
        m_lastUnit->setCurrentIndex(unit);
        m_last->setValue(static_cast<int>(seconds / m_lastUnit->currentData().toInt()));
    }
    m_quick->setCurrentRow(-1);
    for (int row = 0; row < m_quick->count(); ++row) {
        if (m_quick->item(row)->data(Qt::UserRole).toInt() == static_cast<int>(state.preset)) {
            m_quick->setCurrentRow(row);
        }
    }
}

void TimeRangePopup::focusChosen()
{
    m_quick->setFocus(Qt::PopupFocusReason);
}

std::chrono::seconds TimeRangePopup::lengthOf(const QSpinBox *number, const QComboBox *unit)
{
    return std::chrono::seconds(qint64{number->value()} * unit->currentData().toInt());
}

void TimeRangePopup::choose(const TimeRangeChoice::State &state)
{
    hide();
    Q_EMIT chosen(state);
}

void TimeRangePopup::applyQuick()
{
    if (const QListWidgetItem *item = m_quick->currentItem()) {
        choose({static_cast<Preset>(item->data(Qt::UserRole).toInt()), {}, {}});
    }
}

void TimeRangePopup::applyRelative()
{
    m_last->interpretText();
    choose({Preset::Relative, lengthOf(m_last, m_lastUnit), {}});
}

void TimeRangePopup::applyAbsolute()
{
    m_from->interpretText();
    m_until->interpretText();
    const event::TimeRange range = ends();
    if (*range.since >= *range.until) {
        QPalette bad = palette();
        bad.setColor(QPalette::WindowText, toneColor(Tone::Bad, palette()));
        m_wrong->setPalette(bad);
        m_wrong->setText(tr("It ends before it begins."));
        m_wrong->show();
        return;
    }
    choose({Preset::Custom, {}, range});
}

void TimeRangePopup::applyAround()
{
    m_around->interpretText();
    if (!m_currentEvent) {
        return;
    }
    const auto half = lengthOf(m_around, m_aroundUnit);
    hide();
    // The end is not part of a range, but an event just then belongs to it.
    Q_EMIT aroundChosen({*m_currentEvent - half, *m_currentEvent + half + std::chrono::microseconds(1)});
}

bool TimeRangePopup::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress) {
        return QFrame::eventFilter(watched, event);
    }
    const auto *key = static_cast<const QKeyEvent *>(event);
    if (key->key() == Qt::Key_Escape) {
        hide();
        return true;
    }
    if (key->key() != Qt::Key_Return && key->key() != Qt::Key_Enter) {
        return QFrame::eventFilter(watched, event);
    }
    const auto isIn = [watched](const QWidget *widget) {
        return watched == widget || (watched->isWidgetType() && widget->isAncestorOf(static_cast<QWidget *>(watched)));
    };
    if (isIn(m_quick)) {
        applyQuick();
    } else if (isIn(m_last) || isIn(m_lastUnit)) {
        applyRelative();
    } else if (isIn(m_from) || isIn(m_until)) {
        applyAbsolute();
    } else if (isIn(m_around) || isIn(m_aroundUnit)) {
        applyAround();
    } else if (auto *button = qobject_cast<QAbstractButton *>(watched)) {
        button->click();
    }
    return true;
}

} // namespace octotrail::ui
