// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/events/DetailsPane.h"
#include "ui/events/FacetRail.h"
#include "ui/layouts/ColumnChooser.h"
#include "ui/models/FacetModel.h"
#include "ui/models/JsonTreeModel.h"
#include "ui/widgets/JsonTreeView.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QTest>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

/// The newest of ten has members whose names the filter language puts in quotes.
std::vector<std::string> eventsWithOddNames()
{
    std::vector<std::string> events = sampleEvents(0, 8);
    SampleEvent last;
    last.n = 9;
    last.extra = R"(,"odd":{"first name":"Ada","a.b":{"c:d":"1"},"say \"hi\"":["x"],"":{"z":"none"}})";
    events.push_back(last.json());
    events.back().insert(events.back().find("\"risk\""), "\"Zone (legacy)\":\"y\",");
    return events;
}

QModelIndex nodeAt(const QAbstractItemModel &model, const QString &path, const QModelIndex &parent = {})
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex child = model.index(row, 0, parent);
        if (child.data(JsonTreeModel::PathRole).toString() == path) {
            return child;
        }
        if (const QModelIndex below = nodeAt(model, path, child); below.isValid()) {
            return below;
        }
    }
    return {};
}

void openMenuOf(JsonTreeView &tree, const QModelIndex &node)
{
    tree.scrollTo(node);
    const QPoint place = tree.visualRect(node).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, tree.viewport()->mapToGlobal(place));
    QApplication::sendEvent(tree.viewport(), &event);
    QTRY_VERIFY(!openMenuEntries().isEmpty());
}

/// The tree of the first event; null if the place does not come.
JsonTreeView *showTree(WindowDriver &driver, const QString &place)
{
    driver.click(0, EventColumn::Message);
    DetailsPane *details = driver.events().details();
    if (!QTest::qWaitFor([&] { return details->shownEvent().has_value(); }, patience)) {
        return nullptr;
    }
    details->setCurrentTab(1);
    auto *tree = details->findChild<JsonTreeView *>();
    return QTest::qWaitFor([&] { return nodeAt(*tree->model(), place).isValid(); }, patience) ? tree : nullptr;
}

} // namespace

/// Names that the language puts in quotes: they are filtered, shown and counted as others are.
class OddNamesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fromTheTree_data();
    void fromTheTree();
    void whatHasNoName();
    void typed_data();
    void typed();
};

void OddNamesTest::fromTheTree_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value");
    QTest::newRow("a blank") << u"odd.first name"_s << u"odd.\"first name\""_s << u"Ada"_s;
    QTest::newRow("a dot") << u"odd.a.b.c:d"_s << u"odd.\"a.b\".\"c:d\""_s << u"1"_s;
    QTest::newRow("quotes") << u"odd.say \"hi\"[0]"_s << u"odd.\"say \\\"hi\\\"\""_s << u"x"_s;
    QTest::newRow("a key of debugData") << u"debugContext.debugData.Zone (legacy)"_s
                                        << u"debugContext.debugData.\"Zone (legacy)\""_s << u"y"_s;
}

void OddNamesTest::fromTheTree()
{
    QFETCH(const QString, place);
    QFETCH(const QString, path);
    QFETCH(const QString, value);
    CaseFile file;
    file.append(eventsWithOddNames());
    WindowDriver driver(file);
    QVERIFY(driver.open());
    JsonTreeView *tree = showTree(driver, place);
    QVERIFY(tree);
    const QModelIndex node = nodeAt(*tree->model(), place);
    QCOMPARE(node.data(JsonTreeModel::FilterPathRole).toString(), path);
    openMenuOf(*tree, node);
    QVERIFY(chooseFromOpenMenu(u"Add as column"_s));
    const EventTableModel &model = driver.events().model();
    QTRY_VERIFY_WITH_TIMEOUT(model.columnOf(path), patience);
    const int column = *model.columnOf(path);
    QTRY_COMPARE_WITH_TIMEOUT(model.index(0, column).data().toString(), value, patience);
    QCOMPARE(model.index(1, column).data(EventTableModel::RawValueRole).toString(), QString());
    openMenuOf(*tree, nodeAt(*tree->model(), place));
    QVERIFY(chooseFromOpenMenu(u"Filter to this value"_s));
    QCOMPARE(driver.edit().text(), u"%1 eq \"%2\""_s.arg(path, value));
    QVERIFY(driver.finds(1));
}

void OddNamesTest::whatHasNoName()
{
    CaseFile file;
    file.append(eventsWithOddNames());
    WindowDriver driver(file);
    QVERIFY(driver.open());
    const JsonTreeView *tree = showTree(driver, u"odd..z"_s);
    QVERIFY(tree);
    QCOMPARE(nodeAt(*tree->model(), u"odd..z"_s).data(JsonTreeModel::FilterPathRole).toString(), QString());
}

void OddNamesTest::typed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value");
    QTest::newRow("a blank") << u" odd.\"first name\" "_s << u"odd.\"first name\""_s << u"Ada"_s;
    QTest::newRow("a dot") << u"odd.\"a.b\".\"c:d\""_s << u"odd.\"a.b\".\"c:d\""_s << u"1"_s;
    QTest::newRow("a key of debugData") << u"debugContext.debugData.\"Zone (legacy)\""_s
                                        << u"debugContext.debugData.\"Zone (legacy)\""_s << u"y"_s;
    QTest::newRow("quotes for nothing") << u"debugContext.debugData.\"requestUri\""_s
                                        << u"debugContext.debugData.requestUri"_s << u"/api/v1/authn"_s;
}

void OddNamesTest::typed()
{
    QFETCH(const QString, text);
    QFETCH(const QString, path);
    QFETCH(const QString, value);
    CaseFile file;
    file.append(eventsWithOddNames());
    WindowDriver driver(file);
    QVERIFY(driver.open());
    // Into the chooser of columns.
    ColumnChooser chooser(driver.table().layoutOfColumns(), &driver.window());
    chooser.setAttribute(Qt::WA_DeleteOnClose, false);
    chooser.show();
    auto *search = chooser.findChild<QLineEdit *>(u"columnSearch"_s);
    QTest::keyClicks(search, text);
    QTest::keyClick(search, Qt::Key_Return);
    driver.table().setLayoutOfColumns(chooser.layout());
    const EventTableModel &model = driver.events().model();
    QVERIFY(model.columnOf(path));
    QTRY_COMPARE_WITH_TIMEOUT(model.index(0, *model.columnOf(path)).data().toString(), value, patience);
    // Among the facets.
    FacetRail *rail = driver.events().facets();
    auto *add = driver.find<QLineEdit>(u"addFacet"_s);
    add->setFocus();
    add->setText(text);
    QTest::keyClick(add, Qt::Key_Return);
    FacetModel &facets = rail->model();
    const QModelIndex field = facets.index(facets.rowCount() - 1, 0);
    const auto values = [&] {
        QStringList all;
        for (int row = 0; row < facets.rowCount(field); ++row) {
            all << facets.index(row, 0, field).data(FacetModel::ValueRole).toString();
        }
        return all;
    };
    QTRY_VERIFY_WITH_TIMEOUT(values().contains(value), patience);
    rail->view()->setCurrentIndex(facets.index(static_cast<int>(values().indexOf(value)), 0, field));
    rail->view()->setFocus();
    QTest::keyClick(rail->view(), Qt::Key_Return);
    QVERIFY(driver.finds(value == u"/api/v1/authn"_s ? 10 : 1));
}

QTEST_MAIN(OddNamesTest)
#include "tst_odd_names.moc"
