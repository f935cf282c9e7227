// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/events/FilterBar.h"
#include "ui/events/TimeRangeChoice.h"
#include "ui/models/CompletionModel.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QLabel>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

/// What the filter bar says while somebody types, and what becomes of searches that are narrowed in time.
class FilterTypingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void errorsAreToldWhileTyping();
    void completionsTellWhatTheyAre();
    void aroundAnEvent();
    void longTextsArePasted();
    void commandsOfTheWindow();
};

void FilterTypingTest::errorsAreToldWhileTyping()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(u"ada"_s));
    QVERIFY(driver.finds(2));
    QSignalSpy applied(driver.events().filterBar(), &FilterBar::applied);
    auto *error = driver.find<QLabel>(u"filterError"_s);
    driver.type(u"actor.alternateId xx \"a\" "_s);
    QTRY_VERIFY_WITH_TIMEOUT(error->isVisible(), 30'000);
    QVERIFY2(error->text().startsWith(u"Column 19: "_s), qUtf8Printable(error->text()));
    QVERIFY(driver.edit().hasError());
    QVERIFY(driver.edit().hasFocus());
    QCOMPARE(driver.edit().cursorPosition(), static_cast<int>(driver.edit().text().size()));
    QCOMPARE(driver.edit().accessibleDescription(), error->text());
    // What is offered meanwhile does not cover it.
    driver.type(u"actor.alternateId xx \"a\" and outco"_s);
    QTRY_VERIFY_WITH_TIMEOUT(error->isVisible() && completions(), 30'000);
    const auto isCovered = [error] {
        const QRect sentence(error->mapToGlobal(QPoint()), error->size());
        return completions()->geometry().intersects(sentence);
    };
    QTRY_VERIFY_WITH_TIMEOUT(!isCovered(), 30'000);
    QVERIFY(completions()->y() < error->mapToGlobal(QPoint()).y() + 2 * error->height());
    WindowDriver::press(Qt::Key_Escape);
    // What merely has no end yet is a hint, and nothing is underlined.
    driver.type(u"outcome.result eq \"FAILURE\" and "_s);
    if (completions()) {
        WindowDriver::press(Qt::Key_Escape);
    }
    QTRY_VERIFY_WITH_TIMEOUT(error->isVisible(), 30'000);
    QCOMPARE(error->text(), u"A comparison is missing after \"and\"."_s);
    QVERIFY(!driver.edit().hasError());
    // So is a quote whose other end is still to be typed.
    driver.type(u"outcome.result eq \"FAIL"_s);
    QTRY_VERIFY_WITH_TIMEOUT(error->isVisible(), 30'000);
    QVERIFY2(error->text().startsWith(u"This quote is not closed"_s), qUtf8Printable(error->text()));
    QVERIFY(!driver.edit().hasError());
    // What is shown is not of what stands there, and the window says so.
    QVERIFY2(driver.resultCount().endsWith(u"Enter applies the filter"_s), qUtf8Printable(driver.resultCount()));
    if (completions()) {
        WindowDriver::press(Qt::Key_Escape);
    }
    driver.type(u"eve bob"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!error->isVisible(), 30'000);
    // None of it was a search.
    QCOMPARE(applied.size(), 0);
    QCOMPARE(driver.events().filterBar()->filter(), u"ada"_s);
    QVERIFY(driver.finds(2));
    QVERIFY(driver.apply(u"ada"_s));
    QTRY_COMPARE_WITH_TIMEOUT(driver.resultCount(), u"2 of 10 events"_s, 30'000);
}

void FilterTypingTest::longTextsArePasted()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QStringList addresses;
    for (int n = 0; n < 3000; ++n) {
        addresses << u"\"203.0.%1.%2\""_s.arg(n / 250).arg(n % 250);
    }
    addresses << u"\"203.0.113.4\""_s;
    QGuiApplication::clipboard()->setText(u"client.ipAddress in ("_s + addresses.join(u", "_s) + u')');
    driver.type({});
    QTest::keySequence(&driver.edit(), QKeySequence::Paste);
    QTest::keyClick(&driver.edit(), Qt::Key_Return);
    QVERIFY(driver.finds(1));
    QVERIFY(driver.edit().history().entries().isEmpty());
    // What is too long is told, and not applied as far as it fits.
    const QString filter = driver.events().filterBar()->filter();
    QGuiApplication::clipboard()->setText(u"ada "_s.repeated(60'000));
    driver.type({});
    QTest::keySequence(&driver.edit(), QKeySequence::Paste);
    auto *error = driver.find<QLabel>(u"filterError"_s);
    const auto isTold
        = [error] { return error->isVisible() && error->text().contains(u"characters that a filter may have"_s); };
    QTRY_VERIFY_WITH_TIMEOUT(isTold(), 30'000);
    QTest::keyClick(&driver.edit(), Qt::Key_Return);
    QVERIFY(isTold());
    QVERIFY(driver.edit().hasError());
    QCOMPARE(driver.events().filterBar()->filter(), filter);
    // Nor is what comes from elsewhere, or grows by what is joined to it.
    driver.events().filterBar()->setFilter(u"bob "_s.repeated(60'000));
    QVERIFY(isTold());
    const QString word(199'990, u'x');
    driver.events().filterBar()->setFilter(word);
    QVERIFY(!error->isVisible());
    driver.events().narrow(u"outcome.result eq \"FAILURE\""_s);
    QVERIFY(isTold());
    QCOMPARE(driver.events().filterBar()->filter(), word);
}

void FilterTypingTest::completionsTellWhatTheyAre()
{
    CaseFile file;
    std::string odd = SampleEvent{}.json();
    odd.insert(odd.find("\"risk\""), "\"oddKey\":\"x\",\"Zone (legacy)\":\"y\",");
    file.append({odd});
    file.append(sampleEvents(1, 3));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    const auto told = [](const QString &candidate, int role) {
        const QAbstractItemView *popup = completions();
        const qsizetype row = candidates().indexOf(candidate);
        return popup && row >= 0 ? popup->model()->index(static_cast<int>(row), 0).data(role).toString() : QString();
    };
    driver.type(u"outcome.r"_s);
    QTRY_COMPARE_WITH_TIMEOUT(
        told(u"outcome.result"_s, Qt::AccessibleTextRole), u"outcome.result, text \u00b7 Outcome, 100 %"_s, 30'000);
    WindowDriver::press(Qt::Key_Escape);
    driver.activate();
    // Keys that only the store knows, as they must be written.
    driver.type(u"oddK"_s);
    QTRY_COMPARE_WITH_TIMEOUT(told(u"debugContext.debugData.oddKey"_s, CompletionModel::CountRole), u"25 %"_s, 30'000);
    WindowDriver::press(Qt::Key_Escape);
    driver.activate();
    // Operators are those of the type, and say what they mean.
    driver.type(u"securityContext.isProxy "_s);
    QTest::keyClick(&driver.edit(), Qt::Key_Space, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(candidates(), QStringList({u"eq"_s, u"ne"_s, u"pr"_s}), 30'000);
    QVERIFY(!told(u"ne"_s, CompletionModel::DetailRole).isEmpty());
    WindowDriver::press(Qt::Key_Escape);
    driver.activate();
    driver.type(u"actor.alternateId eq "_s);
    QTRY_COMPARE_WITH_TIMEOUT(told(u"\"bob@example.com\""_s, CompletionModel::CountRole), u"1"_s, 30'000);
    WindowDriver::press(Qt::Key_Escape);
    QTRY_VERIFY(!completions());
}

void FilterTypingTest::aroundAnEvent()
{
    CaseFile file;
    file.append(sampleEvents(0, 999));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(u"outcome.result eq \"FAILURE\""_s));
    QVERIFY(driver.finds(200));
    driver.click(100, EventColumn::Actor); // the newest but one hundred: number 495
    const QString time = driver.cell(100, EventColumn::Time);
    QCOMPARE(time, u"2026-11-23 08:08:15.000"_s);
    QVERIFY(driver.events().actions().around->isEnabled());
    driver.shortcut(Qt::Key_T, Qt::ControlModifier | Qt::AltModifier);
    QVERIFY(driver.finds(121)); // 300 seconds to either side, of which every fifth failed
    driver.events().undoZoom();
    QVERIFY(driver.finds(200));
    // Any width, in the choice of time.
    driver.click(100, EventColumn::Actor);
    driver.shortcut(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QWidget *popup = QApplication::activePopupWidget();
    QVERIFY(popup && popup->objectName() == u"timeRangePopup"_s);
    auto *number = popup->findChild<QSpinBox *>(u"aroundNumber"_s);
    number->setFocus();
    number->selectAll();
    QTest::keyClicks(number, u"1"_s);
    QTest::keyClick(number, Qt::Key_Return);
    QVERIFY(!popup->isVisible());
    QVERIFY(driver.finds(25)); // 60 seconds to either side
    driver.activate();
    // The last so-and-so long, typed.
    driver.shortcut(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    auto *last = popup->findChild<QSpinBox *>(u"relativeNumber"_s);
    last->setFocus();
    last->selectAll();
    QTest::keyClicks(last, u"48"_s);
    QTest::keyClick(last, Qt::Key_Return);
    QCOMPARE(driver.find<QToolButton>(u"timeRange"_s)->text(), u"Last 2 days"_s);
    driver.activate();
    driver.shortcut(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(popup->findChild<QWidget *>(u"quickRanges"_s), Qt::Key_Escape);
    QVERIFY(!popup->isVisible());
    QVERIFY(driver.chooseTimeRange(u"All time"_s));
    QVERIFY(driver.finds(200));
    // Everything around it, whatever the filter was; the way back knows.
    QVERIFY(driver.chooseTimeRange(u"All time"_s));
    driver.click(100, EventColumn::Actor);
    driver.events().showAround(std::chrono::minutes(1), true);
    QVERIFY(driver.finds(121));
    driver.shortcut(Qt::Key_Left, Qt::AltModifier);
    QVERIFY(driver.finds(200));
}

/// Keys that edit a line of text on X11 give the window's commands in the filter field, too.
void FilterTypingTest::commandsOfTheWindow()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(u"ada"_s));
    driver.activate();
    driver.edit().setFocus();
    driver.edit().setCursorPosition(1);
    QTest::keyClick(&driver.edit(), Qt::Key_E, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(qobject_cast<QDialog *>(QApplication::activeWindow()), 30'000);
    QApplication::activeWindow()->close();
    QCOMPARE(driver.edit().cursorPosition(), 1);
    driver.activate();
    driver.edit().setFocus();
    QTest::keyClick(&driver.edit(), Qt::Key_K, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!driver.edit().isVisible(), 30'000);
    QCOMPARE(driver.edit().text(), u"ada"_s);
}

QTEST_MAIN(FilterTypingTest)
#include "tst_filter_typing.moc"
