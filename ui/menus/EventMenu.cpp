// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow's menu of what is done with the events of the table.
#include "ui/MainWindow.h"
#include "ui/events/EventTools.h"
#include "ui/events/EventView.h"
#include "ui/style/Icons.h"

#include <QMenuBar>

namespace octotrail::ui {

void MainWindow::makeEventMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("Even&ts"));
    const EventTools::Actions &tools = m_events->tools()->actions();
    menu->addActions({tools.bookmark, tools.tag, tools.note, tools.clearMarks});
    menu->addSeparator();
    menu->addActions({tools.panel, tools.showBookmarked, tools.showTagged, tools.showNoted});
    menu->addSeparator();
    menu->addActions({tools.find, tools.findNext, tools.findPrevious, tools.goToTime, tools.compare, tools.card});
    menu->addSeparator();
    menu->addActions({tools.alikeTransaction, tools.alikeSession, tools.alikeActor, tools.alikeValue, tools.alikeNext,
        tools.alikePrevious, tools.alikeNone});
    menu->addSeparator();
    menu->addActions({tools.colorRules, tools.colorRuleOfFilter});
}

} // namespace octotrail::ui
