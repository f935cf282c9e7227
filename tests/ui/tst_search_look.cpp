// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Pictures.h"
#include "WindowDriver.h"
#include "ui/events/ChipBar.h"
#include "ui/events/FilterChip.h"
#include "ui/events/TermEditor.h"
#include "ui/events/TimeRangePopup.h"
#include "ui/events/ZoneDialog.h"
#include "ui/searches/SaveSearchDialog.h"
#include "ui/searches/SearchActions.h"
#include "ui/searches/SearchesDialog.h"
#include "ui/style/Appearance.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QTest>
#include <QTreeView>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

/// Pictures of what a search is made with, light and dark.
class SearchLook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pictures_data();
    void pictures();
};

void SearchLook::pictures_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void SearchLook::pictures()
{
    QFETCH(const bool, dark);
    Appearance appearance(*qApp);
    appearance.setChoice(dark ? Appearance::Choice::Dark : Appearance::Choice::Light);
    CaseFile file;
    file.append(sampleEvents(0, 299));
    WindowDriver driver(file);
    driver.window().resize(1280, 800);
    QVERIFY(driver.open());
    FilterBar *bar = driver.events().filterBar();
    bar->setFilter(
        u"outcome.result eq \"FAILURE\" and not (actor.alternateId sw \"ada\") and severity in (\"WARN\", "
        "\"INFO\") and (client.ipAddress cidr \"203.0.113.0/24\" or eventType sw \"policy.\") and "
        "displayMessage co \"a long text that does not fit into a chip of the usual width, and is shortened\""_s);
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(bar->chips()->chips().at(2), Qt::Key_Space);
    QVERIFY(keepPicture(driver.window(), u"chips"_s));
    bar->chips()->edit(0);
    QTRY_VERIFY_WITH_TIMEOUT(bar->chips()->editor()->value()->count() > 0, 30'000);
    QVERIFY(keepPicture(driver.window(), u"chip-editor"_s));
    bar->setShowsChips(false);
    QVERIFY(keepPicture(driver.window(), u"chips-as-text"_s));
    driver.type(u"client."_s);
    QTRY_VERIFY_WITH_TIMEOUT(QApplication::activePopupWidget(), 30'000);
    QVERIFY(keepPicture(*QApplication::activePopupWidget(), u"completion-paths"_s));
    QApplication::activePopupWidget()->hide();
    driver.type(u"actor.alternateId "_s);
    QTest::keyClick(&driver.edit(), Qt::Key_Space, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(QApplication::activePopupWidget(), 30'000);
    QVERIFY(keepPicture(*QApplication::activePopupWidget(), u"completion-operators"_s));
    QApplication::activePopupWidget()->hide();
    driver.activate();
    driver.type(u"actor.alternateId eq "_s);
    QTRY_VERIFY_WITH_TIMEOUT(QApplication::activePopupWidget(), 30'000);
    QVERIFY(keepPicture(*QApplication::activePopupWidget(), u"completion-values"_s));
    QApplication::activePopupWidget()->hide();
    driver.activate();
    driver.type(u"outcome.result eq \"FAILURE\" and actor.alternateId xx \"a\""_s);
    QTRY_VERIFY_WITH_TIMEOUT(driver.edit().hasError(), 30'000);
    QVERIFY(keepPicture(driver.window(), u"filter-error-live"_s));
    bar->setFilter({});
    bar->timeRange()->setCurrentEvent(sampleTime(7));
    bar->timeRange()->open();
    QVERIFY(keepPicture(*bar->timeRange()->popup(), u"time-range"_s));
    bar->timeRange()->popup()->hide();
    ZoneDialog zones("Europe/Berlin", &driver.window());
    zones.setAttribute(Qt::WA_DeleteOnClose, false);
    zones.show();
    QVERIFY(keepPicture(zones, u"time-zones"_s));
    zones.hide();

    SearchActions *actions = driver.events().searches();
    SearchesDialog *dialog = actions->showSearches();
    QVERIFY(keepPicture(*dialog, u"searches-empty"_s));
    dialog->importFrom(u":/searches/examples.json"_s);
    QTRY_VERIFY_WITH_TIMEOUT(actions->searches().all().size() > 5, 30'000);
    dialog->select(actions->searches().all().at(3).document.id);
    QVERIFY(keepPicture(*dialog, u"searches"_s));
    dialog->close();
    SaveSearchDialog saving(actions->searches(), bar->state(), bar->timeDisplay(), {}, &driver.window());
    saving.setAttribute(Qt::WA_DeleteOnClose, false);
    saving.show();
    QVERIFY(keepPicture(saving, u"save-search"_s));
}

QTEST_MAIN(SearchLook)
#include "tst_search_look.moc"
