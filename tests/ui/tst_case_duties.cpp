// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Dialogs.h"
#include "WindowDriver.h"
#include "store/duckdb/Database.h"
#include "ui/sources/RetentionDialog.h"
#include "ui/transfer/ProblemList.h"
#include "ui/widgets/Banner.h"

#include <QLabel>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTest>
#include <QTreeWidget>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

/// Opens the menu of the window and clicks its entry.
bool choose(WindowDriver &driver, const QString &title, const QString &entry)
{
    for (const QAction *action : driver.window().menuBar()->actions()) {
        if (action->menu() && action->text().remove(u'&') == title) {
            action->menu()->popup(driver.window().pos());
            return chooseFromOpenMenu(entry);
        }
    }
    return false;
}

/// The message that begins so.
const Banner *message(WindowDriver &driver, const QString &title)
{
    const auto banners = driver.window().findChildren<Banner *>();
    const auto found = std::ranges::find_if(
        banners, [&](const Banner *banner) { return banner->isVisible() && banner->text().startsWith(title); });
    return found == banners.end() ? nullptr : *found;
}

} // namespace

/// What the menus of the window do with a case's events: proving them unaltered, and letting go of old ones.
class CaseDutiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(u"Octotrail"_s);
        QCoreApplication::setApplicationName(u"tst_case_duties"_s);
    }
    void init() { QSettings().clear(); }

    void verifiesStoredEvents();
    void saysWhatWasAltered();
    void letsGoOfOldEvents();
};

void CaseDutiesTest::verifiesStoredEvents()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(choose(driver, u"File"_s, u"Verify stored events"_s));
    QTRY_VERIFY_WITH_TIMEOUT(message(driver, u"Verifying the stored events"_s), patience);
    const Banner *told = message(driver, u"Verifying the stored events"_s);
    QVERIFY2(told->text().contains(u"All 100 events are what was committed."_s), qUtf8Printable(told->text()));
    QCOMPARE(told->tone(), Tone::Good);
}

void CaseDutiesTest::saysWhatWasAltered()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    file.reopen([](const QString &name) {
        const auto database = store::duckdb::Database::open(name.toStdString(), {});
        QVERIFY(database);
        QVERIFY(database->connect()->run(
            R"(UPDATE events SET "actor.alternateId" = 'nobody@example.com' WHERE seq IN (3, 7))"));
    });
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(choose(driver, u"File"_s, u"Verify stored events"_s));
    QTRY_VERIFY_WITH_TIMEOUT(message(driver, u"Verifying the stored events"_s), patience);
    const Banner *told = message(driver, u"Verifying the stored events"_s);
    QVERIFY2(told->text().contains(u"Events were altered"_s), qUtf8Printable(told->text()));
    QVERIFY(told->tone() != Tone::Good);
    for (QAbstractButton *button : told->findChildren<QAbstractButton *>()) {
        if (button->text().remove(u'&') == u"Show the problems"_s) {
            QTest::mouseClick(button, Qt::LeftButton);
        }
    }
    auto *list = dialog<ProblemList>();
    QVERIFY(list);
    auto *tree = list->findChild<QTreeWidget *>();
    QVERIFY(tree->topLevelItemCount() > 0);
    QVERIFY2(tree->topLevelItem(0)->text(2).contains(u"event 3"_s), qUtf8Printable(tree->topLevelItem(0)->text(2)));
}

void CaseDutiesTest::letsGoOfOldEvents()
{
    CaseFile file;
    SampleEvent old;
    std::string json = old.json();
    json.replace(json.find("2026-11-23"), 4, "2019");
    file.append({json});
    file.append(sampleEvents(1, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(choose(driver, u"Sources"_s, u"Retention\u2026"_s));
    auto *ask = dialog<RetentionDialog>();
    QVERIFY(ask);
    auto *days = ask->findChild<QSpinBox *>(u"retentionDays"_s);
    auto *purge = ask->findChild<QPushButton *>(u"purge"_s);
    const auto *preview = ask->findChild<QLabel *>(u"retentionPreview"_s);
    QTRY_COMPARE_WITH_TIMEOUT(preview->text(), u"All events of this source are kept."_s, patience);
    days->setFocus();
    days->selectAll();
    QTest::keyClicks(days, u"1000"_s);
    QTRY_VERIFY_WITH_TIMEOUT(purge->isEnabled(), patience);
    QVERIFY2(preview->text().startsWith(u"Now it would remove 1 events"_s), qUtf8Printable(preview->text()));
    QTest::mouseClick(purge, Qt::LeftButton);
    QTest::mouseClick(ask->findChild<QPushButton *>(u"confirmPurge"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(preview->text().startsWith(u"1 events were removed"_s), patience);
    QCOMPARE(file.store()->count({}).result(), 9);
    ask->close();
    // The rest is proven, and so is that nothing but that went.
    QVERIFY(driver.activate());
    QVERIFY(choose(driver, u"File"_s, u"Verify stored events"_s));
    QTRY_VERIFY_WITH_TIMEOUT(message(driver, u"Verifying the stored events"_s), patience);
    const Banner *told = message(driver, u"Verifying the stored events"_s);
    QVERIFY2(told->text().contains(u"All 9 events are what was committed."_s), qUtf8Printable(told->text()));
}

QTEST_MAIN(CaseDutiesTest)
#include "tst_case_duties.moc"
