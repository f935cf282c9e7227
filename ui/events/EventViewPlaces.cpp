// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// EventView's way through queries: back and forward, into a stretch of time and out of it.
#include "ui/annotations/AnnotationPanel.h"
#include "ui/events/DetailsPane.h"
#include "ui/events/EventTools.h"
#include "ui/events/EventView.h"
#include "ui/events/FacetRail.h"
#include "ui/events/FilterBar.h"
#include "ui/events/TimelinePane.h"
#include "ui/events/TimelineView.h"
#include "ui/style/Icons.h"

#include <QAction>
#include <QApplication>
#include <QStackedWidget>
#include <QTreeView>
#include <algorithm>
#include <array>
#include <functional>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

void EventView::makePlaceActions()
{
    const auto make = [this](const QString &text, QStringView iconName, const QKeySequence &key) {
        auto *action = new QAction(iconName.isEmpty() ? QIcon() : icon(iconName), text, this);
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
    m_actions.nextPane = make(tr("Ne&xt pane"), {}, QKeySequence(Qt::Key_F6));
    m_actions.previousPane = make(tr("Pre&vious pane"), {}, QKeySequence(u"Shift+F6"_s));
    for (QAction *action : {m_actions.nextPane, m_actions.previousPane}) {
        action->setEnabled(true);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
        connect(action, &QAction::triggered, this, [this, action] { goToPane(action == m_actions.nextPane); });
    }
}

/// From the pane that has the focus to the next one that is shown, round and round.
void EventView::goToPane(bool forward)
{
    struct Pane
    {
        QWidget *whole;
        std::function<void()> enter;
    };
    const auto focus = [](QWidget *widget) { return [widget] { widget->setFocus(Qt::ShortcutFocusReason); }; };
    AnnotationPanel *panel = m_tools->panel();
    const std::array<Pane, 6> panes{Pane{m_bar, [this] { focusFilter(); }}, Pane{m_timeline, focus(m_timeline->view())},
        Pane{m_facets, focus(m_facets->view())}, Pane{m_pages, focus(m_pages->currentWidget())},
        Pane{m_details, [this] { m_details->focusTabs(); }}, Pane{panel, focus(panel)}};
    const QWidget *focused = QApplication::focusWidget();
    const auto current
        = std::ranges::find_if(panes, [focused](const Pane &pane) { return pane.whole->isAncestorOf(focused); });
    const auto count = static_cast<std::ptrdiff_t>(panes.size());
    std::ptrdiff_t at = current == panes.end() ? (forward ? -1 : count) : current - panes.begin();
    for (std::ptrdiff_t step = 0; step < count; ++step) {
        at = (at + (forward ? 1 : count - 1)) % count;
        if (const Pane &pane = panes[static_cast<std::size_t>(at)]; pane.whole->isVisible()) {
            pane.enter();
            return;
        }
    }
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
