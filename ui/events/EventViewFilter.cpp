// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// EventView's actions on the filter bar.
#include "ui/events/ChipBar.h"
#include "ui/events/EventTable.h"
#include "ui/events/EventView.h"
#include "ui/events/FieldCounts.h"
#include "ui/events/FilterBar.h"
#include "ui/events/FilterEdit.h"
#include "ui/events/TermEditor.h"
#include "ui/events/ValueSuggestions.h"
#include "ui/style/Icons.h"
#include "ui/widgets/WhenFinished.h"

#include <QAction>
#include <QMenu>
#include <array>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void EventView::makeFilterActions()
{
    m_actions.chips = new QAction(icon(u"chips"), tr("Filter as c&hips"), this);
    m_actions.chips->setShortcut(QKeySequence(u"Ctrl+Shift+K"_s));
    m_actions.chips->setCheckable(true);
    connect(m_actions.chips, &QAction::triggered, this, [this](bool on) {
        Q_EMIT viewRequested();
        m_bar->setShowsChips(on);
        m_actions.chips->setChecked(m_bar->showsChips());
        m_bar->focusFilter();
    });
    connect(m_bar, &FilterBar::showsChipsChanged, m_actions.chips, &QAction::setChecked);
    m_actions.timeRange = new QAction(icon(u"clock"), tr("&Time range\u2026"), this);
    m_actions.timeRange->setShortcut(QKeySequence(u"Ctrl+Shift+T"_s));
    connect(m_actions.timeRange, &QAction::triggered, this, [this] {
        Q_EMIT viewRequested();
        m_bar->timeRange()->open();
    });
    m_actions.around = new QAction(icon(u"clock"), tr("Show 5 minutes around t&his event"), this);
    m_actions.around->setShortcut(QKeySequence(u"Ctrl+Alt+T"_s));
    m_actions.around->setEnabled(false);
    connect(m_actions.around, &QAction::triggered, this, [this] { showAround(5min, false); });
}

/// What is typed is completed with what the store has.
void EventView::completeFilters()
{
    auto *counts = new FieldCounts(m_store, this);
    TermEditor *editor = m_bar->chips()->editor();
    m_bar->edit()->setFieldCounts(counts);
    m_bar->edit()->setSuggestions(new ValueSuggestions(m_store, this));
    editor->text()->setFieldCounts(counts);
    editor->setSuggestions(new ValueSuggestions(m_store, this), new ValueSuggestions(m_store, this));
    connect(
        counts, &FieldCounts::changed, editor, [counts, editor] { editor->setFurtherPaths(counts->furtherPaths()); });
}

QMenu *EventView::makeAroundMenu(QWidget *parent)
{
    auto *menu = new QMenu(tr("Around this event"), parent);
    menu->setIcon(icon(u"clock"));
    menu->setEnabled(m_table->currentSeq().has_value());
    const auto add = [&](const QString &text, std::chrono::minutes half, bool withoutFilter) {
        connect(menu->addAction(text), &QAction::triggered, this,
            [this, half, withoutFilter] { showAround(half, withoutFilter); });
    };
    for (const int minutes : std::to_array({1, 5, 15, 60})) {
        add(tr("\u00b1 %1 min, what the filter shows").arg(minutes), std::chrono::minutes(minutes), false);
    }
    menu->addSeparator();
    for (const int minutes : std::to_array({1, 5, 15, 60})) {
        add(tr("\u00b1 %1 min, everything").arg(minutes), std::chrono::minutes(minutes), true);
    }
    menu->addSeparator();
    menu->addAction(m_actions.timeRange);
    return menu;
}

void EventView::showAround(std::chrono::seconds half, bool withoutFilter)
{
    const std::optional<store::Seq> seq = m_table->currentSeq();
    if (!seq) {
        return;
    }
    whenFinished(
        m_store->event(*seq), this, [this, half, withoutFilter](const event::Result<store::StoredEvent> &read) {
            const auto published = read ? read->event.published() : std::nullopt;
            if (!published) {
                Q_EMIT problemOccurred(read ? tr("This event does not tell its time.") : read.error().sentence);
                return;
            }
            // The end is not part of a range, but an event just then belongs to it.
            const event::TimeRange range{*published - half, *published + half + 1us};
            if (!withoutFilter) {
                zoomTo(range);
                return;
            }
            BarState state = m_bar->state();
            state.filter.clear();
            state.disabled.clear();
            state.time = {TimeRangeChoice::Preset::Custom, {}, range};
            m_bar->setState(state); // the way back is Alt+Left
        });
}

} // namespace octotrail::ui
