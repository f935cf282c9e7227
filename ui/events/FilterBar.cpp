// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/FilterBar.h"

#include "ui/events/ChipBar.h"
#include "ui/events/FilterEdit.h"
#include "ui/events/FollowButton.h"
#include "ui/events/SourceChoice.h"
#include "ui/events/TermEditor.h"
#include "ui/events/ZoneChoice.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QProgressBar>
#include <QScrollArea>
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
    , m_zone(new ZoneChoice(this))
    , m_chips(new ChipBar(this))
    , m_chipArea(new QScrollArea(this))
    , m_chipsToggle(new QToolButton(this))
    , m_switchedOff(new QToolButton(this))
    , m_saved(new QToolButton(this))
    , m_follow(new FollowButton(this))
    , m_count(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_cancel(new QToolButton(this))
    , m_appliedAt(event::now())
{
    m_error->setObjectName(u"filterError"_s);
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    m_error->hide();
    m_edit->setNote(m_error);

    m_chipArea->setWidget(m_chips);
    m_chipArea->setWidgetResizable(true);
    m_chipArea->setFrameShape(QFrame::NoFrame);
    m_chipArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_chipArea->setFocusPolicy(Qt::NoFocus);
    m_chipArea->viewport()->setAutoFillBackground(false);
    m_chips->setAutoFillBackground(false);
    m_chipArea->hide();
    m_chipsToggle->setObjectName(u"showChips"_s);
    m_chipsToggle->setIcon(icon(u"chips", Tone::Muted));
    m_chipsToggle->setCheckable(true);
    m_chipsToggle->setAutoRaise(true);
    m_chipsToggle->setFocusPolicy(Qt::TabFocus);
    m_chipsToggle->setAccessibleName(tr("Filter as chips"));
    m_chipsToggle->setToolTip(tr("Show the filter as chips, or as text (Ctrl+Shift+K)"));
    m_switchedOff->setObjectName(u"switchedOff"_s);
    m_switchedOff->setIcon(icon(u"eye-off", Tone::Muted));
    m_switchedOff->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_switchedOff->setAutoRaise(true);
    m_switchedOff->setFocusPolicy(Qt::TabFocus);
    m_switchedOff->setToolTip(tr("Conditions that are kept, but not applied: press to see them as chips"));
    m_switchedOff->hide();

    m_saved->setObjectName(u"savedSearches"_s);
    m_saved->setIcon(icon(u"searches", Tone::Muted));
    m_saved->setAutoRaise(true);
    m_saved->setFocusPolicy(Qt::TabFocus);
    m_saved->setAccessibleName(tr("Saved searches"));
    m_saved->setToolTip(tr("Save this search (Ctrl+S), or open another (Ctrl+J)"));

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

    makeRows();
    setTimeDisplay(m_time);
    connectParts();
}

void FilterBar::connectParts()
{
    connect(m_edit, &FilterEdit::applied, this, &FilterBar::applyText);
    connect(m_edit, &FilterEdit::leaveRequested, this, &FilterBar::leaveRequested);
    connect(m_edit, &QLineEdit::textChanged, this, &FilterBar::hideError);
    connect(m_edit, &QLineEdit::textChanged, this, &FilterBar::showCount);
    connect(m_edit, &FilterEdit::validated, this, [this](const std::optional<event::Error> &error) {
        if (error && m_edit->text() != m_applied) {
            showError(*error, m_edit->isUnfinished(*error));
        }
    });
    connect(m_chips, &ChipBar::changed, this, [this] {
        m_terms = m_chips->terms();
        m_edit->setText(QString::fromStdString(m_terms.text()));
        applyText();
    });
    connect(m_chips, &ChipBar::leaveRequested, this, &FilterBar::leaveRequested);
    connect(m_chips, &ChipBar::heightChanged, this, [this](int height) {
        constexpr int mostLines = 5;
        m_chipArea->setFixedHeight(std::min(height, mostLines * (metrics::ControlHeight + metrics::HalfUnit)));
    });
    connect(m_chipsToggle, &QToolButton::clicked, this, [this](bool on) {
        setShowsChips(on);
        focusFilter();
    });
    connect(m_switchedOff, &QToolButton::clicked, this, [this] {
        setShowsChips(true);
        focusFilter();
    });
    connect(m_follow, &QToolButton::clicked, this, &FilterBar::followToggled);
    connect(m_cancel, &QToolButton::clicked, this, &FilterBar::cancelRequested);
    connect(m_range, &TimeRangeChoice::changed, this, &FilterBar::ask);
    connect(m_range, &TimeRangeChoice::aroundRequested, this, &FilterBar::zoomRequested);
    connect(m_sources, &SourceChoice::changed, this, &FilterBar::ask);
    const auto changeZone = [this](const TimeDisplay &time) {
        setTimeDisplay(time);
        Q_EMIT timeDisplayChanged();
    };
    connect(m_zone, &ZoneChoice::chosen, this, changeZone);
    connect(m_range, &TimeRangeChoice::timeDisplayChosen, this, changeZone);
}

void FilterBar::ask()
{
    m_appliedAt = event::now();
    Q_EMIT applied();
}

void FilterBar::makeRows()
{
    auto *first = new QHBoxLayout;
    first->setSpacing(metrics::Unit);
    auto *places = new QHBoxLayout;
    places->setSpacing(0);
    places->addWidget(m_back);
    places->addWidget(m_forward);
    places->addWidget(m_saved);
    places->addWidget(m_chipsToggle);
    for (QToolButton *button : {m_back, m_forward, m_saved, m_chipsToggle}) {
        places->setAlignment(button, Qt::AlignTop);
        button->setFixedHeight(metrics::ControlHeight);
    }
    first->addLayout(places);
    first->addWidget(m_edit, 1);
    first->addWidget(m_chipArea, 1);
    for (QToolButton *button : std::initializer_list<QToolButton *>{m_switchedOff, m_range, m_sources, m_zone}) {
        button->setMinimumHeight(metrics::ControlHeight);
        first->addWidget(button, 0, Qt::AlignTop);
    }
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
    layout->addWidget(m_chips->editor());
    layout->addWidget(m_error);
    layout->addLayout(second);
}

void FilterBar::colourError()
{
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, toneColor(m_isHint ? Tone::Muted : Tone::Bad, palette()));
    m_error->setPalette(colours);
}

void FilterBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        colourError();
    }
}

/// A hint is what is missing while somebody types.
void FilterBar::showError(const event::Error &error, bool isHint)
{
    m_isHint = isHint;
    if (!isHint) {
        m_edit->showError(error);
    }
    m_error->setText(
        error.column > 0 && !isHint ? tr("Column %1: %2").arg(error.column).arg(error.sentence) : error.sentence);
    colourError();
    m_error->show();
    m_edit->setAccessibleDescription(m_error->text());
}

void FilterBar::hideError()
{
    m_error->hide();
    m_edit->setAccessibleDescription(
        tr("An expression of Okta's filter language, or words to look for. Enter applies it."));
}

void FilterBar::setFilter(const QString &filter)
{
    if (filter != m_applied) {
        m_terms = {};
    }
    m_edit->setText(filter);
    applyText();
}

void FilterBar::narrow(const QString &condition)
{
    const std::string before = filter::expressionText(m_applied.toStdString());
    m_edit->setText(before.empty()
            ? condition
            : QString::fromStdString(filter::conjunctionText(before, filter::expressionText(condition.toStdString()))));
    applyText();
}

void FilterBar::clear()
{
    m_terms = {};
    setFilter({});
}

void FilterBar::setShowsChips(bool on)
{
    // What was typed and not yet applied becomes chips, too; what cannot stays to be mended.
    if (on && !m_showsChips && m_edit->text() != m_applied && !applyText()) {
        m_chipsToggle->setChecked(false);
        return;
    }
    m_showsChips = on;
    m_chipsToggle->setChecked(on);
    m_edit->setVisible(!on);
    m_chipArea->setVisible(on);
    m_chips->editor()->hide();
    showTerms();
    Q_EMIT showsChipsChanged(on);
}

void FilterBar::focusFilter()
{
    if (m_showsChips) {
        m_chips->focusCurrent();
    } else {
        m_edit->setFocus(Qt::ShortcutFocusReason);
        m_edit->selectAll();
    }
}

void FilterBar::showTerms()
{
    m_chips->setTerms(m_terms);
    const auto off = static_cast<int>(m_terms.disabled().size());
    m_switchedOff->setVisible(off > 0 && !m_showsChips);
    m_switchedOff->setText(tr("%1 off").arg(off));
    m_switchedOff->setAccessibleName(tr("Conditions that are switched off: %1").arg(off));
}

BarState FilterBar::state() const
{
    return {m_applied, m_terms.disabled(), m_range->state(), m_sources->chosen()};
}

void FilterBar::setState(const BarState &state)
{
    m_edit->setText(state.filter);
    auto terms = filter::TermList::read(state.filter.toStdString(), state.disabled);
    if (terms) {
        m_range->setState(state.time);
        m_sources->setChosen(state.sources);
        m_terms = std::move(*terms);
    }
    // What is no filter stands there as text, and what was applied before stays.
    if (!applyText() && m_showsChips) {
        setShowsChips(false);
    }
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

void FilterBar::setSearchesMenu(QMenu *menu)
{
    connect(m_saved, &QToolButton::clicked, menu,
        [this, menu] { menu->popup(m_saved->mapToGlobal(QPoint(0, m_saved->height()))); });
}

bool FilterBar::applyText()
{
    const QString text = m_edit->text();
    auto input = filter::parseInput(text.toStdString());
    if (!input) {
        showError(input.error(), false);
        return false;
    }
    m_edit->clearError();
    hideError();
    m_edit->history().add(text);
    if (m_terms.text() != text.toStdString() && !m_terms.setText(text.toStdString())) {
        m_terms = {};
    }
    m_applied = text;
    showCount();
    m_input = std::move(*input);
    showTerms();
    ask();
    return true;
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
    m_zone->setTimeDisplay(time);
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
        if (result.unplacedCount() > 0) {
            text += u" \u00b7 "_s + tr("%1 new since").arg(locale.toString(result.unplacedCount()));
        }
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
    m_found = text;
    showCount();
    m_progress->setVisible(searching);
    m_cancel->setVisible(searching);
    if (searching && result.progress() > 0) {
        m_progress->setRange(0, 1000);
        m_progress->setValue(static_cast<int>(result.progress() * 1000));
    } else if (searching) {
        m_progress->setRange(0, 0);
    }
}

/// What is shown is not always of the filter that stands in the field.
void FilterBar::showCount()
{
    const bool isApplied = m_edit->text().trimmed() == m_applied.trimmed();
    m_count->setText(isApplied ? m_found : tr("%1 \u00b7 Enter applies the filter").arg(m_found));
}

} // namespace octotrail::ui
