// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/events/FacetRail.h"

#include <QTest>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

/// What is joined to a filter that stands there: nothing of it is lost, words or not.
class NarrowingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsAreKept();
    void whatIsSwitchedOffIsKept();
};

void NarrowingTest::wordsAreKept()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(u"ada \"login to\""_s));
    QVERIFY(driver.finds(15));
    // Of 98, 91, 84, ... the newest one is no failure.
    QVERIFY(driver.chooseInCellMenu(0, EventColumn::Outcome, u"Exclude this value"_s));
    QCOMPARE(driver.edit().text(), u"* co \"ada\" and * co \"login to\" and outcome.result ne \"SUCCESS\""_s);
    QVERIFY(driver.finds(3));
    // From a facet in the same way.
    QVERIFY(driver.apply(u"ada"_s));
    QVERIFY(driver.finds(15));
    Q_EMIT driver.events().facets()->filterRequested(u"outcome.result"_s, u"FAILURE"_s, false);
    QCOMPARE(driver.edit().text(), u"* co \"ada\" and outcome.result eq \"FAILURE\""_s);
    QVERIFY(driver.finds(3));
}

void NarrowingTest::whatIsSwitchedOffIsKept()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    BarState state;
    state.filter = u"ada"_s;
    state.disabled = {{0, "severity eq \"WARN\"", false}};
    driver.events().filterBar()->setState(state);
    QVERIFY(driver.finds(15));
    driver.events().narrow(u"outcome.result eq \"FAILURE\""_s);
    QVERIFY(driver.finds(3));
    QCOMPARE(driver.events().filterBar()->state().disabled, state.disabled);
}

QTEST_MAIN(NarrowingTest)
#include "tst_narrowing.moc"
