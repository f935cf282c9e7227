// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/FilterBar.h"

#include "ui/events/FilterEdit.h"
#include "ui/events/SourceChoice.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"

#include <QActionGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QMetaEnum>
#include <QProgressBar>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent)
    , m_edit(new FilterEdit(this))
    , m_error(new QLabel(this))
    , m_range(new TimeRangeChoice(this))
    , m_sources(new SourceChoice(this))
    , m_back(new QToolButton(this))
    , m_forward(new QToolButton(this))
    , m_zone(new QToolButton(this))
    , m_follow(new QToolButton(this))
    , m_count(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_cancel(new QToolButton(this))
    , m_appliedAt(event::now())
{
    m_error->setObjectName(u"filterError"_s);
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    m_error->hide();

    m_zone->setObjectName(u"timeZone"_s);
    m_zone->setPopupMode(QToolButton::InstantPopup);
    m_zone->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_zone->setIcon(icon(u"globe", Tone::Muted));
    m_zone->setFocusPolicy(Qt::StrongFocus);
    m_zone->setToolTip(tr("The time zone of every time in this window"));
    auto *zones = new QMenu(m_zone);
    for (const TimeDisplay::Zone zone : {TimeDisplay::Zone::Utc, TimeDisplay::Zone::Local}) {
        const TimeDisplay time(zone);
        QAction *action
            = zones->addAction(zone == TimeDisplay::Zone::Utc ? u"UTC"_s : tr("Local: %1").arg(time.zoneName()));
        connect(action, &QAction::triggered, this, [this, time] {
            setTimeDisplay(time);
            Q_EMIT timeDisplayChanged();
        });
    }
    m_zone->setMenu(zones);

    m_follow->setObjectName(u"follow"_s);
    m_follow->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_follow->setFocusPolicy(Qt::StrongFocus);
    connect(m_follow, &QToolButton::clicked, this, &FilterBar::followToggled);

    m_count->setObjectName(u"resultCount"_s);
    m_count->setTextFormat(Qt::PlainText);
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(12 * metrics::Unit, metrics::Unit);
    m_progress->setAccessibleName(tr("Search progress"));
    m_cancel->setObjectName(u"cancelSearch"_s);
    m_cancel->setText(tr("Cancel"));
    m_cancel->setIcon(icon(u"stop", Tone::Muted));
    m_cancel->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_cancel->setAutoRaise(true);
    m_cancel->setToolTip(tr("Stop searching and keep what was found"));
    connect(m_cancel, &QToolButton::clicked, this, &FilterBar::cancelRequested);

    makeRows();
    setTimeDisplay(m_time);

    connect(m_edit, &FilterEdit::applied, this, &FilterBar::applyText);
    connect(m_edit, &FilterEdit::leaveRequested, this, &FilterBar::leaveRequested);
    connect(m_edit, &QLineEdit::textChanged, m_error, &QWidget::hide);
    const auto again = [this] {
        m_appliedAt = event::now();
        Q_EMIT applied();
    };
    connect(m_range, &TimeRangeChoice::changed, this, again);
    connect(m_sources, &SourceChoice::changed, this, again);
}

void FilterBar::makeRows()
{
    auto *first = new QHBoxLayout;
    first->setSpacing(metrics::Unit);
    auto *places = new QHBoxLayout;
    places->setSpacing(0);
    places->addWidget(m_back);
    places->addWidget(m_forward);
    first->addLayout(places);
    first->addWidget(m_edit, 1);
    first->addWidget(m_range);
    first->addWidget(m_sources);
    first->addWidget(m_zone);
    auto *second = new QHBoxLayout;
    second->setSpacing(metrics::Unit);
    second->addWidget(m_count);
    second->addWidget(m_progress);
    second->addWidget(m_cancel);
    second->addStretch(1);
    second->addWidget(m_follow);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::Unit, metrics::Unit, metrics::Unit, metrics::HalfUnit);
    layout->setSpacing(metrics::HalfUnit);
    layout->addLayout(first);
    layout->addWidget(m_error);
    layout->addLayout(second);
}

void FilterBar::colourError()
{
    QPalette bad = palette();
    bad.setColor(QPalette::WindowText, toneColor(Tone::Bad, palette()));
    m_error->setPalette(bad);
}

void FilterBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        colourError();
    }
}

void FilterBar::setFilter(const QString &filter)
{
    m_edit->setText(filter);
    applyText();
}

void FilterBar::narrow(const QString &comparison)
{
    const std::string before = m_input.isKeywordSearch() ? std::string() : m_applied.trimmed().toStdString();
    setFilter(QString::fromStdString(filter::conjunctionText(before, comparison.toStdString())));
}

void FilterBar::clear()
{
    setFilter({});
}

BarState FilterBar::state() const
{
    BarState state{m_applied, m_range->preset(), {}, m_sources->chosen()};
    if (state.preset == TimeRangeChoice::Preset::Custom) {
        state.range = m_range->range(m_appliedAt);
    }
    return state;
}

void FilterBar::setState(const BarState &state)
{
    {
        const QSignalBlocker blocker(this);
        if (state.preset == TimeRangeChoice::Preset::Custom) {
            m_range->setCustomRange(state.range);
        } else {
            m_range->setPreset(state.preset);
        }
        m_sources->setChosen(state.sources);
    }
    setFilter(state.filter);
}

void FilterBar::setHistoryActions(QAction *back, QAction *forward)
{
    m_back->setDefaultAction(back);
    m_forward->setDefaultAction(forward);
    for (QToolButton *button : {m_back, m_forward}) {
        button->setAutoRaise(true);
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
        button->setFocusPolicy(Qt::TabFocus);
    }
}

void FilterBar::applyText()
{
    const QString text = m_edit->text();
    auto input = filter::parseInput(text.toStdString());
    if (!input) {
        m_edit->showError(input.error());
        const int column = input.error().column;
        m_error->setText(
            column > 0 ? tr("Column %1: %2").arg(column).arg(input.error().sentence) : input.error().sentence);
        colourError();
        m_error->show();
        m_edit->setAccessibleDescription(m_error->text());
        return;
    }
    m_edit->clearError();
    m_error->hide();
    m_edit->setAccessibleDescription(
        tr("An expression of Okta's filter language, or words to look for. Enter applies it."));
    m_edit->history().add(text);
    m_applied = text;
    m_input = std::move(*input);
    m_appliedAt = event::now();
    Q_EMIT applied();
}

store::EventQuery FilterBar::query() const
{
    store::EventQuery query;
    query.expression = m_input.expression;
    query.words = m_input.words;
    query.range = m_range->range(m_appliedAt);
    query.sources = m_sources->chosen();
    return query;
}

void FilterBar::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
    m_range->setTimeDisplay(time);
    const bool utc = time.zone() == TimeDisplay::Zone::Utc;
    m_zone->setText(utc ? u"UTC"_s : time.zoneName());
    m_zone->setAccessibleName(tr("Time zone: %1").arg(time.zoneName()));
}

void FilterBar::showResult(const EventResult &result, qint64 shown, bool truncated, std::optional<qint64> total)
{
    const QLocale locale;
    const bool searching = result.state() == EventResult::State::Searching;
    const QString number = locale.toString(result.isStale() ? 0 : result.rows().size());
    QString text;
    switch (result.state()) {
    case EventResult::State::Empty:
        break;
    case EventResult::State::Searching:
        text = result.isStale() ? tr("Searching\u2026") : tr("Searching\u2026 %1 found so far").arg(number);
        break;
    case EventResult::State::Cancelled:
        text = tr("Cancelled: %1 found by then").arg(number);
        break;
    case EventResult::State::Failed:
        text = tr("The search failed");
        break;
    case EventResult::State::Complete:
        text = total ? tr("%1 of %2 events").arg(number, locale.toString(std::max(*total, result.rows().size())))
                     : tr("%1 events").arg(number);
        break;
    }
    if (truncated) {
        text += u' ' + tr("(the first %1 are shown)").arg(locale.toString(shown));
    }
    m_count->setText(text);
    m_progress->setVisible(searching);
    m_cancel->setVisible(searching);
    if (searching && result.progress() > 0) {
        m_progress->setRange(0, 1000);
        m_progress->setValue(static_cast<int>(result.progress() * 1000));
    } else if (searching) {
        m_progress->setRange(0, 0);
    }
}

void FilterBar::showFollowState(EventTable::FollowState state, qint64 newEvents)
{
    const QString count = QLocale().toString(newEvents);
    QString text;
    QString tip;
    QStringView name = u"follow";
    Tone tone = Tone::Muted;
    switch (state) {
    case EventTable::FollowState::Following:
        text = tr("Following");
        tip = tr("New events come in as they arrive. Press to hold them back (Space).");
        tone = Tone::Good;
        break;
    case EventTable::FollowState::ScrolledAway:
        text = newEvents > 0 ? tr("%1 new").arg(count) : tr("Not at the newest");
        tip = tr("New events come in out of sight. Press to go to the newest and follow (Space).");
        name = u"arrow-up";
        break;
    case EventTable::FollowState::Paused:
        text = newEvents > 0 ? tr("Paused, %1 waiting").arg(count) : tr("Paused");
        tip = tr("New events wait. Press to let them in and follow (Space).");
        name = u"pause";
        tone = Tone::Warning;
        break;
    case EventTable::FollowState::Unordered:
        text = tr("Live");
        tip = tr("New events come in where the sorting puts them. Press to hold them back (Space).");
        break;
    }
    m_follow->setText(text);
    m_follow->setToolTip(tip);
    m_follow->setAccessibleName(tr("Live events: %1").arg(text));
    m_follow->setIcon(icon(name, tone));
}

void FilterBar::saveState(QSettings &settings) const
{
    settings.setValue("filter", m_applied);
    settings.setValue("history", m_edit->history().entries());
    settings.setValue("range",
        QString::fromLatin1(
            QMetaEnum::fromType<TimeRangeChoice::Preset>().valueToKey(static_cast<int>(m_range->preset()))));
    if (m_range->preset() == TimeRangeChoice::Preset::Custom) {
        const event::TimeRange range = m_range->range(m_appliedAt);
        settings.setValue("since", QString::fromStdString(event::formatTimestamp(range.since.value_or(m_appliedAt))));
        settings.setValue("until", QString::fromStdString(event::formatTimestamp(range.until.value_or(m_appliedAt))));
    }
    QStringList ids;
    for (const store::SourceId id : m_sources->chosen()) {
        ids << QString::number(id);
    }
    settings.setValue("sources", ids);
}

void FilterBar::restoreState(const QSettings &settings, bool withSources)
{
    const QSignalBlocker blocker(this);
    m_edit->history().setEntries(settings.value("history").toStringList());
    const QByteArray name = settings.value("range").toString().toLatin1();
    bool known = false;
    const int preset = QMetaEnum::fromType<TimeRangeChoice::Preset>().keyToValue(name.constData(), &known);
    if (known) {
        if (static_cast<TimeRangeChoice::Preset>(preset) == TimeRangeChoice::Preset::Custom) {
            m_range->setCustomRange({event::parseTimestamp(settings.value("since").toString().toStdString()),
                event::parseTimestamp(settings.value("until").toString().toStdString())});
        } else {
            m_range->setPreset(static_cast<TimeRangeChoice::Preset>(preset));
        }
    }
    std::vector<store::SourceId> ids;
    for (const QString &id : settings.value("sources").toStringList()) {
        ids.push_back(id.toInt());
    }
    m_sources->setChosen(withSources ? ids : std::vector<store::SourceId>());
    setFilter(settings.value("filter").toString());
}

} // namespace octotrail::ui
