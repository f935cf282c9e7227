// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/events/FilterBar.h"
#include "ui/events/SourceChoice.h"
#include "ui/events/TimeRangeChoice.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDateTimeEdit>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

/// Everything that decides which events are shown, typed and clicked.
class FilterBarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void enterAppliesAnExpression();
    void wordsAreLookedFor();
    void anErrorIsExplainedInPlace();
    void pathsOperatorsAndValuesAreCompleted();
    void allPathsOnDemand();
    void valuesComeFromTheStore();
    void aCompletionIsChosenWithTheMouse();
    void upAndDownGoThroughTheHistory();
    void theHistoryHasAMenu();
    void clearing_data();
    void clearing();
    void theTimeRangeNarrows();
    void aRangeOfItsOwn();
    void sourcesAreChosen();
    void theZoneIsSwitched();
    void typingGoesOnWhileEventsArrive();
    void escapeGoesToTheTable();
};

void FilterBarTest::enterAppliesAnExpression()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QCOMPARE(driver.resultCount(), u"100 of 100 events"_s);
    driver.type(u"outcome.result eq \"FAILURE\""_s);
    QVERIFY(driver.finds(100)); // not before Enter
    QVERIFY(driver.apply(u"outcome.result eq \"FAILURE\""_s));
    QVERIFY(driver.finds(20));
    QTRY_COMPARE(driver.resultCount(), u"20 of 100 events"_s);
    QCOMPARE(driver.cell(0, EventColumn::Outcome), u"FAILURE"_s);
    QVERIFY(driver.edit().hasFocus());
}

void FilterBarTest::wordsAreLookedFor()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(u"cleo WARN"_s));
    QVERIFY(driver.finds(2)); // the 30th and the 65th
    QVERIFY(driver.apply(u"nobody"_s));
    QVERIFY(driver.finds(0));
    QVERIFY(driver.events().isVisible());
    QVERIFY(!driver.table().isVisible()); // instead of it a page says so
}

void FilterBarTest::anErrorIsExplainedInPlace()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    auto *error = driver.find<QLabel>(u"filterError"_s);
    QVERIFY(!error->isVisible());
    QVERIFY(driver.apply(u"actor.alternateId xx \"a\""_s));
    QVERIFY(error->isVisible());
    QVERIFY2(error->text().startsWith(u"Column 19: "_s), qUtf8Printable(error->text()));
    QVERIFY(driver.edit().hasError());
    QCOMPARE(driver.edit().text(), u"actor.alternateId xx \"a\""_s);
    QCOMPARE(driver.edit().cursorPosition(), static_cast<int>(driver.edit().text().size()));
    QVERIFY(driver.finds(10)); // what was there stays
    QCOMPARE(driver.events().filterBar()->filter(), QString());
    QCOMPARE(driver.edit().accessibleDescription(), error->text());
    QTest::keyClick(&driver.edit(), Qt::Key_Backspace);
    QVERIFY(!error->isVisible());
    QVERIFY(!driver.edit().hasError());
    // A moment later what is typed is judged again.
    QTRY_VERIFY_WITH_TIMEOUT(driver.edit().hasError(), 30'000);
    QVERIFY(driver.apply(u"actor.alternateId eq \"ada@example.com\""_s));
    QVERIFY(!error->isVisible());
    QVERIFY(driver.finds(2));
}

void FilterBarTest::pathsOperatorsAndValuesAreCompleted()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.type(u"outcome.res"_s);
    QTRY_VERIFY(completions());
    QVERIFY(candidates().contains(u"outcome.result"_s));
    WindowDriver::press(Qt::Key_Tab);
    QCOMPARE(driver.edit().text(), u"outcome.result "_s);
    QVERIFY(driver.edit().hasFocus());
    QTest::keyClicks(&driver.edit(), u"eq "_s);
    QTRY_VERIFY(completions());
    QVERIFY(candidates().contains(u"\"DENY\""_s));
    while (completions()->currentIndex().data().toString() != u"\"FAILURE\""_s) {
        WindowDriver::press(Qt::Key_Down);
    }
    WindowDriver::press(Qt::Key_Return);
    QCOMPARE(driver.edit().text(), u"outcome.result eq \"FAILURE\" "_s);
    QVERIFY(driver.finds(10)); // choosing is not applying
    if (completions()) {
        WindowDriver::press(Qt::Key_Escape);
    }
    QVERIFY(driver.edit().hasFocus());
    WindowDriver::press(Qt::Key_Return);
    QVERIFY(driver.finds(2));
}

void FilterBarTest::allPathsOnDemand()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.type({});
    QVERIFY(!completions());
    QTest::keyClick(&driver.edit(), Qt::Key_Space, Qt::ControlModifier);
    QTRY_VERIFY(completions());
    QVERIFY(candidates().contains(u"actor.alternateId"_s));
    WindowDriver::press(Qt::Key_Escape);
    QTRY_VERIFY(!completions());
    QVERIFY(driver.edit().text().isEmpty());
    QVERIFY(driver.edit().hasFocus());
}

void FilterBarTest::valuesComeFromTheStore()
{
    CaseFile file;
    file.append(sampleEvents(0, 8)); // seven people, the first two of them twice
    SampleEvent odd;
    odd.n = 9;
    odd.actor = "o\\\"hara";
    file.append({odd.json()});
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.type(u"actor.alternateId eq "_s);
    QTest::keyClick(&driver.edit(), Qt::Key_Space, Qt::ControlModifier);
    QTRY_COMPARE(candidates().value(0), u"\"ada@example.com\""_s); // most frequent first
    QCOMPARE(candidates().value(1), u"\"bob@example.com\""_s);
    WindowDriver::press(Qt::Key_Escape);
    driver.activate();
    QTest::keyClicks(&driver.edit(), u"\"CLE"_s);
    QTRY_COMPARE(candidates(), QStringList{u"\"cleo@example.com\""_s});
    WindowDriver::press(Qt::Key_Tab);
    QCOMPARE(driver.edit().text(), u"actor.alternateId eq \"cleo@example.com\" "_s);
    // What must be escaped is, so that the filter finds it.
    driver.type(u"actor.alternateId eq \"hara"_s);
    QTRY_COMPARE(candidates().size(), 1);
    WindowDriver::press(Qt::Key_Tab);
    driver.activate();
    driver.edit().setFocus();
    QTest::keyClick(&driver.edit(), Qt::Key_Return);
    QVERIFY2(driver.finds(1), qUtf8Printable(driver.edit().text()));
    // A path without a column offers nothing, and does no harm.
    driver.type(u"actor.detailEntry.x eq \"a"_s);
    QVERIFY(candidates().isEmpty());
}

void FilterBarTest::aCompletionIsChosenWithTheMouse()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.type(u"client.ip"_s);
    QTRY_VERIFY(completions());
    QAbstractItemView *popup = completions();
    const qsizetype row = candidates().indexOf(u"client.ipAddress"_s);
    QVERIFY(row >= 0);
    const QModelIndex index = popup->model()->index(static_cast<int>(row), 0);
    QTest::mouseClick(popup->viewport(), Qt::LeftButton, {}, popup->visualRect(index).center());
    QCOMPARE(driver.edit().text(), u"client.ipAddress "_s);
}

void FilterBarTest::upAndDownGoThroughTheHistory()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(u"ada"_s));
    QVERIFY(driver.apply(u"bob"_s));
    driver.type(u"dra"_s);
    if (completions()) {
        WindowDriver::press(Qt::Key_Escape);
    }
    WindowDriver::press(Qt::Key_Up);
    QCOMPARE(driver.edit().text(), u"bob"_s);
    WindowDriver::press(Qt::Key_Up);
    QCOMPARE(driver.edit().text(), u"ada"_s);
    WindowDriver::press(Qt::Key_Up); // nothing older
    QCOMPARE(driver.edit().text(), u"ada"_s);
    WindowDriver::press(Qt::Key_Down);
    QCOMPARE(driver.edit().text(), u"bob"_s);
    WindowDriver::press(Qt::Key_Down);
    QCOMPARE(driver.edit().text(), u"dra"_s);
}

void FilterBarTest::theHistoryHasAMenu()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(u"ada"_s));
    QVERIFY(driver.finds(2));
    QVERIFY(driver.apply(u"actor.displayName eq \"bob\""_s));
    driver.edit().showHistory();
    QCOMPARE(openMenuEntries(), (QStringList{u"actor.displayName eq \"bob\""_s, u"ada"_s, u"Forget these filters"_s}));
    QVERIFY(chooseFromOpenMenu(u"ada"_s));
    QCOMPARE(driver.edit().text(), u"ada"_s);
    QVERIFY(driver.finds(2));
    driver.edit().showHistory();
    QVERIFY(chooseFromOpenMenu(u"Forget these filters"_s));
    QTRY_VERIFY(!QApplication::activePopupWidget());
    driver.edit().showHistory();
    QCOMPARE(openMenuEntries(), QStringList{u"No filter was used yet"_s});
    WindowDriver::press(Qt::Key_Escape);
}

void FilterBarTest::clearing_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("key") << 0;
    QTest::newRow("cross in the field") << 1;
    QTest::newRow("button of the empty page") << 2;
}

void FilterBarTest::clearing()
{
    QFETCH(const int, how);
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(u"nobody"_s));
    QVERIFY(driver.finds(0));
    if (how == 0) {
        driver.shortcut(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    } else {
        // Of the buttons that clear, those that can be seen: the field's own and the page's.
        QAbstractButton *found = nullptr;
        QWidget *where = how == 1 ? static_cast<QWidget *>(&driver.edit()) : driver.events().parentWidget();
        for (QAbstractButton *button : where->findChildren<QAbstractButton *>()) {
            const bool inField = driver.edit().isAncestorOf(button);
            const QString text = inField ? button->toolTip() : button->text().remove(u'&');
            if (button->isVisible() && inField == (how == 1) && text.startsWith(u"Clear the filter"_s)) {
                found = button;
            }
        }
        QVERIFY(found);
        QTest::mouseClick(found, Qt::LeftButton);
    }
    QVERIFY(driver.finds(10));
    QCOMPARE(driver.edit().text(), QString());
}

void FilterBarTest::theTimeRangeNarrows()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    SampleEvent now;
    now.n = 10;
    std::string json = now.json();
    const std::string old = event::formatTimestamp(sampleTime(10));
    json.replace(json.find(old), old.size(), event::formatTimestamp(event::now() - std::chrono::minutes(5)));
    file.append({json});
    WindowDriver driver(file);
    QVERIFY(driver.open());
    auto *button = driver.find<QToolButton>(u"timeRange"_s);
    QCOMPARE(button->text(), u"All time"_s);
    QVERIFY(driver.chooseTimeRange(u"Last hour"_s));
    QVERIFY(driver.finds(1));
    QCOMPARE(button->text(), u"Last hour"_s);
    QCOMPARE(button->accessibleName(), u"Time range: Last hour"_s);
    QVERIFY(driver.apply(u"nobody"_s));
    QVERIFY(driver.finds(0));
    QVERIFY(driver.apply({}));
    QVERIFY(driver.chooseTimeRange(u"All time"_s));
    QVERIFY(driver.finds(11));
}

void FilterBarTest::aRangeOfItsOwn()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QTest::mouseClick(driver.find<QToolButton>(u"timeRange"_s), Qt::LeftButton);
    QWidget *popup = QApplication::activePopupWidget();
    QVERIFY(popup);
    const auto enter = [popup](const QString &name, const QDateTime &time) {
        auto *edit = popup->findChild<QDateTimeEdit *>(name);
        QVERIFY(edit && edit->isVisible());
        edit->setFocus();
        edit->setDateTime(time); // typed digit by digit it is Qt's business
    };
    const QDateTime start(QDate(2026, 11, 23), QTime(8, 0), Qt::UTC);
    enter(u"rangeFrom"_s, start.addSecs(30));
    enter(u"rangeUntil"_s, start.addSecs(10));
    auto *until = popup->findChild<QDateTimeEdit *>(u"rangeUntil"_s);
    QTest::keyClick(until, Qt::Key_Return);
    QVERIFY(popup->findChild<QLabel *>(u"rangeWrong"_s)->isVisible()); // it ends before it begins
    enter(u"rangeFrom"_s, start.addSecs(10));
    enter(u"rangeUntil"_s, start.addSecs(30));
    QTest::keyClick(until, Qt::Key_Return);
    QVERIFY(!popup->isVisible());
    QVERIFY(driver.finds(20));
    QCOMPARE(driver.cell(0, EventColumn::Time), u"2026-11-23 08:00:29.000"_s);
    QCOMPARE(driver.find<QToolButton>(u"timeRange"_s)->text(), u"2026-11-23 08:00:10 \u2013 08:00:30"_s);
}

void FilterBarTest::sourcesAreChosen()
{
    CaseFile file;
    const store::SourceId other = file.addSource(u"Birch & Co"_s);
    file.append(sampleEvents(0, 9));
    file.append(sampleEvents(10, 14), other);
    WindowDriver driver(file);
    QVERIFY(driver.open());
    auto *button = driver.find<QToolButton>(u"sourceChoice"_s);
    QTRY_VERIFY(button->menu()->actions().size() > 3);
    QCOMPARE(button->text(), u"All sources"_s);
    QVERIFY(chooseFromButton(button, u"Birch & Co"_s));
    QVERIFY(driver.finds(5));
    QTRY_COMPARE(button->text(), u"Birch && Co"_s);
    QVERIFY(chooseFromButton(button, u"All sources"_s));
    QVERIFY(driver.finds(15));
}

void FilterBarTest::theZoneIsSwitched()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QCOMPARE(driver.events().model().headerData(0, Qt::Horizontal).toString(), u"Time (UTC)"_s);
    auto *button = driver.find<QToolButton>(u"timeZone"_s);
    QVERIFY(chooseFromButton(button, button->menu()->actions().at(1)->text()));
    QCOMPARE(driver.events().model().headerData(0, Qt::Horizontal).toString(), u"Time (local)"_s);
    QVERIFY(chooseFromButton(button, u"UTC"_s));
    QCOMPARE(driver.events().model().headerData(0, Qt::Horizontal).toString(), u"Time (UTC)"_s);
    // Any other is found by its name.
    QVERIFY(chooseFromButton(button, u"Another zone\u2026"_s));
    auto *find = driver.find<QLineEdit>(u"zoneFind"_s);
    QTest::keyClicks(find, u"new york"_s);
    auto *zones = driver.find<QListView>(u"zoneList"_s);
    QCOMPARE(zones->model()->rowCount(), 1);
    QTest::keyClick(find, Qt::Key_Return);
    QTRY_COMPARE(driver.events().model().headerData(0, Qt::Horizontal).toString(), u"Time (America/New_York)"_s);
    QCOMPARE(button->text(), u"America/New_York (UTC-05:00)"_s);
    QCOMPARE(driver.cell(0, EventColumn::Time), u"2026-11-23 03:00:09.000"_s);
    Q_EMIT button->menu()->aboutToShow();
    QVERIFY(button->menu()->actions().at(2)->text().startsWith(u"America/New_York"_s)); // to be had again
}

void FilterBarTest::typingGoesOnWhileEventsArrive()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.type(u"qqqq wwww"_s); // nothing that is completed: the list would have the keyboard
    driver.edit().setCursorPosition(4);
    int expected = 100;
    for (const QChar c : u"xyz"_s) {
        file.append(sampleEvents(expected, expected + 49));
        expected += 50;
        QVERIFY(driver.finds(expected));
        QVERIFY(driver.edit().hasFocus());
        QTest::keyClick(QApplication::focusWidget(), c.toLatin1());
    }
    QCOMPARE(driver.edit().text(), u"qqqqxyz wwww"_s);
    QCOMPARE(driver.edit().cursorPosition(), 7);
    // A selection stays, too.
    driver.edit().setSelection(0, 4);
    file.append(sampleEvents(expected, expected + 49));
    QVERIFY(driver.finds(expected + 50));
    QCOMPARE(driver.edit().selectedText(), u"qqqq"_s);
    QVERIFY(driver.edit().hasFocus());
}

void FilterBarTest::escapeGoesToTheTable()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.shortcut(Qt::Key_L, Qt::ControlModifier);
    QVERIFY(driver.edit().hasFocus());
    WindowDriver::press(Qt::Key_Escape);
    QVERIFY(driver.table().hasFocus());
    QVERIFY(driver.table().currentIndex().isValid());
}

QTEST_MAIN(FilterBarTest)
#include "tst_filter_bar.moc"
