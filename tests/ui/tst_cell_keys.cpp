// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/details/HoverCard.h"
#include "ui/events/EventTools.h"
#include "ui/events/FindBar.h"
#include "ui/events/SourceChoice.h"
#include "ui/events/TimeRangeChoice.h"
#include "ui/events/TimeRangePopup.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

/// Keys on cells of every column, those too that are no field of the event.
class CellKeysTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filterToTheValue_data();
    void filterToTheValue();
    void filterToTheSource();
    void markTheValue_data();
    void markTheValue();
    void nextOfItsKind_data();
    void nextOfItsKind();
    void strangersAreNobody();
    void columnsGetWiderAndNarrower();
    void aTimeAroundARowThatIsBeingRead();
    void cardsOfTargets_data();
    void cardsOfTargets();
};

namespace {

constexpr int patience = 10'000;

std::string replaced(std::string text, std::string_view what, std::string_view with)
{
    const std::size_t at = text.find(what);
    return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

/// With targets of its own instead of the usual app and group.
std::string withTargets(const SampleEvent &event, std::string_view targets)
{
    const std::string json = event.json();
    const std::size_t begin = json.find("\"target\":[") + 10;
    return json.substr(0, begin) + std::string(targets) + json.substr(json.find(']', begin));
}

constexpr std::string_view group = R"({"id":"00g1","type":"UserGroup","alternateId":"unknown","displayName":"Sales"})";
constexpr std::string_view rule = R"({"id":"0pr7","type":"PolicyRule","alternateId":"unknown","displayName":"Admins"})";
constexpr std::string_view self
    = R"({"id":"00uada","type":"User","alternateId":"ada@example.com","displayName":"ada"})";

/// The last one is without a city, the one before has a group alone for a target.
std::vector<std::string> someEvents()
{
    std::vector<std::string> events = sampleEvents(0, 17);
    SampleEvent event;
    event.n = 18;
    events.push_back(withTargets(event, group));
    event.n = 19;
    events.push_back(replaced(event.json(), R"("city":"Berlin",)", ""));
    return events;
}

void cells()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<EventColumn>("column");
    QTest::addColumn<QString>("comparison");
    QTest::newRow("city") << 3 << EventColumn::Location << u"client.geographicalContext.city eq \"Berlin\""_s;
    QTest::newRow("country") << 0 << EventColumn::Location << u"client.geographicalContext.country eq \"Germany\""_s;
    QTest::newRow("first target") << 3 << EventColumn::Targets << u"target.alternateId eq \"Salesforce\""_s;
    QTest::newRow("target without a login") << 1 << EventColumn::Targets << u"target.id eq \"00g1\""_s;
    QTest::newRow("time") << 3 << EventColumn::Time << QString();
    QTest::newRow("marks") << 3 << EventColumn::Marks << QString();
}

} // namespace

void CellKeysTest::filterToTheValue_data()
{
    cells();
}

void CellKeysTest::filterToTheValue()
{
    QFETCH(const int, row);
    QFETCH(const EventColumn, column);
    QFETCH(const QString, comparison);
    CaseFile file;
    file.append(someEvents());
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(row, column);
    QSignalSpy note(&driver.events(), &EventView::noteArose);
    QTest::keyClick(&driver.table(), Qt::Key_Return, Qt::ControlModifier);
    if (comparison.isEmpty()) {
        QTRY_COMPARE_WITH_TIMEOUT(note.count(), 1, patience);
        QVERIFY(note.front().front().toString().contains(eventColumnTitle(column)));
    }
    QTRY_COMPARE_WITH_TIMEOUT(driver.events().filterBar()->filter(), comparison, patience);
}

void CellKeysTest::filterToTheSource()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    file.append(sampleEvents(10, 14), file.addSource(u"Second"_s));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(2, EventColumn::Source);
    QTest::keyClick(&driver.table(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(driver.finds(5));
    driver.events().filterBar()->sources()->setChosen({});
    driver.type(QString());
    WindowDriver::press(Qt::Key_Return);
    QVERIFY(driver.finds(15));
    driver.click(2, EventColumn::Source);
    QTest::keyClick(&driver.table(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(driver.finds(10));
}

void CellKeysTest::markTheValue_data()
{
    cells();
    QTest::newRow("source") << 3 << EventColumn::Source << QString();
}

void CellKeysTest::markTheValue()
{
    QFETCH(const int, row);
    QFETCH(const EventColumn, column);
    QFETCH(const QString, comparison);
    CaseFile file;
    file.append(someEvents());
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(row, column);
    EventTools *tools = driver.events().tools();
    QSignalSpy problem(tools, &EventTools::problemOccurred);
    QTest::keyClick(&driver.table(), Qt::Key_V);
    if (comparison.isEmpty()) {
        QTRY_COMPARE_WITH_TIMEOUT(problem.count(), 1, patience);
        QVERIFY(problem.front().front().toString().contains(eventColumnTitle(column)));
        QVERIFY(!tools->alike().isActive());
        return;
    }
    QTRY_VERIFY_WITH_TIMEOUT(tools->alike().count() > 0, patience);
    QVERIFY(driver.find<QLabel>(u"alikeLabel"_s)->text().contains(comparison));
}

void CellKeysTest::nextOfItsKind_data()
{
    QTest::addColumn<EventColumn>("column");
    QTest::newRow("time") << EventColumn::Time;
    QTest::newRow("source") << EventColumn::Source;
    QTest::newRow("marks") << EventColumn::Marks;
}

void CellKeysTest::nextOfItsKind()
{
    QFETCH(const EventColumn, column);
    CaseFile file;
    std::vector<std::string> events = sampleEvents(0, 19);
    for (const std::size_t i : {4U, 9U, 15U}) {
        events[i] = replaced(events[i], "user.session.start", "user.mfa.factor.update");
    }
    file.append(events);
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(4, column); // number 15
    QTest::keyClick(&driver.table(), Qt::Key_BracketRight);
    QTRY_COMPARE_WITH_TIMEOUT(driver.table().currentIndex().row(), 10, patience);
    QTest::keyClick(&driver.table(), Qt::Key_BracketRight);
    QTRY_COMPARE_WITH_TIMEOUT(driver.table().currentIndex().row(), 15, patience);
    QTest::keyClick(&driver.table(), Qt::Key_BracketLeft);
    QTRY_COMPARE_WITH_TIMEOUT(driver.table().currentIndex().row(), 10, patience);
}

void CellKeysTest::strangersAreNobody()
{
    CaseFile file;
    std::vector<std::string> events;
    for (int n = 0; n < 9; ++n) {
        SampleEvent event;
        event.n = n;
        event.actor = n == 8 ? "ada" : "nobody";
        event.extra
            = R"(,"authenticationContext":{"externalSessionId":")" + std::string(n < 7 ? "unknown" : "s1") + R"("})";
        events.push_back(replaced(event.json(), "00unobody", "unknown"));
    }
    file.append(events);
    WindowDriver driver(file);
    QVERIFY(driver.open());
    EventTools *tools = driver.events().tools();
    QSignalSpy problem(tools, &EventTools::problemOccurred);
    for (const Qt::Key key : {Qt::Key_S, Qt::Key_A}) {
        driver.click(5, EventColumn::Message);
        problem.clear();
        QTest::keyClick(&driver.table(), key);
        QTRY_COMPARE_WITH_TIMEOUT(problem.count(), 1, patience);
        QVERIFY(!tools->alike().isActive());
    }
    driver.click(0, EventColumn::Message);
    QTest::keyClick(&driver.table(), Qt::Key_S);
    QTRY_COMPARE_WITH_TIMEOUT(tools->alike().count(), 2, patience);
}

void CellKeysTest::columnsGetWiderAndNarrower()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(2, EventColumn::Actor);
    const auto column = static_cast<int>(EventColumn::Actor);
    const QHeaderView *header = driver.table().horizontalHeader();
    const int before = header->sectionSize(column);
    QSignalSpy changed(&driver.table(), &EventTable::layoutOfColumnsChanged);
    driver.shortcut(Qt::Key_Period, Qt::ControlModifier | Qt::AltModifier);
    QVERIFY(header->sectionSize(column) > before);
    QVERIFY(!changed.isEmpty());
    const int wider = header->sectionSize(column);
    driver.shortcut(Qt::Key_Period, Qt::ControlModifier | Qt::AltModifier);
    QVERIFY(header->sectionSize(column) > wider);
    for (int i = 0; i < 100; ++i) {
        driver.shortcut(Qt::Key_Comma, Qt::ControlModifier | Qt::AltModifier);
    }
    QCOMPARE(header->sectionSize(column), header->minimumSectionSize());
}

void CellKeysTest::aTimeAroundARowThatIsBeingRead()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(4, EventColumn::Outcome);
    driver.events().model().reloadCells();
    driver.table().goToRow(60);
    QVERIFY(driver.table().currentIndex().data(EventTableModel::IsLoadingRole).toBool());
    TimeRangeChoice *choice = driver.events().filterBar()->timeRange();
    choice->open();
    const auto *number = choice->popup()->findChild<QSpinBox *>(u"aroundNumber"_s);
    const auto *apply = choice->popup()->findChild<QPushButton *>(u"applyAround"_s);
    QVERIFY(number && apply);
    QTRY_VERIFY_WITH_TIMEOUT(apply->isEnabled(), patience);
    QTest::mouseClick(const_cast<QPushButton *>(apply), Qt::LeftButton);
    const event::TimeRange range = driver.events().query().range;
    QVERIFY(range.since && range.until && *range.since < sampleTime(39) && sampleTime(39) < *range.until);
}

void CellKeysTest::cardsOfTargets_data()
{
    QTest::addColumn<QString>("targets");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QStringList>("texts");
    const auto text = [](std::string_view json) { return QString::fromLatin1(json.data(), qsizetype(json.size())); };
    QTest::newRow("groups and rules alone") << text(group) + u',' + text(rule) << u"2 targets"_s
                                            << QStringList{u"UserGroup"_s, u"Sales\n00g1"_s, u"PolicyRule"_s};
    QTest::newRow("oneself") << text(self) << u"One target"_s << QStringList{u"User"_s};
    QTest::newRow("an app") << uR"({"id":"0oa9","type":"AppInstance","alternateId":"Slack"})"_s << u"Slack"_s
                            << QStringList{u"First seen"_s};
}

void CellKeysTest::cardsOfTargets()
{
    QFETCH(const QString, targets);
    QFETCH(const QString, title);
    QFETCH(const QStringList, texts);
    SampleEvent event;
    event.actor = "ada";
    CaseFile file;
    file.append({withTargets(event, targets.toStdString())});
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(0, EventColumn::Targets);
    HoverCard *card = driver.events().tools()->card();
    QTest::keyClick(&driver.table(), Qt::Key_I);
    QTRY_VERIFY_WITH_TIMEOUT(card->isVisible() && !card->isReading(), patience);
    QCOMPARE(card->findChild<QLabel *>(u"hoverTitle"_s)->text(), title);
    QStringList shown;
    for (const QLabel *label : card->findChildren<QLabel *>()) {
        shown << label->text();
    }
    for (const QString &wanted : texts) {
        QVERIFY2(shown.contains(wanted), qPrintable(shown.join(u'|')));
    }
    QTest::keyClick(&driver.table(), Qt::Key_Escape);
    QVERIFY(!card->isVisible());
    // Where a tooltip would come.
    const QPoint place = driver.cellPoint(0, EventColumn::Targets);
    QHelpEvent help(QEvent::ToolTip, place, driver.table().viewport()->mapToGlobal(place));
    QApplication::sendEvent(driver.table().viewport(), &help);
    QTRY_VERIFY_WITH_TIMEOUT(card->isVisible() && !card->isReading(), patience);
}

QTEST_MAIN(CellKeysTest)
#include "tst_cell_keys.moc"
