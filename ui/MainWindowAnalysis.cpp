// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow's views that look at events from other sides, and how they lead to each other.
#include "ui/MainWindow.h"
#include "ui/alerts/AlertView.h"
#include "ui/charts/ChartView.h"
#include "ui/dashboard/DashboardView.h"
#include "ui/entities/EntityView.h"
#include "ui/events/EventTools.h"
#include "ui/events/EventView.h"
#include "ui/events/FilterBar.h"
#include "ui/events/TimelineNotes.h"
#include "ui/events/TimelinePane.h"
#include "ui/profiles/ProfileView.h"
#include "ui/widgets/PlainText.h"
#include "ui/window/BannerArea.h"
#include "ui/window/TransferArea.h"

#include <QAction>
#include <QMenuBar>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

void MainWindow::connectAnalysis()
{
    // Other views have the same keys, each for itself, or show nothing of what these would act on.
    const EventView::Actions &actions = m_events->actions();
    for (QAction *action : {actions.back, actions.forward, actions.searchAgain, actions.filterToValue,
             actions.excludeValue, actions.copyCsv, actions.copyJson, m_events->tools()->actions().copyMarkdown,
             actions.actorProfile, actions.deviceProfile}) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_events->addAction(action);
    }
    connect(m_events, &EventView::entityRequested, this, &MainWindow::openEntity);
    connect(m_entities, &EntityView::opened, this, [this] { showView(View::Entities); });
    connect(m_entities, &EntityView::eventsRequested, this, &MainWindow::showEvents);
    connect(m_entities, &EntityView::profileRequested, m_profiles, &ProfileView::showProfile);
    connect(m_entities, &EntityView::alertRequested, this, [this](store::AlertId alert) {
        showView(View::Alerts);
        m_alertView->showAlert(alert);
    });
    connect(m_events->filterBar(), &FilterBar::applied, this,
        [this] { m_charts->setSearch(m_events->filterBar()->filter()); });
    connect(m_charts, &ChartView::narrowRequested, this, [this](const QString &filter) {
        showView(View::Events);
        m_events->narrow(filter);
    });
    connect(m_charts, &ChartView::sourceRequested, this, [this](const QString &name) {
        showView(View::Events);
        m_events->narrowToSource(name, false);
    });
    connect(m_entities->timeRange(), &TimeRangeChoice::timeDisplayChosen, this, &MainWindow::setTimeDisplay);
    connect(m_events, &EventView::onlyOldEventsFound, m_dashboard, &DashboardView::showAllTime);
    connect(m_events, &EventView::onlyOldEventsFound, m_entities, &EntityView::showAllTime);
    connect(m_events, &EventView::jobStarted, m_transfers, &TransferArea::start);
    connect(m_events, &EventView::viewRequested, this, [this] { showView(View::Events); });
    TimelinePane *timeline = m_events->timeline();
    connect(timeline, &TimelinePane::fillRequested, this, [this](const std::vector<store::Gap> &gaps) {
        for (const store::Gap &gap : gaps) {
            m_supervisor.fillGap(gap.source, gap.range);
        }
        showMessage(u"gaps"_s, Tone::Accent,
            tr("What is missing is read from Okta. The Sources page shows how far that is; a source that is paused "
               "reads it once it is resumed."));
    });
    connect(&m_supervisor, &collect::Supervisor::statusChanged, timeline, [this](const collect::SourceStatus &status) {
        m_events->timeline()->setFilling(status.source, status.backfill && !status.backfill->paused);
        if (status.clockSkew) {
            m_events->timelineNotes()->setClockSkew(*status.clockSkew);
        }
    });
    connect(m_charts, &ChartView::rangeRequested, this, [this](const event::TimeRange &range) {
        showView(View::Events);
        m_events->zoomTo(range);
    });
    connect(m_charts, &ChartView::eventsRequested, this, [this] { showView(View::Events); });
    connect(m_charts, &ChartView::problemOccurred, this,
        [this](const QString &sentence) { showMessage(u"charts"_s, Tone::Warning, sentence); });
    connect(m_charts, &ChartView::addRequested, this, [this](const ChartSpec &spec) {
        m_dashboard->addChart(spec, m_events->filterBar()->filter());
        showMessage(u"charts"_s, Tone::Good, tr("The chart was added to the dashboard (Alt+9)."));
    });
    connect(m_dashboard, &DashboardView::eventsRequested, this, [this](const BarState &state, const QString &source) {
        showEvents(state);
        if (!source.isEmpty()) {
            m_events->narrowToSource(source, false);
        }
    });
    connect(m_dashboard, &DashboardView::chartRequested, this, [this](const ChartSpec &spec, const BarState &state) {
        m_charts->setSpec(spec);
        m_events->filterBar()->setState(state);
        showView(View::Charts);
    });
    connect(m_dashboard, &DashboardView::problemOccurred, this,
        [this](const QString &sentence) { showMessage(u"dashboard"_s, Tone::Warning, sentence); });
    connect(m_alertView, &AlertView::entityRequested, this, &MainWindow::openEntity);
}

void MainWindow::makeAnalyzeMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("A&nalyze"));
    menu->addAction(m_events->actions().openEntity);
    QAction *find = menu->addAction(tr("&Open an actor, address, device or app\u2026"));
    find->setShortcut(QKeySequence(u"Ctrl+K"_s));
    connect(find, &QAction::triggered, this, [this] {
        showView(View::Entities);
        m_entities->focusPicker();
    });
    menu->addSeparator();
    const ChartView::Actions &charts = m_charts->actions();
    menu->addActions({charts.save, charts.copy, charts.addToDashboard});
    menu->addSeparator();
    menu->addAction(m_dashboard->actions().restoreUsual);
}

/// The way back stands at the top until it is taken or closed; it brings the filter back that was there before.
void MainWindow::showEventsOf(store::AlertId alert, const QString &title, const QString &filter)
{
    FilterBar *bar = m_events->filterBar();
    const BarState before = bar->state();
    showView(View::Events);
    BarState state = before;
    state.filter = filter;
    state.disabled.clear();
    state.time = {};
    bar->setState(state);
    auto *back = new QAction(tr("Back to the alert"), this);
    connect(back, &QAction::triggered, this, [this, alert, filter, before] {
        FilterBar *events = m_events->filterBar();
        if (events->filter() == filter) {
            events->setState(before);
        }
        showView(View::Alerts);
        m_alertView->showAlert(alert);
        m_banners->remove(u"alert"_s);
    });
    m_banners->show(
        u"alert"_s, Tone::Accent, tr("The events of the alert \u201c%1\u201d").arg(singleLine(title, 200)), {back});
}

/// One step in the events' history: Alt+Left there leads back to what was shown before.
void MainWindow::showEvents(const BarState &state)
{
    showView(View::Events);
    m_events->filterBar()->setState(state);
}

void MainWindow::openEntity(const store::Entity &entity)
{
    m_entities->open(entity);
}

} // namespace octotrail::ui
