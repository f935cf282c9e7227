// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow's Tools menu, and the windows that it opens.
#include "ui/MainWindow.h"
#include "ui/events/EventView.h"
#include "ui/events/FilterBar.h"
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
    }
    bringToFront(m_pivot);
}

} // namespace octotrail::ui
