// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow's menu of searches: saved ones, the time, and the search for other tools.
#include "ui/MainWindow.h"
#include "ui/events/EventView.h"
#include "ui/searches/SearchActions.h"

#include <QMenu>
#include <QMenuBar>

namespace octotrail::ui {

void MainWindow::makeSearchMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("Sea&rch"));
    const EventView::Actions &actions = m_events->actions();
    SearchActions *searches = m_events->searches();
    menu->addAction(searches->save());
    menu->addAction(searches->open());
    menu->addMenu(searches->copyMenu());
    menu->addSeparator();
    menu->addAction(actions.chips);
    menu->addAction(actions.timeRange);
    menu->addAction(actions.around);
}

} // namespace octotrail::ui
