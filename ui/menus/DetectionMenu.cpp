// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow's menu of detections.
#include "ui/MainWindow.h"
#include "ui/detections/DetectionView.h"
#include "ui/editor/RuleEditor.h"
#include "ui/events/EventView.h"
#include "ui/events/FilterBar.h"
#include "ui/events/FilterEdit.h"
#include "ui/style/Icons.h"

#include <QMenuBar>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

void MainWindow::makeDetectionMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Detections"));
    const DetectionView::Actions &actions = m_detections->actions();
    connect(actions.newRule, &QAction::triggered, this, [this] { showView(View::Detections); });
    menu->addAction(actions.newRule);
    QAction *fromFilter = menu->addAction(icon(u"filter"), tr("New rule from the &filter"));
    fromFilter->setShortcut(QKeySequence(u"Ctrl+Alt+R"_s));
    connect(fromFilter, &QAction::triggered, this,
        [this] { m_detections->newRuleFromFilter(m_events->filterBar()->filter()); });
    m_events->filterBar()->edit()->addMenuAction(fromFilter);
    QAction *fromEvent = menu->addAction(icon(u"events"), tr("New rule from the &event…"));
    connect(fromEvent, &QAction::triggered, this, [this] {
        showView(View::Events);
        m_events->requestRule();
    });
    menu->addSeparator();
    menu->addActions({actions.edit, actions.copy, actions.remove, actions.showAlerts});
    const RuleEditor::Actions &editor = m_detections->editor().actions();
    menu->addActions({editor.save, editor.backTest, editor.goToProblem});
    menu->addSeparator();
    menu->addActions({actions.importRules, actions.exportRules});
    menu->addSeparator();
    menu->addActions({actions.addFolder, actions.removeFolder, actions.reload});
}

void MainWindow::leaveEditor(std::function<void()> then)
{
    if (m_detections->isEditing() && m_detections->editor().isModified()) {
        showView(View::Detections);
        m_detections->editor().leave(std::move(then));
    } else {
        then();
    }
}

} // namespace octotrail::ui
