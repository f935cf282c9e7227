// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/events/ChipBar.h"
#include "ui/events/FilterChip.h"
#include "ui/events/TermEditor.h"
#include "ui/events/TermText.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QCompleter>
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

ChipBar &bar(WindowDriver &driver)
{
    return *driver.events().filterBar()->chips();
}

FilterChip &chip(WindowDriver &driver, std::size_t place)
{
    return *bar(driver).chips().at(place);
}

/// What the chips say, with a minus where they are switched off.
QStringList texts(WindowDriver &driver)
{
    QStringList result;
    for (const FilterChip *each : bar(driver).chips()) {
        const filter::Term &term = each->term();
        result << (term.isEnabled ? QString() : u"-"_s) + QString::fromStdString(term.text);
    }
    return result;
}

void clickCross(FilterChip &chip)
{
    QTest::mouseClick(&chip, Qt::LeftButton, {}, chip.crossRect().center());
}

const QString ada = u"actor.alternateId eq \"ada@example.com\""_s;
const QString failed = u"outcome.result eq \"FAILURE\""_s;

} // namespace

/// The filter as chips: by mouse and keyboard, and the text that goes with it.
class FilterChipsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textAndChipsAreOne();
    void aTextThatIsWrongStaysText();
    void removedAndBroughtBack();
    void switchedOffAndNegated();
    void theKeyboardDoesAll();
    void dragged();
    void addedWithPickers();
    void editedAsText();
    void valuesOfTheStoreAreOffered();
    void wordsAreChipsToo();
    void sessionsKeepThem();
    void hostileTextIsPlain();
    void captions();
    void namesForScreenReaders();
};

void FilterChipsTest::textAndChipsAreOne()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(ada + u" and "_s + failed));
    QVERIFY(driver.finds(3));
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!driver.edit().isVisible());
    QVERIFY(bar(driver).isVisible());
    QCOMPARE(texts(driver), QStringList({ada, failed}));
    QVERIFY(chip(driver, 0).hasFocus());
    clickCross(chip(driver, 1));
    QVERIFY(driver.finds(15));
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(driver.edit().isVisible());
    QVERIFY(driver.edit().hasFocus());
    QCOMPARE(driver.edit().text(), ada);
    // And the other way round: a filter from elsewhere is in the chips.
    QTest::mouseClick(driver.find<QToolButton>(u"showChips"_s), Qt::LeftButton);
    driver.events().narrow(u"severity eq \"WARN\""_s);
    QCOMPARE(texts(driver).size(), 2);
    driver.shortcut(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(texts(driver).isEmpty());
    QVERIFY(driver.finds(100));
    // What stands in the field and was not applied yet is applied.
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    driver.type(failed);
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(texts(driver), QStringList{failed});
    QVERIFY(driver.finds(20));
}

void FilterChipsTest::aTextThatIsWrongStaysText()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.type(u"actor.id xx \"a\""_s);
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(driver.edit().isVisible());
    QVERIFY(!bar(driver).isVisible());
    QVERIFY(driver.find<QLabel>(u"filterError"_s)->isVisible());
    QVERIFY(!driver.find<QToolButton>(u"showChips"_s)->isChecked());
    QVERIFY(!driver.events().actions().chips->isChecked());
    QVERIFY(driver.finds(10));
}

void FilterChipsTest::removedAndBroughtBack()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(ada + u" and "_s + failed));
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(&chip(driver, 0), Qt::Key_Delete);
    QVERIFY(driver.finds(20));
    QVERIFY(chip(driver, 0).hasFocus());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Delete);
    QVERIFY(driver.finds(100));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(driver.finds(20));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(driver.finds(3));
    QCOMPARE(texts(driver), QStringList({ada, failed}));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(driver.finds(20));
    // Seeing it as text changes nothing: it can still be undone.
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(driver.finds(3));
}

void FilterChipsTest::switchedOffAndNegated()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(ada + u" and "_s + failed));
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(&chip(driver, 0), Qt::Key_Space);
    QVERIFY(driver.finds(20));
    QCOMPARE(texts(driver), QStringList({u"-"_s + ada, failed}));
    QVERIFY(chip(driver, 0).accessibleName().endsWith(u"switched off"_s));
    // It stays with the text, which does not have it.
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(driver.edit().text(), failed);
    auto *off = driver.find<QToolButton>(u"switchedOff"_s);
    QVERIFY(off->isVisible());
    QCOMPARE(off->text(), u"1 off"_s);
    QVERIFY(driver.apply(u"severity pr and "_s + failed));
    QTest::mouseClick(off, Qt::LeftButton);
    QCOMPARE(texts(driver), QStringList({u"-"_s + ada, u"severity pr"_s, failed}));
    QTest::keyClick(&chip(driver, 0), Qt::Key_Space);
    QVERIFY(driver.finds(3));
    // The way back knows it, too.
    driver.shortcut(Qt::Key_Left, Qt::AltModifier);
    QVERIFY(driver.finds(20));
    QCOMPARE(texts(driver), QStringList({u"-"_s + ada, u"severity pr"_s, failed}));
    QTest::keyClick(&chip(driver, 2), Qt::Key_Exclam, Qt::ShiftModifier);
    QVERIFY(driver.finds(80));
    QCOMPARE(texts(driver)[2], u"outcome.result ne \"FAILURE\""_s);
    QTest::mouseClick(&chip(driver, 2), Qt::RightButton);
    Q_EMIT chip(driver, 2).customContextMenuRequested({4, 4});
    QVERIFY(openMenuEntries().contains(u"Remove\tDel"_s));
    QVERIFY(chooseFromOpenMenu(u"Negate\t!"_s));
    QVERIFY(driver.finds(20));
    QTRY_VERIFY(!QApplication::activePopupWidget());
}

void FilterChipsTest::theKeyboardDoesAll()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(u"uuid pr and severity pr and version pr"_s));
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    driver.shortcut(Qt::Key_L, Qt::ControlModifier);
    QVERIFY(chip(driver, 0).hasFocus());
    WindowDriver::press(Qt::Key_Right);
    QVERIFY(chip(driver, 1).hasFocus());
    WindowDriver::press(Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(texts(driver), QStringList({u"severity pr"_s, u"uuid pr"_s, u"version pr"_s}));
    QVERIFY(chip(driver, 0).hasFocus());
    WindowDriver::press(Qt::Key_End);
    QVERIFY(chip(driver, 2).hasFocus());
    WindowDriver::press(Qt::Key_Right);
    QVERIFY(driver.find<QToolButton>(u"addChip"_s)->hasFocus());
    WindowDriver::press(Qt::Key_Left);
    QVERIFY(chip(driver, 2).hasFocus());
    WindowDriver::press(Qt::Key_Return);
    QVERIFY(bar(driver).editor()->isVisible());
    WindowDriver::press(Qt::Key_Escape);
    QVERIFY(!bar(driver).editor()->isVisible());
    QVERIFY(chip(driver, 2).hasFocus());
    // Only one chip is in the way of Tab.
    int stops = 0;
    for (const FilterChip *each : bar(driver).chips()) {
        stops += (each->focusPolicy() & Qt::TabFocus) != 0 ? 1 : 0;
    }
    QCOMPARE(stops, 1);
    WindowDriver::press(Qt::Key_Escape);
    QVERIFY(driver.table().hasFocus());
}

void FilterChipsTest::dragged()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(u"uuid pr and severity pr and version pr"_s));
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    const auto drag = [&](std::size_t from, const QPoint &to) {
        FilterChip *held = &chip(driver, from);
        const QPoint start(10, held->height() / 2);
        QTest::mousePress(held, Qt::LeftButton, {}, start);
        for (const QPoint &place : {start + QPoint(20, 0), held->mapFrom(&bar(driver), to)}) {
            QMouseEvent move(QEvent::MouseMove, place, held->mapToGlobal(place), Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(held, &move);
        }
        QTest::mouseRelease(held, Qt::LeftButton, {}, held->mapFrom(&bar(driver), to));
    };
    drag(0, chip(driver, 2).geometry().center() + QPoint(10, 0));
    QCOMPARE(texts(driver), QStringList({u"severity pr"_s, u"version pr"_s, u"uuid pr"_s}));
    drag(2, chip(driver, 0).geometry().topLeft() + QPoint(3, 5));
    QCOMPARE(texts(driver), QStringList({u"uuid pr"_s, u"severity pr"_s, u"version pr"_s}));
    QCOMPARE(driver.events().filterBar()->filter(), u"uuid pr and severity pr and version pr"_s);
    // Dropped where it was, it stays.
    drag(1, chip(driver, 1).geometry().center());
    QCOMPARE(texts(driver)[1], u"severity pr"_s);
}

void FilterChipsTest::addedWithPickers()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    auto *add = driver.find<QToolButton>(u"addChip"_s);
    QVERIFY(add->hasFocus());
    QTest::mouseClick(add, Qt::LeftButton);
    TermEditor *editor = bar(driver).editor();
    QVERIFY(editor->isVisible());
    QVERIFY(editor->field()->hasFocus() || editor->field()->lineEdit()->hasFocus());
    // By its caption, without knowing a path.
    QTest::keyClicks(editor->field()->lineEdit(), u"outco"_s);
    QTRY_VERIFY(editor->field()->completer()->popup()->isVisible());
    QTest::keyClick(editor->field()->completer()->popup(), Qt::Key_Down);
    QTest::keyClick(editor->field()->completer()->popup(), Qt::Key_Return);
    QTRY_COMPARE(editor->field()->currentText(), u"Outcome \u2013 outcome.result"_s);
    QTRY_VERIFY_WITH_TIMEOUT(editor->value()->count() >= 2, patience);
    QCOMPARE(editor->value()->itemText(0), u"SUCCESS"_s); // the most frequent one
    editor->operators()->setCurrentIndex(editor->operators()->findText(u"is not"_s));
    driver.activate();
    editor->value()->setFocus();
    QTest::keyClicks(editor->value()->lineEdit(), u"SUCCESS"_s);
    if (QWidget *popup = QApplication::activePopupWidget()) {
        popup->hide();
    }
    QCOMPARE(editor->text()->text(), u"outcome.result ne \"SUCCESS\""_s);
    QTest::keyClick(editor->value()->lineEdit(), Qt::Key_Return);
    QVERIFY(!editor->isVisible());
    QVERIFY(driver.finds(20));
    QCOMPARE(texts(driver), QStringList{u"outcome.result ne \"SUCCESS\""_s});
    QVERIFY(chip(driver, 0).hasFocus());
    // Operators are those that the field's type has.
    bar(driver).add();
    editor->field()->setEditText(u"securityContext.isProxy"_s);
    QCOMPARE(editor->operators()->count(), 3);
    editor->field()->setEditText(u"securityContext.asNumber"_s);
    QCOMPARE(editor->operators()->findText(u"contains"_s), -1);
    editor->field()->setEditText(u"Anything"_s);
    editor->value()->setEditText(u"cleo"_s);
    QCOMPARE(editor->text()->text(), u"* co \"cleo\""_s);
    driver.activate();
    QTest::mouseClick(driver.find<QWidget>(u"termApply"_s), Qt::LeftButton);
    QVERIFY(driver.finds(2)); // of the failed ones
    // The fields are those that completion has, whatever they lead to.
    const QComboBox &fields = *editor->field();
    for (const QString &path : eventPaths()) {
        QVERIFY2(fields.findData(path) >= 0, qUtf8Printable(path));
    }
    QVERIFY(eventPaths().contains(u"annotation.tag"_s) && eventPaths().contains(u"target.profile.department"_s));
    // An operator that is unusual there stays what it is.
    bar(driver).add();
    editor->edit(u"actor.profile.created sw \"2026-01\""_s, false);
    QCOMPARE(editor->operators()->currentText(), u"starts with"_s);
    editor->value()->setEditText(u"2026-02"_s);
    QCOMPARE(editor->text()->text(), u"actor.profile.created sw \"2026-02\""_s);
    // However long a list is, the pickers have all of it.
    const QString list = u"client.ipAddress in (\"203.0.113.4\""_s + u", \"203.0.113.5\""_s.repeated(3000) + u')';
    editor->edit(list, false);
    editor->value()->setEditText(editor->value()->currentText() + u' ');
    QCOMPARE(editor->text()->text(), list);
    // A field is needed.
    bar(driver).add();
    QTest::mouseClick(driver.find<QWidget>(u"termApply"_s), Qt::LeftButton);
    QVERIFY(driver.find<QLabel>(u"termError"_s)->isVisible());
    QCOMPARE(texts(driver).size(), 2);
}

void FilterChipsTest::editedAsText()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(ada + u" and (outcome.result eq \"DENY\" or severity eq \"WARN\")"_s));
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    TermEditor *editor = bar(driver).editor();
    QTest::mouseDClick(&chip(driver, 1), Qt::LeftButton, {}, {8, 8});
    QVERIFY(editor->isVisible());
    QVERIFY(editor->text()->hasFocus());
    QCOMPARE(editor->text()->text(), u"(outcome.result eq \"DENY\" or severity eq \"WARN\")"_s);
    editor->text()->clear();
    QTest::keyClicks(editor->text(), u"outcome.result eq "_s);
    if (QWidget *popup = QApplication::activePopupWidget()) {
        popup->hide();
    }
    QTest::keyClick(editor->text(), Qt::Key_Return);
    auto *error = driver.find<QLabel>(u"termError"_s);
    QVERIFY(error->isVisible());
    QVERIFY(editor->text()->hasError());
    QCOMPARE(texts(driver).size(), 2); // as before
    QTest::keyClicks(editor->text(), u"\"FAILURE\""_s);
    if (QWidget *popup = QApplication::activePopupWidget()) {
        popup->hide();
    }
    QCOMPARE(editor->value()->currentText(), u"FAILURE"_s); // the pickers follow
    QCOMPARE(editor->operators()->currentText(), u"is"_s);
    QTest::keyClick(editor->text(), Qt::Key_Return);
    QVERIFY(!editor->isVisible());
    QVERIFY(driver.finds(3));
    QCOMPARE(texts(driver), QStringList({ada, failed}));
}

void FilterChipsTest::valuesOfTheStoreAreOffered()
{
    CaseFile file;
    file.append(sampleEvents(0, 8));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(ada));
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(&chip(driver, 0), Qt::Key_F2);
    TermEditor *editor = bar(driver).editor();
    QTRY_VERIFY_WITH_TIMEOUT(editor->value()->count() == 7, patience);
    QCOMPARE(editor->value()->itemText(0), u"ada@example.com"_s); // twice
    QCOMPARE(editor->value()->currentText(), u"ada@example.com"_s);
    QCOMPARE(editor->value()->lineEdit()->selectedText(), u"ada@example.com"_s);
}

void FilterChipsTest::wordsAreChipsToo()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(u"cleo WARN"_s));
    QVERIFY(driver.finds(2));
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(texts(driver), QStringList({u"cleo"_s, u"WARN"_s}));
    clickCross(chip(driver, 1));
    QVERIFY(driver.finds(14));
    driver.activate();
    QTest::keyClick(&chip(driver, 0), Qt::Key_Return);
    TermEditor *editor = bar(driver).editor();
    QCOMPARE(editor->text()->text(), u"* co \"cleo\""_s);
    QTest::keyClick(editor->text(), Qt::Key_Return);
    QVERIFY(driver.finds(14));
}

void FilterChipsTest::sessionsKeepThem()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(ada + u" and "_s + failed));
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(&chip(driver, 1), Qt::Key_Space);
    QVERIFY(driver.finds(15));
    driver.events().filterBar()->timeRange()->setRelative(std::chrono::hours(20'000));
    QVERIFY(driver.window().close());
    QVERIFY(driver.reopen());
    QVERIFY(bar(driver).isVisible());
    QCOMPARE(texts(driver), QStringList({ada, u"-"_s + failed}));
    QCOMPARE(driver.events().filterBar()->timeRange()->state().length, std::chrono::seconds(20'000 * 3600));
    QTest::keyClick(&chip(driver, 1), Qt::Key_Space);
    QCOMPARE(driver.events().filterBar()->filter(), ada + u" and "_s + failed);
}

void FilterChipsTest::hostileTextIsPlain()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.events().filterBar()->setFilter(
        u"displayMessage co \"<b>&amp;x\u202e evil</b>\" and displayMessage co \""_s + QString(3000, u'w') + u"\""_s);
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!chip(driver, 0).accessibleName().contains(QChar(0x202e)));
    QVERIFY(chip(driver, 0).accessibleName().contains(u"<b>&amp;x"_s));
    QVERIFY(!Qt::mightBeRichText(chip(driver, 0).toolTip()) || chip(driver, 0).toolTip().contains(u"&lt;b&gt;"_s));
    QVERIFY(chip(driver, 1).width() < 400);
    QVERIFY(chip(driver, 1).accessibleName().size() < 500);
}

void FilterChipsTest::captions()
{
    QCOMPARE(termCaption(failed), u"Outcome is FAILURE"_s);
    QCOMPARE(termCaption(u"not (actor.alternateId sw \"a\")"_s), u"not: Actor starts with a"_s);
    QCOMPARE(termCaption(u"severity in (\"WARN\", \"ERROR\")"_s), u"Severity is one of WARN, ERROR"_s);
    QCOMPARE(termCaption(u"debugContext.debugData.x pr"_s), u"debugContext.debugData.x has a value"_s);
    QCOMPARE(termCaption(u"uuid pr or severity pr"_s), u"uuid pr or severity pr"_s);
    for (const QString &text : {failed, ada, u"severity in (\"WARN\", \"ERROR\")"_s, u"* co \"x \\\"y\""_s,
             u"published ge \"2026-01-01\""_s, u"securityContext.asNumber gt 12"_s,
             u"securityContext.isProxy eq true"_s, u"debugContext.debugData.\"odd key\" ew \"z\""_s,
             u"client.ipAddress cidr \"10.0.0.0/8\""_s, u"annotation.bookmarked eq true"_s,
             u"annotation.bookmarked co \"true\""_s, u"device.profile.managed ne false"_s, u"published.hour ge 20"_s,
             u"published.day in (1, 15)"_s, u"actor.profile.created sw \"2026-01\""_s}) {
        const auto term = simpleTerm(text);
        QVERIFY2(term, qUtf8Printable(text));
        QCOMPARE(textOf(*term), text);
    }
    QVERIFY(!simpleTerm(u"a.b eq 5"_s)); // as text it would be another comparison
    QVERIFY(!simpleTerm(u"actor.id eq null"_s));
}

void FilterChipsTest::namesForScreenReaders()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(ada));
    driver.shortcut(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(chip(driver, 0).accessibleName(), u"Actor is ada@example.com"_s);
    bar(driver).edit(0);
    for (const QWidget *widget : driver.events().filterBar()->findChildren<QWidget *>()) {
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const bool matters = widget->isVisible() && widget->focusPolicy() != Qt::NoFocus
            && !qobject_cast<const QLineEdit *>(widget->focusProxy()) && !widget->inherits("QComboBoxListView")
            && (!widget->parentWidget() || !qobject_cast<QComboBox *>(widget->parentWidget()));
        QVERIFY2(!matters || !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty())
                || (button && button->parentWidget() && qobject_cast<QLineEdit *>(button->parentWidget())),
            qUtf8Printable(QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName()));
    }
}

QTEST_MAIN(FilterChipsTest)
#include "tst_filter_chips.moc"
