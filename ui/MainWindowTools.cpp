// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow's Tools menu, the windows that it opens, and the ways between rules, alerts and reports.
#include "ui/MainWindow.h"
#include "ui/alerts/AlertView.h"
#include "ui/detections/DetectionView.h"
#include "ui/events/EventView.h"
#include "ui/events/FilterBar.h"
#include "ui/reports/ReportsPage.h"
#include "ui/sql/PivotWindow.h"
#include "ui/sql/SqlConsoleWindow.h"
#include "ui/style/Icons.h"

#include <QAction>
#include <QMenuBar>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

void bringToFront(QWidget *window)
{
    window->setWindowState(window->windowState() & ~Qt::WindowMinimized);
    window->show();
    window->raise();
    window->activateWindow();
}

} // namespace

void MainWindow::makeToolsMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Tools"));
    QAction *pivot = menu->addAction(icon(u"tree"), tr("&Pivot: group the events"));
    pivot->setShortcut(QKeySequence(u"Ctrl+Shift+P"_s));
    connect(pivot, &QAction::triggered, this, &MainWindow::showPivot);
    QAction *sql = menu->addAction(icon(u"debug"), tr("&SQL console"));
    sql->setShortcut(QKeySequence(u"Ctrl+Shift+Q"_s));
    connect(sql, &QAction::triggered, this, &MainWindow::showSqlConsole);
}

void MainWindow::showSqlConsole()
{
    if (!m_sqlConsole) {
        m_sqlConsole = new SqlConsoleWindow(m_store, this);
    }
    bringToFront(m_sqlConsole);
}

void MainWindow::showPivot()
{
    if (!m_pivot) {
        m_pivot = new PivotWindow(m_store, m_events->model().result(), this);
        m_pivot->setTimeDisplay(m_events->filterBar()->timeDisplay());
        connect(m_pivot, &PivotWindow::narrowRequested, this, [this](const QString &comparison) {
            showView(View::Events);
            m_events->narrow(comparison);
        });
        connect(m_pivot, &PivotWindow::sourceRequested, this, [this](const QString &name) {
            showView(View::Events);
            m_events->narrowToSource(name, false);
        });
    }
    bringToFront(m_pivot);
}

/// Between rules, the alerts they raise, and the reports on these.
void MainWindow::connectRules()
{
    connect(m_detections, &DetectionView::eventsRequested, this, [this](const QString &filter, int days) {
        BarState state;
        state.filter = filter;
        if (days > 0) {
            state.time = {TimeRangeChoice::Preset::Relative, std::chrono::days(days), {}};
        }
        showEvents(state);
    });
    connect(m_detections, &DetectionView::editorRequested, this, [this] { showView(View::Detections); });
    connect(m_detections, &DetectionView::problemOccurred, this,
        [this](const QString &sentence) { showMessage(u"rules"_s, Tone::Warning, sentence); });
    const auto openRule = [this](const QString &rule) {
        showView(View::Detections);
        m_detections->openRule(rule);
    };
    connect(m_reports, &ReportsPage::ruleRequested, this, openRule);
    connect(m_alertView, &AlertView::ruleRequested, this, openRule);
    connect(m_detections, &DetectionView::alertsRequested, this, [this](const QString &title) {
        showView(View::Alerts);
        m_alertView->search(u'"' + QString(title).remove(u'"') + u'"');
    });
    connect(m_reports, &ReportsPage::actorRequested, this, [this](const QString &actor) {
        showView(View::Alerts);
        m_alertView->search(actor);
    });
    connect(m_reports, &ReportsPage::techniqueRequested, this, [this](const QString &technique) {
        showView(View::Alerts);
        m_alertView->search(technique.isEmpty() ? QString() : u"attack."_s + technique.toLower());
    });
    connect(m_events, &EventView::ruleRequested, m_detections, &DetectionView::newRuleFromEvent);
}

} // namespace octotrail::ui
