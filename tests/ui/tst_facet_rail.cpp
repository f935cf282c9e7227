// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/events/FacetDelegate.h"
#include "ui/events/FacetRail.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

/// The fields beside the table, used with mouse and keyboard.
class FacetRailTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void countsTheResult();
    void signsIncludeAndExclude();
    void keysIncludeAndExclude();
    void eventsWithoutAValue();
    void valuesOfBlanksAreSeen();
    void targetsAreFilteredByTheirId();
    void rareValuesComeFirst();
    void moreValues();
    void newEventsCount();
    void fieldsAreAddedAndRemoved();
    void tooManyFieldsAreRefused();
    void sourcesAreChosen();
    void whatIsNoFieldIsRefused();
    void fieldsMove();
    void comesBackAsItWasLeft();
    void hiddenItDoesNotCount();
    void countsOfAnotherQueryAreTold();
    void eachFieldIsShownAsItIsCounted();

private:
    static QModelIndex field(WindowDriver &driver, const QString &path)
    {
        FacetModel &model = driver.events().facets()->model();
        return model.index(static_cast<int>(model.paths().indexOf(path)), 0);
    }
    static QModelIndex value(WindowDriver &driver, const QString &path, const QString &text)
    {
        const QModelIndex parent = field(driver, path);
        for (int row = 0; row < driver.events().facets()->model().rowCount(parent); ++row) {
            const QModelIndex index = driver.events().facets()->model().index(row, 0, parent);
            if (index.data().toString() == text) {
                return index;
            }
        }
        return {};
    }
    static qint64 countOf(WindowDriver &driver, const QString &path, const QString &text)
    {
        const QModelIndex index = value(driver, path, text);
        return index.isValid() ? index.data(FacetModel::CountRole).toLongLong() : -1;
    }
    static void pressOn(WindowDriver &driver, const QString &path, const QString &text, Qt::Key key)
    {
        QTreeView *view = driver.events().facets()->view();
        view->setFocus();
        view->setCurrentIndex(value(driver, path, text));
        QTest::keyClick(view, key);
    }
};

void FacetRailTest::initTestCase()
{
    QCoreApplication::setOrganizationName(u"Octotrail"_s);
    QCoreApplication::setApplicationName(u"tst_facet_rail"_s);
}

void FacetRailTest::init()
{
    QSettings().clear();
}

void FacetRailTest::countsTheResult()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QAbstractItemModelTester tester(
        &driver.events().facets()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTRY_COMPARE(countOf(driver, u"outcome.result"_s, u"FAILURE"_s), 20);
    QCOMPARE(countOf(driver, u"outcome.result"_s, u"SUCCESS"_s), 80);
    const QModelIndex outcome = field(driver, u"outcome.result"_s);
    QCOMPARE(outcome.data().toString(), u"Outcome"_s);
    QCOMPARE(outcome.data(FacetModel::CountRole).toLongLong(), 2); // different values
    QCOMPARE(outcome.data(Qt::AccessibleTextRole).toString(), u"Outcome, 2 different values"_s);
    QCOMPARE(value(driver, u"outcome.result"_s, u"FAILURE"_s).data(Qt::AccessibleTextRole).toString(),
        u"FAILURE, 20 events"_s);
    QTRY_COMPARE(field(driver, u"actor.alternateId"_s).data(FacetModel::CountRole).toLongLong(), 7);
    QVERIFY(driver.events().facets()->view()->isExpanded(outcome));
    QVERIFY(driver.apply(u"outcome.result eq \"FAILURE\""_s));
    QTRY_COMPARE(countOf(driver, u"outcome.result"_s, u"SUCCESS"_s), -1);
    QTRY_COMPARE(countOf(driver, u"severity"_s, u"WARN"_s), 20);
}

void FacetRailTest::signsIncludeAndExclude()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QTRY_COMPARE(countOf(driver, u"outcome.result"_s, u"FAILURE"_s), 20);
    QTreeView *view = driver.events().facets()->view();
    const auto click = [&](const QModelIndex &index, bool exclude) {
        view->scrollTo(index);
        const QRect row = view->visualRect(index);
        const QRect place = exclude ? FacetDelegate::excludeRect(row) : FacetDelegate::includeRect(row);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, place.center());
    };
    click(value(driver, u"outcome.result"_s, u"FAILURE"_s), false);
    QVERIFY(driver.finds(20));
    QCOMPARE(driver.edit().text(), u"outcome.result eq \"FAILURE\""_s);
    QTRY_COMPARE(countOf(driver, u"actor.alternateId"_s, u"ada@example.com"_s), 3);
    click(value(driver, u"actor.alternateId"_s, u"ada@example.com"_s), true);
    QVERIFY(driver.finds(17));
    QCOMPARE(driver.edit().text(), u"outcome.result eq \"FAILURE\" and actor.alternateId ne \"ada@example.com\""_s);
    // A click on the words chooses the row and asks for nothing.
    QTRY_VERIFY(value(driver, u"severity"_s, u"WARN"_s).isValid());
    const QModelIndex warn = value(driver, u"severity"_s, u"WARN"_s);
    view->scrollTo(warn);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(warn).topLeft() + QPoint(12, 8));
    QVERIFY(driver.finds(17));
    QCOMPARE(view->currentIndex(), warn);
    QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(warn).topLeft() + QPoint(12, 8));
    QTRY_VERIFY(driver.edit().text().endsWith(u"severity eq \"WARN\""_s));
}

void FacetRailTest::keysIncludeAndExclude()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QTRY_COMPARE(countOf(driver, u"outcome.result"_s, u"FAILURE"_s), 20);
    QTreeView *view = driver.events().facets()->view();
    pressOn(driver, u"outcome.result"_s, u"FAILURE"_s, Qt::Key_Delete);
    QVERIFY(driver.finds(80));
    QCOMPARE(driver.edit().text(), u"outcome.result ne \"FAILURE\""_s);
    QTRY_COMPARE(countOf(driver, u"outcome.result"_s, u"FAILURE"_s), -1);
    view->setCurrentIndex(value(driver, u"outcome.result"_s, u"SUCCESS"_s));
    QTest::keyClick(view, Qt::Key_Return);
    QVERIFY(driver.finds(80));
    QVERIFY(driver.edit().text().endsWith(u"and outcome.result eq \"SUCCESS\""_s));
    QVERIFY(view->hasFocus());
    // From the menu.
    QTRY_VERIFY(value(driver, u"actor.alternateId"_s, u"ada@example.com"_s).isValid());
    const QModelIndex actor = value(driver, u"actor.alternateId"_s, u"ada@example.com"_s);
    view->scrollTo(actor);
    const QPoint place = view->visualRect(actor).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, view->viewport()->mapToGlobal(place));
    QApplication::sendEvent(view->viewport(), &event);
    QTRY_VERIFY(openMenuEntries().contains(u"Exclude this value"_s));
    QVERIFY(chooseFromOpenMenu(u"Copy"_s));
    QCOMPARE(QGuiApplication::clipboard()->text(), u"ada@example.com"_s);
}

void FacetRailTest::eventsWithoutAValue()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    file.append({R"({"uuid":"x","published":"2026-11-23T08:00:00.000Z","eventType":"odd"})"});
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QTRY_COMPARE(countOf(driver, u"outcome.result"_s, u"(no value)"_s), 1);
    QCOMPARE(field(driver, u"outcome.result"_s).data(FacetModel::CountRole).toLongLong(), 2);
    pressOn(driver, u"outcome.result"_s, u"(no value)"_s, Qt::Key_Return);
    QVERIFY(driver.finds(1));
    QCOMPARE(driver.edit().text(), u"not (outcome.result pr)"_s);
}

void FacetRailTest::valuesOfBlanksAreSeen()
{
    CaseFile file;
    file.append({R"({"uuid":"x","published":"2026-11-23T08:00:00.000Z","outcome":{"result":"  "}})"});
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QTRY_COMPARE(countOf(driver, u"outcome.result"_s, u"\u2423\u2423"_s), 1);
    pressOn(driver, u"outcome.result"_s, u"\u2423\u2423"_s, Qt::Key_Return);
    QVERIFY(driver.finds(1));
    QCOMPARE(driver.edit().text(), u"outcome.result eq \"  \""_s);
}

void FacetRailTest::targetsAreFilteredByTheirId()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QTRY_COMPARE(countOf(driver, u"target"_s, u"Salesforce"_s), 10);
    pressOn(driver, u"target"_s, u"Salesforce"_s, Qt::Key_Return);
    QVERIFY(driver.finds(10));
    QCOMPARE(driver.edit().text(), u"target.alternateId eq \"Salesforce\""_s);
}

void FacetRailTest::rareValuesComeFirst()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QTRY_COMPARE(countOf(driver, u"outcome.result"_s, u"SUCCESS"_s), 80);
    const QModelIndex outcome = field(driver, u"outcome.result"_s);
    FacetModel &model = driver.events().facets()->model();
    QCOMPARE(model.index(0, 0, outcome).data().toString(), u"SUCCESS"_s);
    QTest::mouseClick(driver.find<QToolButton>(u"rareFirst"_s), Qt::LeftButton);
    QTRY_COMPARE(model.index(0, 0, outcome).data().toString(), u"FAILURE"_s);
}

void FacetRailTest::moreValues()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    FacetModel &model = driver.events().facets()->model();
    const QModelIndex address = field(driver, u"client.ipAddress"_s);
    QTRY_COMPARE(model.rowCount(address), 9); // eight, and one for the others
    const QModelIndex more = model.index(8, 0, address);
    QVERIFY(more.data(FacetModel::IsMoreRole).toBool());
    QTreeView *view = driver.events().facets()->view();
    view->scrollTo(more);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(more).center());
    QTRY_COMPARE(model.rowCount(address), 33);
    QCOMPARE(model.rowCount(field(driver, u"outcome.result"_s)), 2);
}

void FacetRailTest::newEventsCount()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QAbstractItemModelTester tester(
        &driver.events().facets()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTRY_COMPARE(countOf(driver, u"outcome.result"_s, u"FAILURE"_s), 20);
    SampleEvent denied;
    denied.n = 100;
    denied.outcome = "DENY";
    file.append({denied.json()});
    QTRY_COMPARE(countOf(driver, u"outcome.result"_s, u"DENY"_s), 1);
    QVERIFY(driver.finds(101));
}

void FacetRailTest::fieldsAreAddedAndRemoved()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    FacetModel &model = driver.events().facets()->model();
    const int before = model.rowCount();
    auto *add = driver.find<QLineEdit>(u"addFacet"_s);
    driver.activate();
    add->setFocus();
    // A path that has no column is read from the bytes.
    QTest::keyClicks(add, u"actor.displayName"_s);
    if (QWidget *popup = QApplication::activePopupWidget()) {
        popup->hide();
    }
    QTest::keyClick(add, Qt::Key_Return);
    QCOMPARE(model.rowCount(), before + 1);
    QTRY_COMPARE(countOf(driver, u"actor.displayName"_s, u"ada"_s), 2);
    QCOMPARE(add->text(), QString());
    // One that is there already is shown.
    QTreeView *view = driver.events().facets()->view();
    driver.events().facets()->addField(u"client.geographicalContext.country"_s);
    QCOMPARE(model.rowCount(), before + 1);
    QCOMPARE(view->currentIndex(), field(driver, u"client.geographicalContext.country"_s));
    view->setFocus();
    view->setCurrentIndex(field(driver, u"actor.displayName"_s));
    QTest::keyClick(view, Qt::Key_Delete);
    QCOMPARE(model.rowCount(), before);
    for (const QString &path : model.paths()) {
        model.removePath(path);
    }
    QTRY_VERIFY(driver.find<QLabel>(u"facetNote"_s)->isVisible());
    driver.events().facets()->addField(u"unlisted.thing"_s);
    QTRY_COMPARE(countOf(driver, u"unlisted.thing"_s, u"(no value)"_s), 10);
    QVERIFY(!driver.find<QLabel>(u"facetNote"_s)->isVisible());
}

void FacetRailTest::tooManyFieldsAreRefused()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    FacetRail *rail = driver.events().facets();
    for (int n = rail->model().rowCount(); n < FacetModel::mostFields; ++n) {
        rail->addField(u"debugContext.debugData.k%1"_s.arg(n));
    }
    QCOMPARE(rail->model().rowCount(), FacetModel::mostFields);
    auto *add = driver.find<QLineEdit>(u"addFacet"_s);
    driver.activate();
    add->setFocus();
    QTest::keyClicks(add, u"transaction.id"_s);
    if (QWidget *popup = QApplication::activePopupWidget()) {
        popup->hide();
    }
    QTest::keyClick(add, Qt::Key_Return);
    QCOMPARE(rail->model().rowCount(), FacetModel::mostFields);
    const auto *note = driver.find<QLabel>(u"facetNote"_s);
    QVERIFY(note->isVisible());
    QVERIFY2(note->text().contains(u"24"_s) && note->text().contains(u"transaction.id"_s), qPrintable(note->text()));
    QCOMPARE(add->text(), u"transaction.id"_s); // to be added once there is room
    rail->model().removePath(u"severity"_s);
    QTest::keyClick(add, Qt::Key_Return);
    QVERIFY(rail->model().paths().contains(u"transaction.id"_s));
}

void FacetRailTest::sourcesAreChosen()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    file.append(sampleEvents(10, 12), file.addSource(u"Beta"_s));
    file.append(sampleEvents(20, 20), file.addSource(u"Gamma"_s));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.events().facets()->addField(u"source"_s);
    QTRY_COMPARE(countOf(driver, u"source"_s, u"Beta"_s), 3);
    pressOn(driver, u"source"_s, u"Acme"_s, Qt::Key_Delete);
    QVERIFY(driver.finds(4));
    QCOMPARE(driver.edit().text(), QString());
    QTRY_COMPARE(countOf(driver, u"source"_s, u"Acme"_s), -1);
    pressOn(driver, u"source"_s, u"Beta"_s, Qt::Key_Return);
    QVERIFY(driver.finds(3));
    QTRY_COMPARE(countOf(driver, u"source"_s, u"Gamma"_s), -1);
    pressOn(driver, u"source"_s, u"Beta"_s, Qt::Key_Delete); // nothing would be left
    QVERIFY(driver.finds(3));
}

void FacetRailTest::whatIsNoFieldIsRefused()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    FacetModel &model = driver.events().facets()->model();
    const int before = model.rowCount();
    driver.events().facets()->addField(u"a b \"c"_s);
    QCOMPARE(model.rowCount(), before);
    auto *note = driver.find<QLabel>(u"facetNote"_s);
    QVERIFY(note->isVisible());
    QVERIFY(note->text().contains(u"is no field"_s));
}

void FacetRailTest::fieldsMove()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    FacetModel &model = driver.events().facets()->model();
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTRY_COMPARE(countOf(driver, u"eventType"_s, u"user.session.start"_s), 10);
    QTreeView *view = driver.events().facets()->view();
    view->setFocus();
    view->setCurrentIndex(field(driver, u"eventType"_s));
    QTest::keyClick(view, Qt::Key_Up, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(model.paths().first(), u"eventType"_s);
    QCOMPARE(view->currentIndex(), field(driver, u"eventType"_s));
    QCOMPARE(countOf(driver, u"eventType"_s, u"user.session.start"_s), 10);
    QTRY_COMPARE(countOf(driver, u"outcome.result"_s, u"FAILURE"_s), 2);
}

void FacetRailTest::comesBackAsItWasLeft()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.events().facets()->model().setPaths({u"severity"_s, u"actor.type"_s});
    driver.events().facets()->view()->collapse(field(driver, u"severity"_s));
    driver.find<QToolButton>(u"rareFirst"_s)->click();
    QVERIFY(driver.window().close());
    QVERIFY(driver.reopen());
    QCOMPARE(driver.events().facets()->model().paths(), (QStringList{u"severity"_s, u"actor.type"_s}));
    QTRY_COMPARE(countOf(driver, u"actor.type"_s, u"User"_s), 10);
    QVERIFY(!driver.events().facets()->view()->isExpanded(field(driver, u"severity"_s)));
    QVERIFY(driver.events().facets()->view()->isExpanded(field(driver, u"actor.type"_s)));
    QVERIFY(driver.events().facets()->model().isRareFirst());
}

void FacetRailTest::hiddenItDoesNotCount()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QTRY_COMPARE(countOf(driver, u"outcome.result"_s, u"FAILURE"_s), 20);
    driver.shortcut(Qt::Key_B, Qt::ControlModifier);
    QVERIFY(!driver.events().facets()->isVisible());
    QVERIFY(driver.apply(u"outcome.result eq \"SUCCESS\""_s));
    QVERIFY(driver.finds(80));
    QCOMPARE(countOf(driver, u"outcome.result"_s, u"FAILURE"_s), 20); // as it was
    driver.shortcut(Qt::Key_B, Qt::ControlModifier);
    QTRY_COMPARE(countOf(driver, u"outcome.result"_s, u"FAILURE"_s), -1);
    QCOMPARE(countOf(driver, u"outcome.result"_s, u"SUCCESS"_s), 80);
}

void FacetRailTest::countsOfAnotherQueryAreTold()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    const FacetModel &model = driver.events().facets()->model();
    QTRY_VERIFY(!field(driver, u"severity"_s).data(FacetModel::IsStaleRole).toBool());
    QVERIFY(!value(driver, u"outcome.result"_s, u"FAILURE"_s).data(FacetModel::IsStaleRole).toBool());
    QStringList told; // of a field, each time that something is told of it
    connect(&model, &QAbstractItemModel::dataChanged, this, [&](const QModelIndex &first) {
        if (first.data(FacetModel::IsFieldRole).toBool() && first.row() == 0) {
            told << first.data(Qt::AccessibleTextRole).toString();
        }
    });
    QVERIFY(driver.apply(u"outcome.result eq \"FAILURE\""_s));
    QTRY_COMPARE(countOf(driver, u"outcome.result"_s, u"SUCCESS"_s), -1);
    QTRY_VERIFY(!field(driver, u"severity"_s).data(FacetModel::IsStaleRole).toBool());
    QCOMPARE(told.value(0), u"Outcome, not counted yet"_s);
    QCOMPARE(told.last(), u"Outcome, 1 different values"_s);
    disconnect(&model, nullptr, this, nullptr);
}

void FacetRailTest::eachFieldIsShownAsItIsCounted()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    const FacetModel &model = driver.events().facets()->model();
    const auto isStale = [&](int row) { return model.index(row, 0).data(FacetModel::IsStaleRole).toBool(); };
    const int last = model.rowCount() - 1;
    QTRY_VERIFY(!isStale(last));
    bool cameAlone = false; // the first one, while the last one was not counted yet
    connect(&model, &QAbstractItemModel::dataChanged, this, [&] { cameAlone |= !isStale(0) && isStale(last); });
    QVERIFY(driver.apply(u"outcome.result eq \"FAILURE\""_s));
    QTRY_VERIFY(cameAlone);
    QTRY_VERIFY(!isStale(last));
    QCOMPARE(countOf(driver, u"outcome.result"_s, u"SUCCESS"_s), -1);
    QCOMPARE(model.state(), FacetModel::State::Ready);
    disconnect(&model, nullptr, this, nullptr);
}

QTEST_MAIN(FacetRailTest)
#include "tst_facet_rail.moc"
