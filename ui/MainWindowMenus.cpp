// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow's menus: every action that there is, with its key.
#include "ui/MainWindow.h"
#include "ui/alerts/AlertView.h"
#include "ui/cases/CaseActions.h"
#include "ui/desktop/Desktop.h"
#include "ui/detections/DetectionView.h"
#include "ui/entities/EntityView.h"
#include "ui/events/EventTable.h"
#include "ui/events/EventTools.h"
#include "ui/events/EventView.h"
#include "ui/events/FilterBar.h"
#include "ui/events/ZoneChoice.h"
#include "ui/profiles/ProfilePage.h"
#include "ui/profiles/ProfileView.h"
#include "ui/sources/RetentionDialog.h"
#include "ui/style/Appearance.h"
#include "ui/style/Icons.h"
#include "ui/window/HelpDialog.h"
#include "ui/window/Rail.h"
#include "ui/window/StatusStrip.h"
#include "ui/window/TransferArea.h"

#include <QActionGroup>
#include <QApplication>
#include <QMenuBar>
#include <QSettings>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

void MainWindow::makeMenus()
{
    makeFileMenu();
    makeEditMenu();
    makeSearchMenu();
    makeViewMenu();
    makeEventMenu();
    makeAnalyzeMenu();
    makeAlertMenu();
    makeDetectionMenu();
    makeSourceMenu();
    makeToolsMenu();
    makeHelpMenu();
    offerWhereSeen();
}

/// What has a key in one view alone acts on what is chosen there: menus offer it only where that is seen.
void MainWindow::offerWhereSeen()
{
    auto *unseen = new QActionGroup(this);
    unseen->setExclusionPolicy(QActionGroup::ExclusionPolicy::None);
    const auto isSeen = [](const QObject *owner) {
        const auto *widget = qobject_cast<const QWidget *>(owner);
        return widget && !qobject_cast<const QMenu *>(widget) && widget->isVisible();
    };
    for (QMenu *menu : menuBar()->findChildren<QMenu *>()) {
        connect(menu, &QMenu::aboutToShow, this, [menu, unseen, isSeen] {
            for (QAction *action : menu->actions()) {
                // One of another group can do nothing in a case that is only read.
                const bool isOfOneView = action->shortcutContext() != Qt::WindowShortcut
                    && !action->shortcut().isEmpty() && !action->actionGroup();
                if (isOfOneView && std::ranges::none_of(action->associatedObjects(), isSeen)) {
                    unseen->addAction(action);
                }
            }
            unseen->setEnabled(false);
        });
        connect(menu, &QMenu::aboutToHide, this, [unseen] {
            unseen->setEnabled(true);
            for (QAction *action : unseen->actions()) {
                unseen->removeAction(action);
            }
        });
    }
}

void MainWindow::makeFileMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&File"));
    m_addSource = menu->addAction(icon(u"connect"), tr("&Connect an organization\u2026"));
    m_addSource->setShortcut(QKeySequence::New);
    connect(m_addSource, &QAction::triggered, this, &MainWindow::addSource);
    menu->addSeparator();
    m_cases->addTo(menu);
    menu->addSeparator();
    m_import = menu->addAction(icon(u"import"), tr("&Import archive\u2026"));
    m_import->setShortcut(QKeySequence(u"Ctrl+I"_s));
    connect(m_import, &QAction::triggered, m_transfers, &TransferArea::askForImport);
    m_export = menu->addAction(icon(u"export"), tr("&Export\u2026"));
    m_export->setShortcut(QKeySequence(u"Ctrl+E"_s));
    connect(m_export, &QAction::triggered, this, &MainWindow::exportEvents);
    menu->addSeparator();
    connect(menu->addAction(icon(u"check"), tr("&Verify stored events")), &QAction::triggered, this,
        [this] { m_transfers->start(TransferJob::verifyEvents(m_store, this)); });
    menu->addSeparator();
    QAction *quit = menu->addAction(tr("&Quit"));
    quit->setShortcut(QKeySequence(u"Ctrl+Q"_s));
    quit->setMenuRole(QAction::QuitRole);
    connect(quit, &QAction::triggered, this, &MainWindow::quit);
}

void MainWindow::makeEditMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Edit"));
    const EventView::Actions &actions = m_events->actions();
    menu->addActions({m_events->tools()->actions().undo, m_events->tools()->actions().redo});
    menu->addSeparator();
    menu->addAction(actions.copy);
    menu->addAction(actions.copyCsv);
    menu->addAction(actions.copyJson);
    menu->addAction(m_events->tools()->actions().copyMarkdown);
    menu->addSeparator();
    menu->addAction(actions.focusFilter);
    menu->addAction(actions.clearFilter);
    menu->addAction(actions.filterToValue);
    menu->addAction(actions.excludeValue);
    menu->addSeparator();
    menu->addAction(actions.searchAgain);
    menu->addSeparator();
    menu->addAction(actions.back);
    menu->addAction(actions.forward);
    menu->addAction(actions.undoZoom);
    menu->addSeparator();
    QAction *preferences = menu->addAction(tr("&Preferences\u2026"));
    preferences->setShortcut(QKeySequence(u"Ctrl+,"_s));
    preferences->setMenuRole(QAction::PreferencesRole);
    connect(preferences, &QAction::triggered, this, [this] { m_desktop->askForPreferences(this); });
    // The filter is that of the view that is shown.
    actions.focusFilter->disconnect(m_events);
    connect(actions.focusFilter, &QAction::triggered, this, [this] {
        if (m_rail->current() == static_cast<int>(View::Profiles)) {
            m_profiles->currentPage()->focusFilter();
        } else if (m_rail->current() == static_cast<int>(View::Alerts)) {
            m_alertView->focusFilter();
        } else if (m_rail->current() == static_cast<int>(View::Entities)) {
            m_entities->focusPicker();
        } else {
            showView(View::Events);
            m_events->focusFilter();
        }
    });
}

void MainWindow::makeViewMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&View"));
    menu->addActions(m_viewActions);
    menu->addSeparator();
    const EventView::Actions &actions = m_events->actions();
    menu->addAction(actions.follow);
    menu->addAction(actions.newest);
    menu->addSeparator();
    menu->addAction(actions.actorProfile);
    menu->addAction(actions.deviceProfile);
    menu->addSeparator();
    menu->addAction(actions.timeline);
    menu->addAction(actions.facets);
    menu->addAction(actions.details);
    menu->addAction(actions.detailsBelow);
    menu->addActions({actions.nextPane, actions.previousPane});
    QMenu *columns = menu->addMenu(icon(u"columns"), tr("&Columns"));
    columns->addActions(m_events->table()->columnActions());
    columns->addSeparator();
    const EventTable *table = m_events->table();
    columns->addActions({table->sortAction(), table->widerAction(), table->narrowerAction()});
    columns->addAction(m_events->tools()->actions().columns);
    connect(
        columns->addAction(tr("&Reset columns")), &QAction::triggered, m_events->table(), &EventTable::resetColumns);
    menu->addMenu(m_events->tools()->makeLayoutMenu(menu));
    menu->addMenu(m_events->tools()->makeDensityMenu(menu));

    QMenu *zones = menu->addMenu(icon(u"globe"), tr("&Time zone"));
    ZoneChoice *zone = m_events->filterBar()->zone();
    zone->fill(zones);
    connect(zones, &QMenu::aboutToShow, zone, [zone, zones] { zone->fill(zones); });
    m_appearanceMenu = menu->addMenu(tr("&Appearance"));
    m_appearanceMenu->menuAction()->setVisible(false); // until offerAppearance()
    menu->addSeparator();
    QAction *full = menu->addAction(tr("F&ull screen"));
    full->setShortcut(QKeySequence(Qt::Key_F11));
    full->setCheckable(true);
    connect(full, &QAction::toggled, this,
        [this](bool on) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, on)); });
}

void MainWindow::offerAppearance(Appearance &appearance)
{
    auto *group = new QActionGroup(this);
    const auto add = [&](const QString &text, Appearance::Choice choice) {
        QAction *action = m_appearanceMenu->addAction(text);
        action->setCheckable(true);
        action->setChecked(appearance.choice() == choice);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [&appearance, choice] {
            appearance.setChoice(choice);
            appearance.save();
        });
    };
    add(tr("As the &system"), Appearance::Choice::System);
    add(tr("&Light"), Appearance::Choice::Light);
    add(tr("&Dark"), Appearance::Choice::Dark);
    m_appearanceMenu->menuAction()->setVisible(true);
}

void MainWindow::makeAlertMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Alerts"));
    const AlertView::Actions &actions = m_alertView->actions();
    menu->addActions({actions.showEvents, actions.openActor, actions.openRule});
    menu->addSeparator();
    menu->addActions({actions.acknowledge, actions.resolve, actions.falsePositive, actions.reopen});
    menu->addSeparator();
    menu->addActions({actions.assign, actions.note, actions.suppress, actions.remove, actions.undo});
    menu->addSeparator();
    menu->addActions({actions.suppressions, actions.exportAlerts});
    menu->addAction(m_viewActions[static_cast<int>(View::Reports)]);
}

void MainWindow::makeSourceMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Sources"));
    const auto forAll = [this](void (collect::Supervisor::*what)(store::SourceId)) {
        for (const store::SourceConfig &source : m_supervisor.sources()) {
            if (source.collects) {
                (m_supervisor.*what)(source.id);
            }
        }
    };
    QAction *fetch = menu->addAction(icon(u"refresh"), tr("&Fetch now"));
    fetch->setShortcut(QKeySequence(Qt::Key_F5));
    connect(fetch, &QAction::triggered, this, [forAll] { forAll(&collect::Supervisor::pollNow); });
    menu->addSeparator();
    connect(menu->addAction(icon(u"pause"), tr("&Pause all sources")), &QAction::triggered, this,
        [forAll] { forAll(&collect::Supervisor::pause); });
    connect(menu->addAction(icon(u"follow"), tr("&Resume all sources")), &QAction::triggered, this,
        [forAll] { forAll(&collect::Supervisor::resume); });
    menu->addSeparator();
    m_retain = menu->addAction(tr("Re&tention\u2026"));
    connect(m_retain, &QAction::triggered, this, [this] {
        const auto clock = [this] { return m_retention.now(); };
        (new RetentionDialog(m_store, m_events->filterBar()->timeDisplay(), clock, this))->open();
    });
    menu->addSeparator();
    menu->addAction(m_addSource);
}

void MainWindow::makeHelpMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Help"));
    QAction *language = menu->addAction(tr("&Filter language"));
    language->setShortcut(QKeySequence(Qt::Key_F1));
    connect(language, &QAction::triggered, this, [this] { HelpDialog::showFilterLanguage(this); });
    connect(menu->addAction(tr("&Keyboard shortcuts")), &QAction::triggered, this,
        [this] { HelpDialog::showShortcuts(menuBar()->actions(), this); });
    menu->addSeparator();
    QAction *about = menu->addAction(tr("&About Octotrail"));
    about->setMenuRole(QAction::AboutRole);
    connect(about, &QAction::triggered, this, [this] { HelpDialog::showAbout(this); });
}

void MainWindow::refuseChangesIfReadOnly()
{
    const EventTools::Actions &tools = m_events->tools()->actions();
    const AlertView::Actions &alerts = m_alertView->actions();
    const DetectionView::Actions &rules = m_detections->actions();
    m_cases->disableIfReadOnly({m_addSource, m_import, m_retain, tools.bookmark, tools.tag, tools.note,
        tools.clearMarks, alerts.acknowledge, alerts.resolve, alerts.falsePositive, alerts.reopen, alerts.assign,
        alerts.note, alerts.suppress, alerts.remove, rules.newRule, rules.edit, rules.copy, rules.remove,
        rules.importRules, rules.addFolder, rules.removeFolder});
    if (m_cases->isReadOnly()) {
        showMessage(u"case"_s, Tone::Accent,
            tr("This case is open for reading only: nothing is collected, detected, noted or imported."));
    }
    connect(m_cases, &CaseActions::problemOccurred, this,
        [this](const QString &sentence) { showMessage(u"case"_s, Tone::Warning, sentence); });
    connect(m_cases, &CaseActions::openRequested, this, [this](const QString &file, bool readOnly) {
        m_cases->leave([this, file, readOnly] {
            leaveEditor([this, file, readOnly] { Q_EMIT openStoreRequested(file, readOnly); });
        });
    });
}

} // namespace octotrail::ui
