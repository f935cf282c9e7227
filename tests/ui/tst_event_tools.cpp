// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/annotations/AnnotationPanel.h"
#include "ui/annotations/AnnotationStrip.h"
#include "ui/events/DetailsPane.h"
#include "ui/events/EventTools.h"
#include "ui/events/FindBar.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QDateTimeEdit>
#include <QDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

/// Marks, tags and notes, finding in the result, what is alike, and going to a time, used as a person does.
class EventToolsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysBookmarkSeveralAndUndo();
    void lettersAreTypedIntoTheFilter();
    void tagsAreChosenAndTyped();
    void notesAreWrittenAndShown();
    void filtersAskWhatIsNoted();
    void thePanelLeadsToEvents();
    void tagsAreRenamedAndTakenAway();
    void whatIsMarkedStays();
    void findsWithinTheResult();
    void findingFollowsNewEvents();
    void marksATransaction();
    void nextLikeThis();
    void keysWaitForTheirRow();
    void theBarHidesNoCurrentRow();
    void goesToATime();
    void copiesMarkdown();
};

namespace {

constexpr int patience = 30'000;

/// The dialog that is open, once it is there.
QDialog *openDialog(const QString &name)
{
    QDialog *found = nullptr;
    (void)QTest::qWaitFor(
        [&] {
            for (QWidget *widget : QApplication::topLevelWidgets()) {
                if (widget->objectName() == name && widget->isVisible()) {
                    found = qobject_cast<QDialog *>(widget);
                }
            }
            return found != nullptr;
        },
        patience);
    if (found) {
        found->activateWindow(); // keys are those of the window that is active
        (void)QTest::qWaitForWindowActive(found, patience);
    }
    return found;
}

int marksAt(WindowDriver &driver, int row)
{
    return driver.events().model().index(row, 0).data(EventTableModel::MarksRole).toInt();
}

std::vector<std::string> withTransactions()
{
    std::vector<std::string> events;
    for (int n = 0; n < 60; ++n) {
        SampleEvent event;
        event.n = n;
        event.extra = R"(,"transaction":{"type":"WEB","id":"tx)" + std::to_string(n % 10) + R"("})";
        events.push_back(event.json());
    }
    return events;
}

} // namespace

void EventToolsTest::keysBookmarkSeveralAndUndo()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    const QAbstractItemModelTester tester(
        &driver.events().model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    driver.click(2, EventColumn::Message);
    QTest::keyClick(&driver.table(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(&driver.table(), Qt::Key_B);
    QTRY_COMPARE_WITH_TIMEOUT(marksAt(driver, 2), int(Bookmarked), patience);
    QCOMPARE(marksAt(driver, 3), int(Bookmarked));
    QCOMPARE(marksAt(driver, 4), 0);
    QCOMPARE(driver.cell(2, EventColumn::Marks), u"Bookmarked."_s);
    // Once more takes it back, and undo brings it again.
    QTest::keyClick(&driver.table(), Qt::Key_B);
    QTRY_COMPARE_WITH_TIMEOUT(marksAt(driver, 2), 0, patience);
    QTest::keyClick(&driver.table(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(marksAt(driver, 2), int(Bookmarked), patience);
    QTest::keyClick(&driver.table(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(marksAt(driver, 3), 0, patience);
    QTest::keyClick(&driver.table(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(marksAt(driver, 3), int(Bookmarked), patience);
    // A screen reader hears it with the row.
    QVERIFY(driver.events()
                .model()
                .index(2, static_cast<int>(EventColumn::Time))
                .data(Qt::AccessibleTextRole)
                .toString()
                .contains(u"Bookmarked"_s));
}

void EventToolsTest::lettersAreTypedIntoTheFilter()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.type(u"btnxsa"_s);
    QCOMPARE(driver.edit().text(), u"btnxsa"_s);
    QVERIFY(driver.events().tools()->book().all().empty());
}

void EventToolsTest::tagsAreChosenAndTyped()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(0, EventColumn::Message);
    QTest::keyClick(&driver.table(), Qt::Key_T);
    QDialog *dialog = openDialog(u"tagDialog"_s);
    QVERIFY(dialog);
    auto *edit = dialog->findChild<QLineEdit *>(u"tagEdit"_s);
    QTest::keyClicks(edit, u"phishing"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QTest::keyClicks(edit, u"Case 7"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(edit->text(), QString());
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(driver.cell(0, EventColumn::Marks), u"Tags: Case 7, phishing."_s, patience);
    // The next one has it completed; what is unticked goes.
    driver.activate();
    driver.click(1, EventColumn::Message);
    QTest::keyClick(&driver.table(), Qt::Key_Up, Qt::ShiftModifier);
    QTest::keyClick(&driver.table(), Qt::Key_T);
    dialog = openDialog(u"tagDialog"_s);
    QVERIFY(dialog);
    auto *list = dialog->findChild<QListWidget *>(u"tagList"_s);
    QCOMPARE(list->count(), 2);
    QCOMPARE(list->item(0)->checkState(), Qt::PartiallyChecked);
    edit = dialog->findChild<QLineEdit *>(u"tagEdit"_s);
    QTest::keyClicks(edit, u"phi"_s);
    QCOMPARE(edit->text(), u"phishing"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    list->item(list->item(0)->checkState() == Qt::Checked ? 1 : 0)->setCheckState(Qt::Unchecked);
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(driver.cell(1, EventColumn::Marks), u"Tags: phishing."_s, patience);
    QTRY_COMPARE_WITH_TIMEOUT(driver.cell(0, EventColumn::Marks), u"Tags: phishing."_s, patience);
}

void EventToolsTest::notesAreWrittenAndShown()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(4, EventColumn::Message);
    QTest::keyClick(&driver.table(), Qt::Key_N);
    QDialog *dialog = openDialog(u"noteDialog"_s);
    QVERIFY(dialog);
    auto *edit = dialog->findChild<QPlainTextEdit *>(u"noteEdit"_s);
    QTest::keyClicks(edit, u"He says <b>it was not he</b>"_s);
    QCOMPARE(edit->toPlainText(), u"He says <b>it was not he</b>"_s);
    QSignalSpy problem(driver.events().tools(), &EventTools::problemOccurred);
    QSignalSpy accepted(dialog, &QDialog::accepted);
    QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(accepted.count(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(marksAt(driver, 4), int(Noted), patience);
    QVERIFY(problem.isEmpty());
    auto *note = driver.find<QLabel>(u"annotationNote"_s);
    QTRY_COMPARE_WITH_TIMEOUT(note->text(), u"He says <b>it was not he</b>"_s, patience);
    QVERIFY(note->isVisible());
    QCOMPARE(note->textFormat(), Qt::PlainText);
    driver.click(5, EventColumn::Message);
    QTRY_VERIFY_WITH_TIMEOUT(!note->isVisible(), patience);
}

void EventToolsTest::filtersAskWhatIsNoted()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(7, EventColumn::Message);
    QTest::keyClick(&driver.table(), Qt::Key_B);
    QTRY_COMPARE_WITH_TIMEOUT(marksAt(driver, 7), int(Bookmarked), patience);
    driver.events().tools()->actions().showBookmarked->trigger();
    QVERIFY(driver.finds(1));
    QCOMPARE(driver.edit().text(), u"annotation.bookmarked eq true"_s);
    // It goes from the result with its mark, and comes back with it.
    driver.click(0, EventColumn::Message);
    QTest::keyClick(&driver.table(), Qt::Key_B);
    QVERIFY(driver.finds(0));
    driver.events().tools()->actions().undo->trigger();
    QVERIFY(driver.finds(1));
}

void EventToolsTest::thePanelLeadsToEvents()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    EventTools &tools = *driver.events().tools();
    QVERIFY(!tools.panel()->isVisible());
    driver.shortcut(Qt::Key_M, Qt::ControlModifier);
    QTRY_VERIFY(tools.panel()->isVisible());
    const QAbstractItemModelTester tester(
        &tools.panel()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    tools.annotator().toggleBookmark({1, 50});
    tools.annotator().setTags({50, 51}, {u"odd & <b>"_s}, {});
    auto *table = driver.find<QTableView>(u"annotationTable"_s);
    QTRY_COMPARE_WITH_TIMEOUT(tools.panel()->model().rowCount(), 3, patience);
    const auto text = [&](int row, int column) { return table->model()->index(row, column).data().toString(); };
    QTRY_COMPARE_WITH_TIMEOUT(text(0, AnnotationModel::Message), u"User login to Okta"_s, patience);
    QCOMPARE(text(1, AnnotationModel::Tags), u"odd & <b>"_s);
    // Enter goes to the event.
    table->setFocus();
    table->setCurrentIndex(table->model()->index(0, 1));
    QTest::keyClick(table, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(driver.table().currentSeq(), std::optional<store::Seq>(1), patience);
    // Even if the result does not have it; Back leads to what was shown.
    QVERIFY(driver.apply(u"outcome.result eq \"FAILURE\""_s));
    QVERIFY(driver.finds(20));
    table->setCurrentIndex(table->model()->index(1, 1));
    QTest::keyClick(table, Qt::Key_Return);
    QVERIFY(driver.finds(1));
    QTRY_COMPARE_WITH_TIMEOUT(driver.table().currentSeq(), std::optional<store::Seq>(50), patience);
    driver.events().goBack();
    QTRY_COMPARE_WITH_TIMEOUT(driver.events().model().rowCount(), 20, patience);
    // As a filter.
    QTest::mouseClick(driver.find<QToolButton>(u"annotationFilter"_s), Qt::LeftButton);
    QVERIFY(driver.finds(3));
}

void EventToolsTest::tagsAreRenamedAndTakenAway()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    EventTools &tools = *driver.events().tools();
    tools.annotator().setTags({1, 2}, {u"old"_s}, {});
    QTRY_COMPARE_WITH_TIMEOUT(tools.book().tags().size(), 1, patience);
    tools.annotator().renameTag(u"old"_s, u"new"_s);
    QTRY_COMPARE_WITH_TIMEOUT(tools.book().tags().value(0).tag, u"new"_s, patience);
    tools.annotator().renameTag(u"new"_s, {});
    QTRY_VERIFY_WITH_TIMEOUT(tools.book().tags().isEmpty(), patience);
    tools.undoStack().undo();
    QTRY_COMPARE_WITH_TIMEOUT(tools.book().tags().value(0).count, 2, patience);
}

void EventToolsTest::whatIsMarkedStays()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    {
        WindowDriver driver(file);
        QVERIFY(driver.open());
        driver.click(0, EventColumn::Message);
        QTest::keyClick(&driver.table(), Qt::Key_B);
        QTRY_COMPARE_WITH_TIMEOUT(marksAt(driver, 0), int(Bookmarked), patience);
    }
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QTRY_COMPARE_WITH_TIMEOUT(marksAt(driver, 0), int(Bookmarked), patience);
}

void EventToolsTest::findsWithinTheResult()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.shortcut(Qt::Key_F, Qt::ControlModifier);
    auto *edit = driver.find<QLineEdit>(u"findEdit"_s);
    auto *state = driver.find<QLabel>(u"findState"_s);
    QTRY_VERIFY(edit->hasFocus());
    QTest::keyClicks(edit, u"outcome.result eq \"FAILURE\""_s);
    // 99 is the newest; every fifth failed: 95, 90, ...
    QTRY_COMPARE_WITH_TIMEOUT(driver.table().currentIndex().row(), 4, patience);
    QTRY_COMPARE_WITH_TIMEOUT(state->text(), u"1 of 20"_s, patience);
    QCOMPARE(driver.events().model().rowCount(), 100);
    QVERIFY(edit->hasFocus());
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(driver.table().currentIndex().row(), 9);
    QCOMPARE(state->text(), u"2 of 20"_s);
    driver.shortcut(Qt::Key_F3, {});
    QCOMPARE(driver.table().currentIndex().row(), 14);
    driver.shortcut(Qt::Key_F3, Qt::ShiftModifier);
    driver.shortcut(Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(driver.table().currentIndex().row(), 4);
    // Round the end.
    driver.shortcut(Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(driver.table().currentIndex().row(), 99);
    const auto hit
        = [&](int row) { return driver.events().model().index(row, 0).data(EventTableModel::HitRole).toInt(); };
    QCOMPARE(hit(4), int(EventTableModel::Found));
    QCOMPARE(hit(5), 0);
    // Words, nothing, and an end.
    QTest::keySequence(edit, QKeySequence::SelectAll);
    QTest::keyClicks(edit, u"nowhere to be found"_s);
    QTRY_COMPARE_WITH_TIMEOUT(state->text(), u"Nothing found"_s, patience);
    QTest::keyClick(edit, Qt::Key_Escape);
    QVERIFY(!driver.events().tools()->findBar()->isVisible());
    QCOMPARE(hit(4), 0);
}

void EventToolsTest::findingFollowsNewEvents()
{
    CaseFile file;
    file.append(sampleEvents(0, 49));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.shortcut(Qt::Key_F, Qt::ControlModifier);
    auto *edit = driver.find<QLineEdit>(u"findEdit"_s);
    QTest::keyClicks(edit, u"FAILURE"_s);
    QTRY_COMPARE_WITH_TIMEOUT(driver.events().tools()->finder().count(), 10, patience);
    file.append(sampleEvents(50, 99));
    QTRY_COMPARE_WITH_TIMEOUT(driver.events().tools()->finder().count(), 20, patience);
    QVERIFY(edit->hasFocus());
    QCOMPARE(edit->text(), u"FAILURE"_s);
}

void EventToolsTest::marksATransaction()
{
    CaseFile file;
    file.append(withTransactions());
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(3, EventColumn::Message); // number 56
    QTest::keyClick(&driver.table(), Qt::Key_X);
    ResultFinder &alike = driver.events().tools()->alike();
    QTRY_COMPARE_WITH_TIMEOUT(alike.count(), 6, patience);
    QTRY_VERIFY(driver.events().tools()->alikeBar()->isVisible());
    QVERIFY(driver.find<QLabel>(u"alikeLabel"_s)->text().contains(u"tx6"_s));
    QTRY_COMPARE_WITH_TIMEOUT(driver.find<QLabel>(u"alikeState"_s)->text(), u"1 of 6"_s, patience);
    QTest::keyClick(&driver.table(), Qt::Key_BracketRight);
    QCOMPARE(driver.table().currentIndex().row(), 13);
    QTest::keyClick(&driver.table(), Qt::Key_BracketLeft);
    QCOMPARE(driver.table().currentIndex().row(), 3);
    const QModelIndex other = driver.events().model().index(13, 0);
    QCOMPARE(other.data(EventTableModel::HitRole).toInt(), int(EventTableModel::Alike));
    // The same key once more takes the marks away; Esc does, too.
    QTest::keyClick(&driver.table(), Qt::Key_X);
    QTRY_VERIFY_WITH_TIMEOUT(!alike.isActive(), patience);
    QVERIFY(!driver.events().tools()->alikeBar()->isVisible());
    QTest::keyClick(&driver.table(), Qt::Key_A);
    QTRY_VERIFY_WITH_TIMEOUT(alike.count() > 0, patience);
    QTest::keyClick(&driver.table(), Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!alike.isActive(), patience);
    // These events have no session.
    QSignalSpy problem(driver.events().tools(), &EventTools::problemOccurred);
    QTest::keyClick(&driver.table(), Qt::Key_S);
    QTRY_VERIFY_WITH_TIMEOUT(!problem.isEmpty() || alike.isActive(), patience);
}

void EventToolsTest::nextLikeThis()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(4, EventColumn::Outcome);
    QTest::keyClick(&driver.table(), Qt::Key_BracketRight);
    QTRY_COMPARE_WITH_TIMEOUT(driver.table().currentIndex().row(), 9, patience);
    QTest::keyClick(&driver.table(), Qt::Key_BracketRight);
    QCOMPARE(driver.table().currentIndex().row(), 14);
    QTest::keyClick(&driver.table(), Qt::Key_Escape);
    // The first one asked for may be the one before.
    QTest::keyClick(&driver.table(), Qt::Key_BracketLeft);
    // Nor is the question forgotten when the result is another one meanwhile.
    EventResult &result = driver.events().model().result();
    result.run(result.query());
    QTRY_COMPARE_WITH_TIMEOUT(driver.table().currentIndex().row(), 9, patience);
}

void EventToolsTest::keysWaitForTheirRow()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(4, EventColumn::Outcome);
    driver.events().model().reloadCells();
    QVERIFY(driver.table().currentIndex().data(EventTableModel::IsLoadingRole).toBool());
    QTest::keyClick(&driver.table(), Qt::Key_BracketRight);
    QTRY_COMPARE_WITH_TIMEOUT(driver.table().currentIndex().row(), 9, patience);
    QTest::keyClick(&driver.table(), Qt::Key_Escape);
    // Of two keys the last one counts, and another row ends the waiting.
    driver.events().model().reloadCells();
    QTest::keyClick(&driver.table(), Qt::Key_BracketRight);
    QTest::keyClick(&driver.table(), Qt::Key_BracketLeft);
    QTRY_COMPARE_WITH_TIMEOUT(driver.table().currentIndex().row(), 4, patience);
    QTest::keyClick(&driver.table(), Qt::Key_Escape);
    driver.events().model().reloadCells();
    QTest::keyClick(&driver.table(), Qt::Key_BracketRight);
    driver.table().goToRow(20);
    driver.cell(20, EventColumn::Outcome);
    QVERIFY(!driver.events().tools()->alike().isActive());
    QCOMPARE(driver.table().currentIndex().row(), 20);
}

void EventToolsTest::theBarHidesNoCurrentRow()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.cell(0, EventColumn::Actor);
    const int last = driver.table().rowAt(driver.table().viewport()->height() - 1) - 1;
    driver.click(last, EventColumn::Actor);
    QTest::keyClick(&driver.table(), Qt::Key_A);
    QTRY_VERIFY_WITH_TIMEOUT(driver.events().tools()->alikeBar()->isVisible(), patience);
    const QRect row = driver.table().visualRect(driver.table().currentIndex());
    QVERIFY(row.isValid() && driver.table().viewport()->rect().contains(row.center()));
    QVERIFY(row.bottom() <= driver.table().viewport()->height());
}

void EventToolsTest::goesToATime()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.cell(0, EventColumn::Time);
    driver.shortcut(Qt::Key_G, Qt::ControlModifier);
    QDialog *dialog = openDialog(u"timeDialog"_s);
    QVERIFY(dialog);
    auto *edit = dialog->findChild<QDateTimeEdit *>(u"timeEdit"_s);
    QCOMPARE(edit->dateTime().toString(u"yyyy-MM-dd HH:mm:ss"_s), u"2026-11-23 08:01:39"_s);
    edit->setDateTime(QDateTime(QDate(2026, 11, 23), QTime(8, 0, 30), Qt::UTC));
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(driver.table().currentIndex().row(), 69, patience);
    // After the last one: the last one.
    driver.events().tools()->goTo(sampleTime(5000));
    QTRY_COMPARE_WITH_TIMEOUT(driver.table().currentIndex().row(), 0, patience);
    // Sorted by something else, too.
    driver.table().horizontalHeader()->setSortIndicator(static_cast<int>(EventColumn::Actor), Qt::AscendingOrder);
    driver.events().model().sort(static_cast<int>(EventColumn::Actor), Qt::AscendingOrder);
    QVERIFY(driver.finds(100));
    driver.events().tools()->goTo(sampleTime(42));
    QTRY_COMPARE_WITH_TIMEOUT(driver.table().currentSeq(), std::optional<store::Seq>(43), patience);
}

void EventToolsTest::copiesMarkdown()
{
    CaseFile file;
    SampleEvent odd;
    odd.n = 1;
    odd.message = "a | b *c* <script>";
    file.append({odd.json()});
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(0, EventColumn::Message);
    driver.shortcut(Qt::Key_M, Qt::ControlModifier | Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(QApplication::clipboard()->text().startsWith(u"| Marks | Time (UTC) |"_s), patience);
    const QStringList lines = QApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[2].contains(u"a \\| b \\*c\\* \\<script\\>"_s));
}

QTEST_MAIN(EventToolsTest)
#include "tst_event_tools.moc"
