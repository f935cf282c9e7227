// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/events/FilterBar.h"

#include <QAbstractItemModelTester>
#include <QTest>
#include <QToolButton>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

/// A search that was cancelled stays so, whatever happens, until the analyst searches again.
class CancelledSearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCancelledSearchStaysCancelled();
    void cancelledWhateverTheOrder_data();
    void cancelledWhateverTheOrder();
    void aSourceThatGoesStartsNoCancelledSearch();
};

void CancelledSearchTest::aCancelledSearchStaysCancelled()
{
    CaseFile file;
    file.append(sampleEvents(0, 499));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.events().filterBar()->setFilter(u"* co \"example\""_s);
    QCOMPARE(driver.events().model().result().state(), EventResult::State::Searching);
    auto *cancel = driver.find<QToolButton>(u"cancelSearch"_s);
    QVERIFY(cancel->isVisible());
    QTest::mouseClick(cancel, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(driver.events().model().result().state(), EventResult::State::Cancelled, 30'000);
    const QString told = driver.resultCount();
    QVERIFY2(told.startsWith(u"Cancelled"_s), qUtf8Printable(told));
    // Neither events that arrive nor time bring it back to life.
    file.append(sampleEvents(500, 599));
    QTRY_COMPARE_WITH_TIMEOUT(driver.events().total().value_or(0), 600, 30'000);
    QCOMPARE(driver.events().model().result().state(), EventResult::State::Cancelled);
    QVERIFY(!cancel->isVisible());
    QVERIFY(driver.resultCount().startsWith(u"Cancelled"_s));
    driver.shortcut(Qt::Key_R, Qt::ControlModifier);
    QVERIFY(driver.finds(600));
}

void CancelledSearchTest::cancelledWhateverTheOrder_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<bool>("isPlaced");
    QTest::newRow("time") << static_cast<int>(EventColumn::Time) << true;
    QTest::newRow("actor") << static_cast<int>(EventColumn::Actor) << false;
    QTest::newRow("targets") << static_cast<int>(EventColumn::Targets) << false;
}

/// Where new events belong among the few that were found only another search could tell: it is left to the analyst.
void CancelledSearchTest::cancelledWhateverTheOrder()
{
    QFETCH(const int, column);
    QFETCH(const bool, isPlaced);
    CaseFile file;
    file.append(sampleEvents(0, 499));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.table().sortByColumn(column, Qt::DescendingOrder);
    QVERIFY(driver.finds(500));
    const EventResult &result = driver.events().model().result();
    QVERIFY(driver.cancels(u"* co \"example\""_s));
    const qint64 found = result.rows().size();
    QVERIFY(found > 0);
    SampleEvent first;
    first.n = 500;
    first.actor = "aaron"; // the last one in this order
    file.append({first.json()});
    QTRY_COMPARE_WITH_TIMEOUT(driver.resultCount(),
        isPlaced ? u"Cancelled: %1 found by then"_s.arg(found + 1)
                 : u"Cancelled: %1 found by then \u00b7 1 new since"_s.arg(found),
        30'000);
    QTest::qWait(2500); // in less than that a complete result is made anew
    QCOMPARE(result.state(), EventResult::State::Cancelled);
    QCOMPARE(result.rows().size(), isPlaced ? found + 1 : found);
    driver.shortcut(Qt::Key_R, Qt::ControlModifier);
    QVERIFY(driver.finds(501));
    QCOMPARE(driver.resultCount(), u"501 of 501 events"_s);
}

void CancelledSearchTest::aSourceThatGoesStartsNoCancelledSearch()
{
    CaseFile file;
    const store::SourceId other = file.addSource(u"Other"_s);
    for (int n = 0; n < 1000; n += 20) {
        file.append(sampleEvents(n, n + 9));
        file.append(sampleEvents(n + 10, n + 19), other);
    }
    EventTableModel model(file.store());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    EventResult &result = model.result();
    const auto cancelling = connect(&result, &EventResult::wasReset, &result, &EventResult::cancel);
    store::EventQuery query;
    query.words = {"berlin"};
    result.run(query);
    QTRY_COMPARE(result.state(), EventResult::State::Cancelled);
    disconnect(cancelling);
    const auto shown = [&result] { return result.rows().slice(0, result.rows().size() - 1); };
    std::vector<store::Seq> left = shown();
    QVERIFY(!left.empty());
    const auto all = left.size();
    // Every ten of them are of one source.
    std::erase_if(left, [](store::Seq seq) { return (seq - 1) / 10 % 2 == 1; });
    QVERIFY(left.size() < all);
    auto removed = file.store()->removeSource(other, true);
    removed.waitForFinished();
    QVERIFY(removed.result());
    model.forgetRows();
    QTRY_COMPARE(shown(), left);
    QCOMPARE(result.state(), EventResult::State::Cancelled);
    // What comes later still has its place.
    file.append(sampleEvents(1000, 1000));
    QTRY_COMPARE(model.rowCount(), static_cast<int>(left.size()) + 1);
    QCOMPARE(result.state(), EventResult::State::Cancelled);
}

QTEST_MAIN(CancelledSearchTest)
#include "tst_cancelled_search.moc"
