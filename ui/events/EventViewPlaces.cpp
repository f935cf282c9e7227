// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// EventView's way through queries: back and forward, into a stretch of time and out of it.
#include "ui/events/EventView.h"
#include "ui/events/FacetRail.h"
#include "ui/events/FilterBar.h"
#include "ui/events/TimelinePane.h"
#include "ui/style/Icons.h"

#include <QAction>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

void EventView::makePlaceActions()
{
    const auto make = [this](const QString &text, QStringView iconName, const QKeySequence &key) {
        auto *action = new QAction(icon(iconName), text, this);
        action->setShortcut(key);
        action->setEnabled(false);
        return action;
    };
    m_actions.back = make(tr("&Back"), u"arrow-left", QKeySequence(u"Alt+Left"_s));
    m_actions.back->setToolTip(tr("The filter, time and sources before (Alt+Left)"));
    m_actions.forward = make(tr("For&ward"), u"arrow-right", QKeySequence(u"Alt+Right"_s));
    m_actions.forward->setToolTip(tr("The filter, time and sources after (Alt+Right)"));
    m_actions.undoZoom = make(tr("&Undo zoom"), u"zoom-out", QKeySequence(u"Alt+Backspace"_s));
    m_actions.undoZoom->setToolTip(tr("The time before it was narrowed in the timeline (Alt+Backspace)"));
    connect(m_actions.back, &QAction::triggered, this, &EventView::goBack);
    connect(m_actions.forward, &QAction::triggered, this, &EventView::goForward);
    connect(m_actions.undoZoom, &QAction::triggered, this, &EventView::undoZoom);
    m_bar->setHistoryActions(m_actions.back, m_actions.forward);
    m_timeline->setBackAction(m_actions.undoZoom);

    const auto toggle = [this](const QString &text, QStringView iconName, const QKeySequence &key, QWidget *what) {
        auto *action = new QAction(icon(iconName), text, this);
        action->setShortcut(key);
        action->setCheckable(true);
        action->setChecked(true);
        connect(action, &QAction::toggled, what, &QWidget::setVisible);
        return action;
    };
    m_actions.timeline = toggle(tr("&Timeline"), u"timeline", QKeySequence(u"Ctrl+T"_s), m_timeline);
    m_actions.facets = toggle(tr("Fie&lds"), u"facets", QKeySequence(u"Ctrl+B"_s), m_facets);
}

void EventView::takePlace()
{
    const BarState state = m_bar->state();
    m_history.visit(state);
    // A time that was chosen in another way has nothing to do with what was zoomed out of.
    if (m_zoomedTo && (state.time.preset != TimeRangeChoice::Preset::Custom || state.time.range != *m_zoomedTo)) {
        m_zooms.clear();
        m_zoomedTo.reset();
    }
    m_actions.back->setEnabled(m_history.canGoBack());
    m_actions.forward->setEnabled(m_history.canGoForward());
    m_actions.undoZoom->setEnabled(!m_zooms.empty());
}

void EventView::zoomTo(const event::TimeRange &range)
{
    m_zooms.push_back(m_bar->state());
    m_zoomedTo = range;
    m_bar->timeRange()->setCustomRange(range);
}

void EventView::undoZoom()
{
    if (m_zooms.empty()) {
        return;
    }
    BarState before = m_zooms.back();
    m_zooms.pop_back();
    m_zoomedTo = m_zooms.empty() ? std::nullopt : std::optional(before.time.range);
    const BarState now = m_bar->state();
    before.filter = now.filter; // what has been filtered since stays
    before.disabled = now.disabled;
    before.sources = now.sources;
    m_bar->setState(before);
}

void EventView::goBack()
{
    if (m_history.canGoBack()) {
        m_bar->setState(BarState(m_history.back()));
    }
}

void EventView::goForward()
{
    if (m_history.canGoForward()) {
        m_bar->setState(BarState(m_history.forward()));
    }
}

} // namespace octotrail::ui
