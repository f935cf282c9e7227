// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "event/Json.h"
#include "ui/annotations/AnnotationPanel.h"
#include "ui/events/DetailsPane.h"
#include "ui/events/EventTools.h"
#include "ui/events/FacetRail.h"
#include "ui/events/NewEventsChip.h"
#include "ui/events/TimeRangeChoice.h"
#include "ui/events/TimelinePane.h"
#include "ui/models/JsonTreeModel.h"
#include "ui/widgets/JsonTreeView.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

/// A source that collects, as far as the case knows: nothing runs it here.
store::SourceConfig addLiveSource(CaseFile &file)
{
    store::SourceConfig config;
    config.uuid = u"live"_s;
    config.name = u"Live"_s;
    config.origin = QUrl(u"https://live.okta.com"_s);
    return file.store()->putSource(config).result().value_or(config);
}

} // namespace

/// The table of events, its menu and what stands beside it, used with mouse and keyboard.
class EventViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cellMenuFilters_data();
    void cellMenuFilters();
    void narrowingJoinsWhatWasThere();
    void valuesThatNeedQuoting();
    void keysFilterToTheCurrentCell();
    void theFirstEventsAreShownHoweverOld();
    void keysGoFromPaneToPane();
    void targetsHaveAnEntryEach();
    void theHeaderSorts();
    void theHeaderHidesColumns();
    void detailsFollowTheTable();
    void detailsFilterFromTheTree();
    void saysWhetherAnythingComes();
    void followsTheNewest();
    void theChipCountsAndLeadsBack();
    void pausing();
    void nothingYet();
    void theCurrentEventStaysOverASort();
};

void EventViewTest::cellMenuFilters_data()
{
    QTest::addColumn<EventColumn>("column");
    QTest::addColumn<QString>("entry");
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("found");
    // The newest is number 99: bob, SUCCESS, 203.0.113.99.
    QTest::newRow("actor") << EventColumn::Actor << u"Filter to this value"_s
                           << u"actor.alternateId eq \"bob@example.com\""_s << 15;
    QTest::newRow("not this outcome") << EventColumn::Outcome << u"Exclude this value"_s
                                      << u"outcome.result ne \"SUCCESS\""_s << 20;
    QTest::newRow("address") << EventColumn::ClientIp << u"Filter to this value"_s
                             << u"client.ipAddress eq \"203.0.113.99\""_s << 1;
    QTest::newRow("city") << EventColumn::Location << u"Exclude Berlin"_s
                          << u"client.geographicalContext.city ne \"Berlin\""_s << 0;
    QTest::newRow("time") << EventColumn::Time << u"Show 1 min before and after"_s << QString() << 61;
    QTest::newRow("source") << EventColumn::Source << u"Show this source only"_s << QString() << 100;
}

void EventViewTest::cellMenuFilters()
{
    QFETCH(const EventColumn, column);
    QFETCH(const QString, entry);
    QFETCH(const QString, filter);
    QFETCH(const int, found);
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.chooseInCellMenu(0, column, entry));
    QVERIFY(driver.finds(found));
    QCOMPARE(driver.edit().text(), filter);
}

void EventViewTest::narrowingJoinsWhatWasThere()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(u"severity eq \"WARN\" or severity eq \"ERROR\""_s));
    QVERIFY(driver.finds(20));
    QVERIFY(driver.chooseInCellMenu(0, EventColumn::Actor, u"Exclude this value"_s));
    // 95 is the newest failure: gus... of 7 people each has about three of twenty.
    const QString actor = driver.edit().text().section(u'"', -2, -2);
    QCOMPARE(driver.edit().text(),
        u"(severity eq \"WARN\" or severity eq \"ERROR\") and actor.alternateId ne \"%1\""_s.arg(actor));
    QVERIFY(driver.finds(17));
}

void EventViewTest::valuesThatNeedQuoting()
{
    CaseFile file;
    SampleEvent odd;
    odd.n = 1;
    odd.message = "He said \"no\" \\ and & <b>left</b>";
    file.append({odd.json()});
    file.append(sampleEvents(2, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.chooseInCellMenu(8, EventColumn::Message, u"Filter to this value"_s));
    QVERIFY(driver.finds(1));
    QCOMPARE(driver.cell(0, EventColumn::Message), QString::fromStdString(odd.message));
}

void EventViewTest::theFirstEventsAreShownHoweverOld()
{
    CaseFile file;
    WindowDriver driver(file);
    QVERIFY(driver.open());
    TimeRangeChoice *time = driver.events().filterBar()->timeRange();
    time->setPreset(TimeRangeChoice::Preset::LastWeek);
    driver.events().filterBar()->setFilter({});
    QVERIFY(driver.finds(0));
    std::string old = SampleEvent{}.json();
    old.replace(old.find("2026-11-23"), 10, "2020-11-23");
    file.append({old});
    QVERIFY(driver.finds(1));
    QCOMPARE(time->preset(), TimeRangeChoice::Preset::All);
    // Later on the time is the analyst's, and no filter is offered to be cleared where there is none.
    time->setPreset(TimeRangeChoice::Preset::LastWeek);
    driver.events().filterBar()->setFilter({});
    QVERIFY(driver.finds(0));
    const auto offered = [&](const QString &text) {
        for (const auto *button : driver.events().findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text().remove(u'&') == text) {
                return true;
            }
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(offered(u"Show all time"_s), 30'000);
    QVERIFY(!offered(u"Clear the filter"_s));
    driver.events().filterBar()->setFilter(u"severity eq \"WARN\""_s);
    QVERIFY(driver.finds(0));
    QTRY_VERIFY_WITH_TIMEOUT(offered(u"Clear the filter"_s), 30'000);
}

void EventViewTest::keysGoFromPaneToPane()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.activate());
    EventView &view = driver.events();
    driver.click(0, EventColumn::Actor);
    const auto go = [](Qt::KeyboardModifiers modifiers = {}) { WindowDriver::press(Qt::Key_F6, modifiers); };
    const auto isIn = [](const QWidget *pane) { return pane->isAncestorOf(QApplication::focusWidget()); };
    const QList<const QWidget *> panes{
        view.details(), view.filterBar(), view.timeline(), view.facets(), &driver.table()};
    for (const QWidget *pane : panes) {
        go();
        QTRY_VERIFY_WITH_TIMEOUT(isIn(pane) || QApplication::focusWidget() == pane, 30'000);
    }
    QVERIFY(driver.table().hasFocus());
    go(Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(isIn(view.facets()), 30'000);
    // What is hidden is passed over, and what is shown is not.
    view.actions().timeline->setChecked(false);
    go(Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(driver.edit().hasFocus(), 30'000);
    view.tools()->actions().panel->setChecked(true);
    go(Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(isIn(view.tools()->panel()), 30'000);
}

void EventViewTest::keysFilterToTheCurrentCell()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(0, EventColumn::Outcome);
    QTest::keyClick(&driver.table(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(driver.finds(20));
    QCOMPARE(driver.edit().text(), u"outcome.result ne \"SUCCESS\""_s);
    // The menu key opens the current cell's menu.
    driver.table().setFocus();
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(-1, -1), driver.table().mapToGlobal(QPoint(-1, -1)));
    QApplication::sendEvent(driver.table().viewport(), &event);
    QTRY_VERIFY(openMenuEntries().contains(u"Filter to this value"_s));
    WindowDriver::press(Qt::Key_Escape);
}

void EventViewTest::targetsHaveAnEntryEach()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.chooseInCellMenu(0, EventColumn::Targets, u"Exclude Salesforce"_s));
    QVERIFY(driver.finds(0));
    QVERIFY(driver.edit().text().contains(u"target.alternateId"_s));
}

void EventViewTest::theHeaderSorts()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QHeaderView *header = driver.table().horizontalHeader();
    const auto clickHeader = [&](EventColumn column) {
        const auto section = static_cast<int>(column);
        const QPoint place(
            header->sectionViewportPosition(section) + header->sectionSize(section) / 2, header->height() / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, place);
    };
    clickHeader(EventColumn::Actor);
    QVERIFY(driver.finds(100));
    QTRY_COMPARE(driver.cell(0, EventColumn::Actor), u"ada@example.com"_s);
    QCOMPARE(header->sortIndicatorSection(), static_cast<int>(EventColumn::Actor));
    clickHeader(EventColumn::Actor);
    QVERIFY(driver.finds(100));
    QTRY_COMPARE(driver.cell(0, EventColumn::Actor), u"gus@example.com"_s);
    QCOMPARE(header->sortIndicatorOrder(), Qt::DescendingOrder);
    clickHeader(EventColumn::Time);
    QVERIFY(driver.finds(100));
    QTRY_COMPARE(driver.cell(0, EventColumn::Time), u"2026-11-23 08:01:39.000"_s);
    clickHeader(EventColumn::Time);
    QVERIFY(driver.finds(100));
    QTRY_COMPARE(driver.cell(0, EventColumn::Time), u"2026-11-23 08:00:00.000"_s);
    // By the keyboard, where the current cell is; where it cannot be, a sentence says so.
    QSignalSpy told(&driver.events(), &EventView::noteArose);
    driver.click(0, EventColumn::Actor);
    driver.shortcut(Qt::Key_O, Qt::ControlModifier | Qt::AltModifier);
    QTRY_COMPARE(driver.cell(0, EventColumn::Actor), u"ada@example.com"_s);
    driver.table().addColumn(u"odd.path"_s);
    driver.table().setCurrentIndex(driver.table().model()->index(0, eventColumnCount));
    driver.shortcut(Qt::Key_O, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(told.size(), 1);
    QVERIFY(told.first().first().toString().contains(u"cannot be sorted by \u201codd.path\u201d"_s));
    QCOMPARE(header->sortIndicatorSection(), static_cast<int>(EventColumn::Actor));
    clickHeader(EventColumn::Time);
    clickHeader(EventColumn::Time);
    QTRY_COMPARE(driver.cell(0, EventColumn::Time), u"2026-11-23 08:00:00.000"_s);
    // What is filtered now keeps the order.
    QVERIFY(driver.apply(u"outcome.result eq \"SUCCESS\""_s));
    QVERIFY(driver.finds(80));
    QTRY_COMPARE(driver.cell(0, EventColumn::Time), u"2026-11-23 08:00:01.000"_s);
}

void EventViewTest::theHeaderHidesColumns()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QHeaderView *header = driver.table().horizontalHeader();
    const QPoint place(20, header->height() / 2);
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, header->mapToGlobal(place));
    QTimer::singleShot(0, &driver.window(), [] {
        QTRY_VERIFY(QApplication::activePopupWidget());
        QVERIFY(chooseFromOpenMenu(u"Severity"_s));
    });
    QApplication::sendEvent(header->viewport(), &event);
    QTRY_VERIFY(header->isSectionHidden(static_cast<int>(EventColumn::Severity)));
    driver.table().resetColumns();
    QVERIFY(!header->isSectionHidden(static_cast<int>(EventColumn::Severity)));
    // One column always stays.
    for (QAction *action : driver.table().columnActions()) {
        action->setChecked(false);
    }
    QCOMPARE(header->hiddenSectionCount(), eventColumnCount - 1);
}

void EventViewTest::detailsFollowTheTable()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(0, EventColumn::Actor); // bob, SUCCESS
    auto *sentence = driver.find<QLabel>(u"detailsSentence"_s);
    QTRY_VERIFY2(sentence->text().contains(u"bob"_s), qUtf8Printable(sentence->text()));
    QTest::keyClick(&driver.table(), Qt::Key_Down); // 98: ada, SUCCESS
    QTRY_VERIFY(sentence->text().contains(u"ada"_s));
    QCOMPARE(driver.find<QLabel>(u"detailsTitle"_s)->text(), u"User login to Okta"_s);

    auto *tabs = driver.events().details()->findChild<QTabWidget *>();
    const auto clickTab = [tabs](int tab) {
        QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(tab).center());
    };
    clickTab(1);
    QVERIFY(driver.find<JsonTreeView>(u"jsonTree"_s)->isVisible() || driver.events().details()->currentTab() == 1);
    auto *tree = driver.events().details()->findChild<JsonTreeView *>();
    QVERIFY(tree->model()->rowCount() > 5);
    clickTab(2);
    auto *raw = driver.events().details()->findChild<QPlainTextEdit *>(u"rawText"_s);
    QVERIFY(raw->isVisible());
    QVERIFY(raw->toPlainText().contains(u"ada@example.com"_s));
    auto *copyAll = driver.events().details()->findChild<QPushButton *>();
    QCOMPARE(copyAll->text(), u"Copy all"_s);
    QTest::mouseClick(copyAll, Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromStdString(sampleEvents(98, 98).front()));
    // Nothing found: nothing in the details, either.
    QVERIFY(driver.apply(u"nobody"_s));
    QTRY_VERIFY(!driver.events().details()->shownEvent());
}

void EventViewTest::detailsFilterFromTheTree()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(0, EventColumn::Actor);
    QTRY_VERIFY(driver.events().details()->shownEvent());
    driver.events().details()->setCurrentTab(1);
    auto *tree = driver.events().details()->findChild<JsonTreeView *>();
    QModelIndex wanted;
    const auto search = [&](auto &&self, const QModelIndex &parent) -> void {
        for (int row = 0; row < tree->model()->rowCount(parent); ++row) {
            const QModelIndex child = tree->model()->index(row, 0, parent);
            if (child.data(JsonTreeModel::FilterPathRole).toString() == u"debugContext.debugData.requestUri"_s) {
                wanted = child;
            }
            self(self, child);
        }
    };
    QTRY_VERIFY((search(search, {}), wanted.isValid()));
    tree->scrollTo(wanted);
    const QPoint place = tree->visualRect(wanted).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, tree->viewport()->mapToGlobal(place));
    QApplication::sendEvent(tree->viewport(), &event);
    QTRY_VERIFY(!openMenuEntries().isEmpty());
    QVERIFY(chooseFromOpenMenu(u"Exclude this value"_s));
    QVERIFY(driver.finds(0));
    QCOMPARE(driver.edit().text(), u"debugContext.debugData.requestUri ne \"/api/v1/authn\""_s);
}

void EventViewTest::saysWhetherAnythingComes()
{
    CaseFile file;
    file.append(sampleEvents(0, 199));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    auto *follow = driver.find<QToolButton>(u"follow"_s);
    // The case was imported.
    QTRY_COMPARE(follow->text(), u"Not live"_s);
    QCOMPARE(follow->accessibleName(), u"Live events: Not live"_s);
    QVERIFY(follow->toolTip().contains(u"no source that collects"_s));
    // A source is added, paused, and removed.
    store::SourceConfig live = addLiveSource(file);
    QTRY_COMPARE(follow->text(), u"Following"_s);
    live.paused = true;
    QVERIFY(file.store()->putSource(live).result());
    QTRY_COMPARE(follow->text(), u"Sources paused"_s);
    // What is imported out of sight is still counted.
    driver.table().scrollToBottom();
    file.append(sampleEvents(200, 206));
    QTRY_COMPARE(follow->text(), u"7 new"_s);
    QVERIFY(file.store()->removeSource(live.id, true).result());
    QTest::mouseClick(follow, Qt::LeftButton);
    QTRY_COMPARE(follow->text(), u"Not live"_s);
}

void EventViewTest::followsTheNewest()
{
    CaseFile file;
    file.append(sampleEvents(0, 199));
    addLiveSource(file);
    WindowDriver driver(file);
    QVERIFY(driver.open());
    auto *follow = driver.find<QToolButton>(u"follow"_s);
    QTRY_COMPARE(follow->text(), u"Following"_s);
    file.append(sampleEvents(200, 204));
    QVERIFY(driver.finds(205));
    QCOMPARE(driver.cell(0, EventColumn::Time), u"2026-11-23 08:03:24.000"_s);
    QCOMPARE(driver.table().verticalScrollBar()->value(), 0);
    QCOMPARE(driver.table().newEvents(), 0);
    QCOMPARE(driver.table().currentIndex().row(), 0); // nobody has chosen another one
    // Events that do not match stay out.
    QVERIFY(driver.apply(u"outcome.result eq \"FAILURE\""_s));
    QVERIFY(driver.finds(41));
    file.append(sampleEvents(205, 209));
    QVERIFY(driver.finds(42));
}

void EventViewTest::theChipCountsAndLeadsBack()
{
    CaseFile file;
    file.append(sampleEvents(0, 199));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    auto *chip = driver.table().findChild<NewEventsChip *>();
    QVERIFY(!chip->isVisible());
    driver.click(0, EventColumn::Actor);
    for (int i = 0; i < 3; ++i) {
        QTest::keyClick(&driver.table(), Qt::Key_PageDown);
    }
    QVERIFY(driver.table().verticalScrollBar()->value() > 0);
    const QString seen = driver.cell(driver.table().rowAt(0), EventColumn::Time);
    file.append(sampleEvents(200, 206));
    QVERIFY(driver.finds(207));
    QVERIFY(chip->isVisible());
    QCOMPARE(chip->text(), u"7 new events"_s);
    QCOMPARE(driver.find<QToolButton>(u"follow"_s)->text(), u"7 new"_s);
    QCOMPARE(driver.cell(driver.table().rowAt(0), EventColumn::Time), seen); // nothing has moved
    file.append(sampleEvents(207, 207));
    QTRY_COMPARE(chip->text(), u"8 new events"_s);
    QTest::mouseClick(chip, Qt::LeftButton);
    QVERIFY(!chip->isVisible());
    QCOMPARE(driver.table().verticalScrollBar()->value(), 0);
    QTRY_COMPARE(driver.cell(0, EventColumn::Time), u"2026-11-23 08:03:27.000"_s);
    QCOMPARE(driver.find<QToolButton>(u"follow"_s)->text(), u"Not live"_s);
}

void EventViewTest::pausing()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(0, EventColumn::Actor);
    QTest::keyClick(&driver.table(), Qt::Key_Space);
    auto *follow = driver.find<QToolButton>(u"follow"_s);
    QCOMPARE(follow->text(), u"Paused"_s);
    file.append(sampleEvents(10, 12));
    QTRY_COMPARE(follow->text(), u"Paused, 3 waiting"_s);
    QCOMPARE(driver.events().model().rowCount(), 10);
    auto *chip = driver.table().findChild<NewEventsChip *>();
    QCOMPARE(chip->text(), u"Paused: 3 new events"_s);
    QTest::mouseClick(follow, Qt::LeftButton);
    QVERIFY(driver.finds(13));
    QCOMPARE(follow->text(), u"Not live"_s);
    QVERIFY(!chip->isVisible());
}

void EventViewTest::nothingYet()
{
    CaseFile file;
    WindowDriver driver(file);
    driver.window().resize(1000, 700);
    QVERIFY(driver.open());
    QVERIFY(!driver.table().isVisible());
    file.append(sampleEvents(0, 2));
    QTRY_VERIFY(driver.table().isVisible());
    QVERIFY(driver.finds(3));
    QTRY_COMPARE(driver.resultCount(), u"3 of 3 events"_s);
}

void EventViewTest::theCurrentEventStaysOverASort()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(7, EventColumn::Actor);
    const auto seq = driver.table().currentSeq();
    QVERIFY(seq);
    driver.table().sortByColumn(static_cast<int>(EventColumn::Outcome), Qt::AscendingOrder);
    driver.events().model().sort(static_cast<int>(EventColumn::Outcome), Qt::AscendingOrder);
    QVERIFY(driver.finds(100));
    QTRY_COMPARE(driver.table().currentSeq(), seq);
    QVERIFY(driver.apply(u"severity pr"_s));
    QVERIFY(driver.finds(100));
    QTRY_COMPARE(driver.table().currentSeq(), seq);
}

QTEST_MAIN(EventViewTest)
#include "tst_event_view.moc"
