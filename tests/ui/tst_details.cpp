// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/annotations/Annotator.h"
#include "ui/details/DifferenceDialog.h"
#include "ui/details/HoverCard.h"
#include "ui/details/RelatedPane.h"
#include "ui/events/DetailsPane.h"
#include "ui/events/EventTools.h"
#include "ui/models/JsonTreeModel.h"
#include "ui/widgets/JsonTreeView.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

/// What stands beside the table about one event or two: its JSON, what goes with it, what differs, and cards.
class DetailsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTypeIsDescribed();
    void textsAreUnfoldedAndFound();
    void treeNodesBecomeColumnsAndFilters();
    void relatedEventsAreListedAndOpened();
    void twoEventsAreCompared();
    void differencesOfDocuments();
    void cardsTellOfActorAndAddress();
    void theHeadIsWhole();
    void factsAreWhole();
    void hugeValuesLeaveRoom();
};

namespace {

constexpr int patience = 30'000;

std::vector<std::string> withContext(int last)
{
    std::vector<std::string> events;
    for (int n = 0; n <= last; ++n) {
        SampleEvent event;
        event.n = n * 60;
        event.actor = "ada";
        event.extra = R"(,"transaction":{"id":"tx)" + std::to_string(n / 3) + R"("})";
        std::string json = event.json();
        const std::string risk = R"("risk":"{level=LOW}")";
        json.replace(json.find(risk), risk.size(),
            R"("risk":"{reasons=Anomalous Location, level=HIGH}","logOnlySecurityData":"{\"behaviors\":)"
            R"({\"New IP\":\"POSITIVE\"}}","deep":"x)"
                + std::to_string(n) + '"');
        events.push_back(json);
    }
    return events;
}

void chooseTab(WindowDriver &driver, int tab)
{
    driver.events().details()->setCurrentTab(tab);
}

bool shows(WindowDriver &driver, store::Seq seq)
{
    return QTest::qWaitFor(
        [&] {
            const auto &event = driver.events().details()->shownEvent();
            return event && event->seq == seq;
        },
        patience);
}

} // namespace

void DetailsTest::theTypeIsDescribed()
{
    CaseFile file;
    file.append(sampleEvents(0, 3));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(shows(driver, 4));
    auto *description = driver.find<QLabel>(u"detailsDescription"_s);
    QTRY_VERIFY(description->text().startsWith(u"user.session.start: "_s));
    QVERIFY(description->isVisible());
}

void DetailsTest::textsAreUnfoldedAndFound()
{
    CaseFile file;
    file.append(withContext(5));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(shows(driver, 6));
    chooseTab(driver, 1);
    auto *tree = driver.events().details()->findChild<JsonTreeView *>(u"jsonTree"_s);
    const QAbstractItemModelTester tester(tree->jsonModel(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    auto *search = driver.find<QLineEdit>(u"jsonSearch"_s);
    QTest::keyClicks(search, u"level"_s);
    QTRY_COMPARE_WITH_TIMEOUT(driver.find<QLabel>(u"jsonSearchState"_s)->text(), u"1 of 1"_s, patience);
    const QModelIndex level = tree->currentIndex();
    QCOMPARE(level.data(JsonTreeModel::PathRole).toString(), u"debugContext.debugData.risk.level"_s);
    QCOMPARE(level.siblingAtColumn(JsonTreeModel::Value).data().toString(), u"HIGH"_s);
    // No filter names it, but one can ask for the text that it is part of.
    QVERIFY(level.data(JsonTreeModel::FilterPathRole).toString().isEmpty());
    QCOMPARE(level.data(JsonTreeModel::PartFilterRole).toString(), u"debugContext.debugData.risk co \"level=HIGH\""_s);
    const QModelIndex risk = level.parent();
    QCOMPARE(risk.data(JsonTreeModel::FilterPathRole).toString(), u"debugContext.debugData.risk"_s);
    QTest::keySequence(search, QKeySequence::SelectAll);
    QTest::keyClicks(search, u"new ip"_s);
    QTRY_COMPARE_WITH_TIMEOUT(tree->currentIndex().data().toString(), u"New IP"_s, patience);
    const QString part = tree->currentIndex().data(JsonTreeModel::PartFilterRole).toString();
    QVERIFY(driver.apply(part));
    QVERIFY(driver.finds(6));
    QVERIFY(driver.apply(u"debugContext.debugData.risk co \"level=LOW\""_s));
    QVERIFY(driver.finds(0));
}

void DetailsTest::treeNodesBecomeColumnsAndFilters()
{
    CaseFile file;
    file.append(withContext(5));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(shows(driver, 6));
    chooseTab(driver, 1);
    auto *tree = driver.events().details()->findChild<JsonTreeView *>(u"jsonTree"_s);
    auto *search = driver.find<QLineEdit>(u"jsonSearch"_s);
    QTest::keyClicks(search, u"deep"_s);
    QTRY_COMPARE_WITH_TIMEOUT(tree->currentIndex().data().toString(), u"deep"_s, patience);
    const auto choose = [&](const QString &entry) {
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(5, 5), tree->mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(tree->viewport(), &event);
        return QTest::qWaitFor([] { return QApplication::activePopupWidget() != nullptr; }, patience)
            && chooseFromOpenMenu(entry);
    };
    QVERIFY(choose(u"Add as column"_s));
    const auto column = driver.events().model().columnOf(u"debugContext.debugData.deep"_s);
    QVERIFY(column);
    QTRY_COMPARE_WITH_TIMEOUT(driver.events().model().index(0, *column).data().toString(), u"x5"_s, patience);
    QVERIFY(!driver.table().isColumnHidden(*column));
    QVERIFY(driver.activate());
    QVERIFY(choose(u"Filter to this value"_s));
    QVERIFY(driver.finds(1));
}

void DetailsTest::relatedEventsAreListedAndOpened()
{
    CaseFile file;
    file.append(withContext(40));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.events().table()->goToRow(20); // number 20, of tx6
    QVERIFY(shows(driver, 21));
    chooseTab(driver, 3);
    auto *pane = driver.find<RelatedPane>(u"related"_s);
    RelatedModel &model = pane->related();
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_VERIFY_WITH_TIMEOUT(!model.isReading(), patience);
    QCOMPARE(model.count(RelatedModel::Transaction), std::optional<qint64>(3));
    QCOMPARE(model.count(RelatedModel::Session), std::optional<qint64>(0));
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(model.index(RelatedModel::Transaction, 0)), 3, patience);
    // A quarter of an hour before and after, a minute each.
    QCOMPARE(model.count(RelatedModel::Actor), std::optional<qint64>(30));
    QVERIFY(model.index(RelatedModel::Session, 0).data().toString().contains(u"names none"_s));
    QVERIFY(model.index(2, 0, model.index(RelatedModel::Transaction, 0)).data(RelatedModel::IsSelfRole).toBool());
    // Enter goes to one; the button shows the group.
    pane->setCurrentIndex(model.index(0, 0, model.index(RelatedModel::Transaction, 0)));
    QTest::keyClick(pane, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(driver.table().currentSeq(), std::optional<store::Seq>(19), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!model.isReading() && pane->findChild<QToolButton *>(u"openGroup0"_s), patience);
    QTest::mouseClick(pane->findChild<QToolButton *>(u"openGroup0"_s), Qt::LeftButton);
    QVERIFY(driver.finds(3));
    QCOMPARE(driver.edit().text(), u"transaction.id eq \"tx6\""_s);
    // One that the result does not have becomes the result.
    driver.events().tools()->showEvent(1, {});
    QVERIFY(driver.finds(1));
}

void DetailsTest::twoEventsAreCompared()
{
    CaseFile file;
    file.append(withContext(5));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(0, EventColumn::Message);
    QSignalSpy problem(driver.events().tools(), &EventTools::problemOccurred);
    QTest::keyClick(&driver.table(), Qt::Key_C);
    QCOMPARE(problem.count(), 1);
    QTest::keyClick(&driver.table(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(&driver.table(), Qt::Key_C);
    DifferenceDialog *dialog = nullptr;
    QTRY_VERIFY((dialog = driver.events().findChild<DifferenceDialog *>(u"differenceDialog"_s)) != nullptr);
    auto *state = dialog->findChild<QLabel *>(u"differenceState"_s);
    QTRY_VERIFY_WITH_TIMEOUT(state->text().startsWith(u"They differ in "_s), patience);
    const DifferenceModel &model = dialog->model();
    const int changed = model.rowCount();
    QCOMPARE(changed, model.changedCount());
    QStringList paths;
    for (int row = 0; row < changed; ++row) {
        paths << model.index(row, 0).data().toString();
    }
    QVERIFY(paths.contains(u"uuid"_s) && paths.contains(u"debugContext.debugData.deep"_s));
    QVERIFY(!paths.contains(u"debugContext.debugData.risk.level"_s));
    dialog->findChild<QCheckBox *>()->setChecked(false);
    QVERIFY(model.rowCount() > changed);
}

void DetailsTest::differencesOfDocuments()
{
    const auto left = event::readTree(R"({"a":1,"b":{"c":"x","d":null},"e":[1,2],"same":true})");
    const auto right = event::readTree(R"({"a":2,"b":{"c":"x","n":5},"e":[1],"same":true,"z":{}})");
    DifferenceModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setDifferences(differences(*left, *right));
    QStringList found;
    for (int row = 0; row < model.rowCount(); ++row) {
        found << model.index(row, 0).data().toString() + u"="_s
                + QString::number(model.index(row, 0).data(DifferenceModel::KindRole).toInt());
    }
    QCOMPARE(found.join(u' '), u"a=1 b.n=3 b.d=2 e[1]=2 z=3"_s);
}

void DetailsTest::cardsTellOfActorAndAddress()
{
    CaseFile file;
    file.append(withContext(5));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(0, EventColumn::ClientIp);
    HoverCard *card = driver.events().tools()->card();
    QTest::keyClick(&driver.table(), Qt::Key_I);
    QTRY_VERIFY_WITH_TIMEOUT(card->isVisible() && !card->isReading(), patience);
    QCOMPARE(card->entity()->kind, store::EntityKind::Address);
    QTest::keyClick(&driver.table(), Qt::Key_Escape);
    QVERIFY(!card->isVisible());
    // Where a tooltip would come.
    const QPoint place = driver.cellPoint(1, EventColumn::Actor);
    QHelpEvent help(QEvent::ToolTip, place, driver.table().viewport()->mapToGlobal(place));
    QApplication::sendEvent(driver.table().viewport(), &help);
    QTRY_VERIFY_WITH_TIMEOUT(card->isVisible() && !card->isReading(), patience);
    QCOMPARE(card->findChild<QLabel *>(u"hoverTitle"_s)->text(), u"ada@example.com"_s);
    QStringList texts;
    for (const QLabel *label : card->findChildren<QLabel *>()) {
        texts << label->text();
    }
    QVERIFY2(texts.contains(u"First seen"_s) && texts.contains(u"6"_s), qPrintable(texts.join(u'|')));
    for (const QLabel *label : card->findChildren<QLabel *>()) {
        QTRY_VERIFY2_WITH_TIMEOUT(label->isHidden() || label->height() >= label->heightForWidth(label->width()),
            qPrintable(label->text()), patience);
    }
    driver.table().scrollTo(driver.events().model().index(5, 0));
    driver.table().setCurrentIndex(driver.events().model().index(4, 0));
    QVERIFY(!card->isVisible());
}

void DetailsTest::theHeadIsWhole()
{
    SampleEvent event;
    event.message = "User attempted unauthorized access to app";
    event.outcome = "FAILURE";
    event.extra = ",\"device\":{\"id\":\"guo1\",\"name\":\"A phone\"}";
    CaseFile file;
    file.append({event.json()});
    WindowDriver driver(file);
    driver.window().resize(1280, 800);
    QVERIFY(driver.open());
    driver.click(0, EventColumn::Actor);
    driver.events().tools()->annotator().setNote({*driver.table().currentSeq()},
        u"A note that takes more than one line of the pane, since it tells at length what was found out of the event, "
        "whom was asked about it, and what they said, in so many words that nobody would read them all at once."_s);
    driver.events().tools()->annotator().setTags({*driver.table().currentSeq()}, {u"phishing"_s}, {});
    auto *area = driver.find<QScrollArea>(u"detailsHead"_s);
    for (const int high : {800, 640, 560}) {
        driver.window().resize(700, high);
        const auto isWhole = [&] {
            const QList<QLabel *> labels = area->widget()->findChildren<QLabel *>();
            return labels.size() > 3 && std::ranges::all_of(labels, [](const QLabel *label) {
                return !label->isVisible() || !label->wordWrap()
                    || label->height() >= label->heightForWidth(label->width());
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(isWhole(), patience);
        QVERIFY(area->horizontalScrollBar()->maximum() == 0);
    }
}

void DetailsTest::factsAreWhole()
{
    SampleEvent event;
    event.actor = "leonardo.dimitrov.longest";
    const QString login = u"leonardo.dimitrov.longest@example.com"_s;
    CaseFile file;
    file.append({event.json()});
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(0, EventColumn::Actor);
    for (const int width : {1600, 1280, 1000}) {
        driver.window().resize(width, 800);
        const auto isWhole = [&] {
            for (const QLabel *label : driver.events().details()->findChildren<QLabel *>()) {
                if (label->text() == login && label->accessibleName() == u"Login"_s) {
                    return label->isVisible() && label->width() >= label->fontMetrics().horizontalAdvance(login);
                }
            }
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isWhole(), patience);
    }
}

void DetailsTest::hugeValuesLeaveRoom()
{
    CaseFile file;
    SampleEvent huge;
    huge.message = std::string(3'000'000, 'M');
    huge.city = huge.message;
    huge.actor = huge.message;
    file.append({huge.json()});
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.click(0, EventColumn::Actor);
    auto *title = driver.find<QLabel>(u"detailsTitle"_s);
    QTRY_VERIFY_WITH_TIMEOUT(title->text().startsWith(u'M'), 30'000);
    const auto *sentence = driver.find<QLabel>(u"detailsSentence"_s);
    for (const QLabel *label : {const_cast<const QLabel *>(title), sentence}) {
        for (const QString &word : label->text().split(u' ')) {
            QVERIFY2(word.size() < 60, qUtf8Printable(word));
        }
    }
    QVERIFY(sentence->text().size() < 600);
    // Instead of a tree of so much there is a word why.
    driver.events().details()->setCurrentTab(1);
    QTRY_VERIFY_WITH_TIMEOUT(driver.find<QLabel>(u"jsonNone"_s)->isVisible(), 30'000);
}

QTEST_MAIN(DetailsTest)
#include "tst_details.moc"
