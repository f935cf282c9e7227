// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/events/FacetRail.h"
#include "ui/events/FindBar.h"

#include <QLabel>
#include <QLineEdit>
#include <QTest>
#include <QToolButton>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

/// Ctrl+F, the text, "Show only these".
void showOnly(WindowDriver &driver, const QString &text, const QString &state)
{
    driver.shortcut(Qt::Key_F, Qt::ControlModifier);
    auto *edit = driver.find<QLineEdit>(u"findEdit"_s);
    QTRY_VERIFY(edit->hasFocus());
    QTest::keySequence(edit, QKeySequence::SelectAll);
    QTest::keyClicks(edit, text);
    QTRY_VERIFY_WITH_TIMEOUT(driver.find<QLabel>(u"findState"_s)->text().endsWith(state), patience);
    QTest::mouseClick(driver.find<QToolButton>(u"findFilter"_s), Qt::LeftButton);
}

} // namespace

/// What is joined to a filter that stands there: nothing of it is lost, words or not.
class NarrowingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsAreKept();
    void whatIsSwitchedOffIsKept();
    void showOnlyWhatWasFound_data();
    void showOnlyWhatWasFound();
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

void NarrowingTest::showOnlyWhatWasFound_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("found");
    QTest::addColumn<QString>("after");
    QTest::addColumn<int>("count");
    QTest::newRow("words in all") << QString() << u"ada FAILURE"_s << u"of 3"_s << u"ada FAILURE"_s << 3;
    QTest::newRow("words in an expression") << u"severity eq \"WARN\""_s << u"ada FAILURE"_s << u"of 3"_s
                                            << u"severity eq \"WARN\" and * co \"ada\" and * co \"FAILURE\""_s << 3;
    QTest::newRow("a phrase in words") << u"ada"_s << u"\"login to\" FAILURE"_s << u"of 3"_s
                                       << u"* co \"ada\" and * co \"login to\" and * co \"FAILURE\""_s << 3;
    QTest::newRow("an alternative in words")
        << u"ada"_s << u"severity eq \"WARN\" or severity eq \"ERROR\""_s << u"of 3"_s
        << u"* co \"ada\" and (severity eq \"WARN\" or severity eq \"ERROR\")"_s << 3;
}

void NarrowingTest::showOnlyWhatWasFound()
{
    QFETCH(const QString, before);
    QFETCH(const QString, text);
    QFETCH(const QString, found);
    QFETCH(const QString, after);
    QFETCH(const int, count);
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(before));
    showOnly(driver, text, found);
    QCOMPARE(driver.edit().text(), after);
    QVERIFY(driver.finds(count));
}

QTEST_MAIN(NarrowingTest)
#include "tst_narrowing.moc"
