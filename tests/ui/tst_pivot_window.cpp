// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/events/ZoneChoice.h"
#include "ui/sql/AnswerTable.h"
#include "ui/sql/PivotWindow.h"

#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace octotrail;
using namespace octotrail::ui;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 15000;

} // namespace

/// The pivot, as a person uses it.
class TestPivotWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void followsTheFilter();
    void narrows();
    void tellsTimesInTheChosenZone();
    void exports();
    void exportsAllGroups();
    void groupsByProfiles();

private:
    PivotWindow *openPivot() { return m_driver->openWindow<PivotWindow>(Qt::Key_P); }

    std::unique_ptr<CaseFile> m_file;
    std::unique_ptr<WindowDriver> m_driver;
};

void TestPivotWindow::initTestCase()
{
    QApplication::setOrganizationName(u"Octotrail"_s);
    QApplication::setApplicationName(u"tst_pivot_window"_s);
}

void TestPivotWindow::init()
{
    QSettings().clear();
    m_file = std::make_unique<CaseFile>();
    m_file->append(sampleEvents(0, 199));
    m_driver = std::make_unique<WindowDriver>(*m_file);
    QVERIFY(m_driver->open());
}

void TestPivotWindow::cleanup()
{
    m_driver.reset();
    m_file.reset();
}

void TestPivotWindow::followsTheFilter()
{
    PivotWindow *pivot = openPivot();
    pivot->setPaths(u"outcome.result"_s, {}, u"actor.alternateId"_s);
    QTRY_COMPARE_WITH_TIMEOUT(pivot->model().rowCount(), 2, patience);
    QCOMPARE(pivot->model().index(0, 0).data().toString(), u"SUCCESS"_s);
    QCOMPARE(pivot->model().index(0, 1).data().toString(), u"160"_s);
    QCOMPARE(pivot->model().index(0, 2).data().toString(), u"7"_s);
    QCOMPARE(pivot->model().headerData(0, Qt::Horizontal).toString(), u"Outcome"_s);
    // Another filter, and new events.
    m_driver->events().filterBar()->setFilter(u"outcome.result eq \"FAILURE\""_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        pivot->model().rowCount() == 1 && pivot->model().index(0, 1).data().toString() == u"40"_s, patience);
    m_file->append(sampleEvents(200, 205));
    QTRY_COMPARE_WITH_TIMEOUT(pivot->model().index(0, 1).data().toString(), u"42"_s, patience);
    // A field chosen with the keyboard.
    auto *second = pivot->findChild<QComboBox *>(u"pivotSecond"_s);
    second->setFocus();
    second->lineEdit()->selectAll();
    QTest::keyClicks(second->lineEdit(), u"actor.alternateId"_s);
    QTest::keyClick(second->lineEdit(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(pivot->model().rowCount(), 7, patience);
    // What is no field is said.
    QTest::keyClick(second->lineEdit(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(second->lineEdit(), u"a..b"_s);
    QTest::keyClick(second->lineEdit(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!pivot->table()->isVisible(), patience);
}

void TestPivotWindow::narrows()
{
    PivotWindow *pivot = openPivot();
    pivot->setPaths(u"outcome.result"_s, u"actor.alternateId"_s, {});
    QTRY_COMPARE_WITH_TIMEOUT(pivot->model().rowCount(), 14, patience);
    const QString outcome = pivot->model().index(3, 0).data().toString();
    const QString actor = pivot->model().index(3, 1).data().toString();
    const int count = pivot->model().index(3, 2).data().toInt();
    const QPoint place = pivot->table()->visualRect(pivot->model().index(3, 0)).center();
    QTest::mouseClick(pivot->table()->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(pivot->table()->viewport(), Qt::LeftButton, {}, place);
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->finds(count), patience);
    const QString filter = m_driver->events().filterBar()->filter();
    QVERIFY2(filter.contains(outcome) && filter.contains(actor), qPrintable(filter));
    QTRY_COMPARE_WITH_TIMEOUT(pivot->model().rowCount(), 1, patience);
}

void TestPivotWindow::tellsTimesInTheChosenZone()
{
    PivotWindow *pivot = openPivot();
    pivot->setPaths(u"outcome.result"_s, {}, {});
    QTRY_COMPARE_WITH_TIMEOUT(pivot->model().rowCount(), 2, patience);
    const QModelIndex first = pivot->model().index(0, 2);
    const auto moment = event::parseTimestamp(pivot->model().text(first).toStdString());
    QVERIFY(moment);
    QCOMPARE(first.data().toString(), TimeDisplay().table(*moment));
    QCOMPARE(pivot->model().headerData(2, Qt::Horizontal).toString(), u"First (UTC)"_s);
    const TimeDisplay tokyo(QTimeZone("Asia/Tokyo"));
    Q_EMIT m_driver->events().filterBar()->zone()->chosen(tokyo);
    QTRY_COMPARE_WITH_TIMEOUT(first.data().toString(), tokyo.table(*moment), patience);
    QVERIFY(first.data().toString() != TimeDisplay().table(*moment));
    QCOMPARE(pivot->model().headerData(3, Qt::Horizontal).toString(), u"Last (Asia/Tokyo)"_s);
    // A pivot of the time itself, too.
    pivot->setPaths(u"published"_s, {}, {});
    QTRY_VERIFY_WITH_TIMEOUT(pivot->model().rowCount() > 2, patience);
    QCOMPARE(pivot->model().index(0, 0).data().toString(), pivot->model().index(0, 2).data().toString());
}

void TestPivotWindow::exports()
{
    PivotWindow *pivot = openPivot();
    pivot->setPaths(u"outcome.result"_s, {}, {});
    QTRY_COMPARE_WITH_TIMEOUT(pivot->model().rowCount(), 2, patience);
    const QTemporaryDir folder;
    const QString csv = folder.filePath(u"p.csv"_s);
    pivot->exportTo(csv);
    QTRY_VERIFY_WITH_TIMEOUT(pivot->status().contains(csv), patience);
    QFile file(csv);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().startsWith("outcome.result,count,first,last\r\nSUCCESS,160,"));
}

void TestPivotWindow::exportsAllGroups()
{
    m_file->append(sampleEvents(200, 10'050));
    PivotWindow *pivot = openPivot();
    pivot->setPaths(u"uuid"_s, {}, {});
    QTRY_COMPARE_WITH_TIMEOUT(pivot->model().rowCount(), 10'000, patience);
    QVERIFY2(pivot->status().contains(u"Export writes all of them"_s), qPrintable(pivot->status()));
    const QTemporaryDir folder;
    const QString csv = folder.filePath(u"all.csv"_s);
    pivot->exportTo(csv);
    QTRY_VERIFY_WITH_TIMEOUT(pivot->status().contains(csv), patience);
    QFile file(csv);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 10'052);
    // It can be stopped.
    const QString stopped = folder.filePath(u"stopped.csv"_s);
    pivot->exportTo(stopped);
    QTest::mouseClick(pivot->findChild<QPushButton *>(u"cancelTransfer"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(pivot->status().contains(u"cancelled"_s), patience);
    QVERIFY(!QFile::exists(stopped));
}

void TestPivotWindow::groupsByProfiles()
{
    m_file->putUsers({R"({"id":"00uada","status":"ACTIVE","profile":{"login":"ada@example.com","department":"Ops"}})",
        R"({"id":"00ubob","status":"ACTIVE","profile":{"login":"bob@example.com","department":"Ops"}})"});
    PivotWindow *pivot = openPivot();
    pivot->setPaths(u"actor.profile.department"_s, {}, u"actor.alternateId"_s);
    QTRY_COMPARE_WITH_TIMEOUT(pivot->model().rowCount(), 2, patience);
    QCOMPARE(pivot->model().headerData(0, Qt::Horizontal).toString(), u"Actor: Department"_s);
    const QModelIndex ops = pivot->model().index(1, 0);
    QCOMPARE(ops.data().toString(), u"Ops"_s);
    QCOMPARE(ops.siblingAtColumn(2).data().toString(), u"2"_s);
    const int count = ops.siblingAtColumn(1).data().toInt();
    pivot->table()->setCurrentIndex(ops);
    QTest::keyClick(pivot->table(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->finds(count), patience);
    QCOMPARE(m_driver->edit().text(), u"actor.profile.department eq \"Ops\""_s);
}

QTEST_MAIN(TestPivotWindow)
#include "tst_pivot_window.moc"
