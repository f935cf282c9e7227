// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "store/Documents.h"
#include "ui/events/EventTools.h"
#include "ui/events/FilterEdit.h"
#include "ui/events/PinnedColumns.h"
#include "ui/layouts/ColorRulesDialog.h"
#include "ui/layouts/ColumnChooser.h"
#include "ui/style/Tones.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDialogButtonBox>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

/// The table's columns, named layouts and colour rules, used as a person does.
class LayoutsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void layoutsAreWrittenAndRead();
    void columnsOfAnyPath();
    void theChooserFindsAndOrders();
    void pinnedColumnsStay();
    void rowsAreHigherOrLower();
    void layoutsAreNamedAndUndone();
    void arrangementsComeBack();
    void filesCarryThem();
    void theTableComesBackAsItWas();
    void rowsNeverGetTooHighTogether();
    void rulesColourRows();
    void rulesAreEditedWithTheErrorTold();
    void coloursAreReadable();
};

namespace {

constexpr int patience = 30'000;

std::vector<std::string> withRequests(int last)
{
    std::vector<std::string> events;
    for (int n = 0; n <= last; ++n) {
        SampleEvent event;
        event.n = n;
        event.extra = R"(,"odd":{"path":"value )" + std::to_string(n) + R"("})";
        events.push_back(event.json());
    }
    return events;
}

QString shownColumns(const EventTable &table)
{
    QStringList keys;
    for (const TableLayout::Column &column : table.layoutOfColumns().columns) {
        keys << column.key;
    }
    return keys.join(u' ');
}

} // namespace

void LayoutsTest::layoutsAreWrittenAndRead()
{
    TableLayout layout = usualLayout();
    QCOMPARE(layout.columns.front().key, u"marks"_s);
    layout.columns.push_back({u"odd.path"_s, 300});
    layout.pinned = 2;
    layout.density = Density::Comfortable;
    const auto read = readLayout(writeLayout(layout));
    QVERIFY(read);
    QCOMPARE(*read, layout);
    for (const char *bad : {"", "{", "[]", "{\"columns\":[]}", "{\"columns\":5}", "nonsense"}) {
        QVERIFY(!readLayout(bad));
    }
    const auto odd
        = readLayout(R"({"columns":[{"key":"a","width":-5},{"key":"a"},{"key":""}],"pinned":99,"density":"x"})");
    QVERIFY(odd);
    QCOMPARE(odd->columns.size(), 1U);
    QCOMPARE(odd->pinned, 0);
    const std::vector<ColorRule> rules{{u"Failures"_s, u"outcome.result eq \"FAILURE\""_s, 2, false}};
    QCOMPARE(*readRules(writeRules(rules)), rules);
    const QString filter = u"client.ipAddress in (\"203.0.113.4\""_s + u", \"203.0.113.5\""_s.repeated(3000) + u')';
    const std::vector<ColorRule> longOnes{{ColorRule::usualName(filter), filter, 2, true}};
    QCOMPARE(*readRules(writeRules(longOnes)), longOnes);
    LayoutFile file{{{u"Hunt"_s, layout}}, rules};
    const auto again = readLayoutFile(writeLayoutFile(file));
    QVERIFY(again);
    QCOMPARE(again->layouts.front().second, layout);
    QCOMPARE(again->rules, rules);
    QVERIFY(!readLayoutFile(writeLayout(layout)));
}

void LayoutsTest::columnsOfAnyPath()
{
    CaseFile file;
    file.append(withRequests(20));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    const QAbstractItemModelTester tester(
        &driver.events().model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    driver.table().addColumn(u"odd.path"_s);
    driver.table().addColumn(u"annotation.tag"_s);
    driver.table().addColumn(u"uuid"_s);
    EventTableModel &model = driver.events().model();
    const int column = *model.columnOf(u"odd.path"_s);
    QCOMPARE(model.columnCount(), eventColumnCount + 3);
    QTRY_COMPARE_WITH_TIMEOUT(model.index(0, column).data().toString(), u"value 20"_s, patience);
    QCOMPARE(model.headerData(column + 1, Qt::Horizontal).toString(), u"Tags"_s);
    driver.events().tools()->annotator().setTags({21}, {u"seen"_s}, {});
    QTRY_COMPARE_WITH_TIMEOUT(model.index(0, column + 1).data().toString(), u"seen"_s, patience);
    // It filters like any other, sorts if the store has a column for it, and goes again.
    driver.table().setCurrentIndex(model.index(0, column));
    driver.events().actions().filterToValue->trigger();
    QVERIFY(driver.finds(1));
    QCOMPARE(driver.edit().text(), u"odd.path eq \"value 20\""_s);
    driver.events().actions().clearFilter->trigger();
    QVERIFY(driver.finds(21));
    Q_EMIT driver.table().horizontalHeader()->sectionClicked(column);
    QCOMPARE(model.result().query().sortPath, "published");
    Q_EMIT driver.table().horizontalHeader()->sectionClicked(column + 2);
    QCOMPARE(model.result().query().sortPath, "uuid");
    QVERIFY(driver.finds(21));
    driver.table().removeColumn(column + 2);
    QCOMPARE(model.result().query().sortPath, "published");
    driver.table().resetColumns();
    QCOMPARE(model.columnCount(), eventColumnCount);
    // A field that has a column already gets no second one.
    driver.table().addColumn(u"actor.alternateId"_s);
    QCOMPARE(model.columnCount(), eventColumnCount);
}

void LayoutsTest::theChooserFindsAndOrders()
{
    CaseFile file;
    file.append(withRequests(5));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    ColumnChooser chooser(driver.table().layoutOfColumns(), &driver.window());
    chooser.setAttribute(Qt::WA_DeleteOnClose, false);
    chooser.show();
    auto *search = chooser.findChild<QLineEdit *>(u"columnSearch"_s);
    auto *fields = chooser.findChild<QListWidget *>(u"columnFields"_s);
    auto *shown = chooser.findChild<QListWidget *>(u"columnShown"_s);
    const int before = shown->count();
    QVERIFY(fields->count() > 60);
    QTest::keyClicks(search, u"useragent raw"_s);
    int visible = 0;
    for (int row = 0; row < fields->count(); ++row) {
        visible += fields->item(row)->isHidden() ? 0 : 1;
    }
    QCOMPARE(visible, 1);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(shown->count(), before + 1);
    QVERIFY(search->text().isEmpty());
    // Any path can be typed.
    QTest::keyClicks(search, u"odd.path"_s);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(shown->count(), before + 2);
    QTest::mouseClick(chooser.findChildren<QPushButton *>()[1], Qt::LeftButton); // up
    chooser.findChild<QSpinBox *>(u"columnPinned"_s)->setValue(2);
    driver.table().setLayoutOfColumns(chooser.layout());
    const QString columns = shownColumns(driver.table());
    QVERIFY2(
        columns.contains(u"odd.path"_s) && columns.contains(u"client.userAgent.rawUserAgent"_s), qPrintable(columns));
    QCOMPARE(driver.table().pinned(), 2);
    const EventTableModel &model = driver.events().model();
    QTRY_COMPARE_WITH_TIMEOUT(model.index(0, *model.columnOf(u"odd.path"_s)).data().toString(), u"value 5"_s, patience);
}

void LayoutsTest::pinnedColumnsStay()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    driver.window().resize(900, 700);
    QVERIFY(driver.open());
    driver.table().setPinned(2);
    auto *pinned = driver.find<PinnedColumns>(u"pinnedColumns"_s);
    QTRY_VERIFY(pinned->isVisible());
    const int width = pinned->width();
    driver.table().horizontalScrollBar()->setValue(400);
    QCOMPARE(pinned->width(), width);
    QCOMPARE(pinned->x(), driver.table().viewport()->x());
    // A click there is one on the column that stands there; keys go on from it.
    const int y = pinned->height() - driver.table().viewport()->height() + driver.table().rowViewportPosition(3) + 5;
    QTest::mouseClick(pinned, Qt::LeftButton, {}, QPoint(width - 20, y));
    QTRY_COMPARE(driver.table().currentIndex(), driver.events().model().index(3, static_cast<int>(EventColumn::Time)));
    QTest::keyClick(&driver.table(), Qt::Key_Right);
    const QModelIndex current = driver.table().currentIndex();
    QCOMPARE(current.column(), static_cast<int>(EventColumn::Severity));
    QVERIFY(driver.table().visualRect(current).left() >= width - 1);
    driver.table().setPinned(0);
    QVERIFY(!pinned->isVisible());
}

void LayoutsTest::rowsAreHigherOrLower()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    const auto height = [&] { return driver.table().rowHeight(); };
    const int normal = height();
    driver.events().tools()->actions().compact->trigger();
    QVERIFY(height() < normal);
    driver.events().tools()->actions().comfortable->trigger();
    QVERIFY(height() > normal);
    driver.events().tools()->actions().normal->trigger();
    QCOMPARE(height(), normal);
}

void LayoutsTest::layoutsAreNamedAndUndone()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    EventTools &tools = *driver.events().tools();
    LayoutShelf &shelf = tools.shelf();
    driver.table().addColumn(u"uuid"_s);
    shelf.saveAs(u"Hunt"_s);
    QTRY_COMPARE_WITH_TIMEOUT(shelf.layouts().size(), 1U, patience);
    QVERIFY(!shelf.isModified());
    const QString hunt = shelf.currentId();
    driver.table().resetColumns();
    QVERIFY(shelf.isModified());
    shelf.saveAs(u"Plain"_s);
    QTRY_COMPARE_WITH_TIMEOUT(shelf.layouts().size(), 2U, patience);
    shelf.switchTo(hunt);
    QVERIFY(shownColumns(driver.table()).contains(u"uuid"_s));
    shelf.rename(hunt, u"Hunting"_s);
    QTRY_COMPARE_WITH_TIMEOUT(shelf.layouts().front().name, u"Hunting"_s, patience);
    shelf.remove(hunt);
    QTRY_COMPARE_WITH_TIMEOUT(shelf.layouts().size(), 1U, patience);
    driver.table().setFocus();
    QTest::keyClick(&driver.table(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(shelf.layouts().size(), 2U, patience);
    QCOMPARE(shelf.layouts().front().name, u"Hunting"_s);
    QTest::keyClick(&driver.table(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(shelf.layouts().front().name, u"Hunt"_s, patience);
}

void LayoutsTest::arrangementsComeBack()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    EventTable &table = driver.table();
    table.addColumn(u"odd.path"_s);
    table.setPinned(1);
    const TableLayout mine = table.layoutOfColumns();
    // By the menu of the window, as a person does; then by the header's, which hides one.
    QAction *reset = nullptr;
    for (QAction *action : driver.window().findChildren<QAction *>()) {
        reset = action->text().remove(u'&') == u"Reset columns"_s ? action : reset;
    }
    QVERIFY(reset);
    reset->trigger();
    QVERIFY(!shownColumns(table).contains(u"odd.path"_s));
    table.setFocus();
    QTest::keyClick(&table, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(table.layoutOfColumns(), mine);
    table.removeColumn(*driver.events().model().columnOf(u"odd.path"_s));
    QVERIFY(!shownColumns(table).contains(u"odd.path"_s));
    QTest::keyClick(&table, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(table.layoutOfColumns(), mine);
    QTest::keyClick(&table, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!shownColumns(table).contains(u"odd.path"_s));
}

void LayoutsTest::filesCarryThem()
{
    QTemporaryDir folder;
    const QString name = folder.filePath(u"mine.octolayout"_s);
    {
        CaseFile file;
        file.append(sampleEvents(0, 9));
        WindowDriver driver(file);
        QVERIFY(driver.open());
        LayoutShelf &shelf = driver.events().tools()->shelf();
        driver.table().addColumn(u"uuid"_s);
        shelf.saveAs(u"Hunt"_s);
        QTRY_COMPARE_WITH_TIMEOUT(shelf.layouts().size(), 1U, patience);
        shelf.setRules({{u"Failures"_s, u"outcome.result eq \"FAILURE\""_s, 0, true}});
        QTRY_COMPARE_WITH_TIMEOUT(driver.events().tools()->colors().rules().size(), 1U, patience);
        shelf.exportTo(name);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(name), patience);
    }
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    EventTools &tools = *driver.events().tools();
    QSignalSpy failed(&tools, &EventTools::problemOccurred);
    tools.shelf().importFrom(name);
    QTRY_COMPARE_WITH_TIMEOUT(tools.shelf().layouts().size(), 1U, patience);
    QTRY_COMPARE_WITH_TIMEOUT(tools.colors().rules().size(), 1U, patience);
    tools.undoStack().undo();
    QTRY_COMPARE_WITH_TIMEOUT(tools.shelf().layouts().size(), 0U, patience);
    QTRY_COMPARE_WITH_TIMEOUT(tools.colors().rules().size(), 0U, patience);
    QVERIFY(failed.isEmpty());
    QFile bad(folder.filePath(u"bad"_s));
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write("{\"a\":");
    bad.close();
    tools.shelf().importFrom(bad.fileName());
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patience);
}

void LayoutsTest::theTableComesBackAsItWas()
{
    CaseFile file;
    file.append(withRequests(9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.table().addColumn(u"odd.path"_s);
    driver.table().setPinned(1);
    driver.table().setDensity(Density::Compact);
    driver.table().horizontalHeader()->resizeSection(static_cast<int>(EventColumn::Actor), 321);
    const TableLayout layout = driver.table().layoutOfColumns();
    driver.window().saveState();
    QVERIFY(driver.reopen());
    QCOMPARE(driver.table().layoutOfColumns(), layout);
    QTRY_COMPARE_WITH_TIMEOUT(
        driver.events().model().index(0, *driver.events().model().columnOf(u"odd.path"_s)).data().toString(),
        u"value 9"_s, patience);
}

void LayoutsTest::rowsNeverGetTooHighTogether()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    for (const Density density : {Density::Comfortable, Density::Normal, Density::Compact, Density::Comfortable}) {
        driver.table().setDensity(density);
        const qint64 height = driver.table().rowHeight();
        QVERIFY(driver.events().model().rowLimit() * height <= std::numeric_limits<int>::max());
        QVERIFY(driver.events().model().rowLimit() > 10'000'000);
    }
}

void LayoutsTest::rulesColourRows()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    EventTools &tools = *driver.events().tools();
    tools.shelf().setRules({{u"Nobody"_s, u"actor.alternateId eq \"nobody\""_s, 1, true},
        {u"Failures"_s, u"outcome.result eq \"FAILURE\""_s, 0, true}, {u"All"_s, u"eventType pr"_s, 4, false}});
    const auto rule
        = [&](int row) { return driver.events().model().index(row, 0).data(EventTableModel::RuleRole).toInt(); };
    QTRY_COMPARE_WITH_TIMEOUT(rule(4), 1, patience);
    QCOMPARE(rule(5), -1);
    driver.cell(4, EventColumn::Message);
    const QModelIndex index = driver.events().model().index(4, static_cast<int>(EventColumn::Message));
    QVERIFY(index.data(Qt::ToolTipRole).toString().contains(u"Failures"_s));
    // They are kept, and asked of new events.
    file.append(sampleEvents(100, 100));
    QTRY_COMPARE_WITH_TIMEOUT(driver.events().model().rowCount(), 101, patience);
    QTRY_COMPARE_WITH_TIMEOUT(rule(0), 1, patience);
    WindowDriver other(file);
    QVERIFY(other.open());
    QTRY_COMPARE_WITH_TIMEOUT(other.events().tools()->colors().rules().size(), 3U, patience);
    tools.undoStack().undo();
    QTRY_COMPARE_WITH_TIMEOUT(rule(5), -1, patience);
    QTRY_VERIFY_WITH_TIMEOUT(tools.colors().rules().empty(), patience);
}

void LayoutsTest::rulesAreEditedWithTheErrorTold()
{
    ColorRulesDialog dialog({});
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    auto *ok = dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    QVERIFY(ok->isEnabled());
    QTest::mouseClick(dialog.findChild<QPushButton *>(u"addColorRule"_s), Qt::LeftButton);
    auto *filter = dialog.findChild<FilterEdit *>(u"colorRuleFilter"_s);
    auto *error = dialog.findChild<QLabel *>(u"colorRuleError"_s);
    QVERIFY(!ok->isEnabled());
    filter->setText(u"outcome.result eq"_s);
    QVERIFY(filter->hasError());
    QVERIFY(error->text().startsWith(u"Column "_s));
    QVERIFY(!ok->isEnabled());
    filter->setText(u"outcome.result eq \"DENY\""_s);
    QVERIFY(!filter->hasError());
    QVERIFY(error->text().isEmpty());
    QVERIFY(ok->isEnabled());
    QCOMPARE(dialog.rules().front().name, u"outcome.result eq \"DENY\""_s);
    filter->setText(u"ada "_s.repeated(60'000));
    QVERIFY(!ok->isEnabled());
    QVERIFY2(error->text().contains(u"characters that a filter may have"_s), qPrintable(error->text()));
    filter->setText(u"outcome.result eq \"DENY\""_s);
    QVERIFY(ok->isEnabled());
    ColorRuleModel model(dialog.rules());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.add({u"b"_s, u"c pr"_s, 1, true});
    QCOMPARE(model.move(1, -1), 0);
    QCOMPARE(model.rules().front().name, u"b"_s);
    model.remove(1);
    QVERIFY(model.setData(model.index(0, 0), Qt::Unchecked, Qt::CheckStateRole));
    QVERIFY(!model.rules().front().enabled);
}

void LayoutsTest::coloursAreReadable()
{
    for (const QPalette &palette : {lightPalette(), darkPalette()}) {
        for (const RuleColor &color : ruleColors(palette)) {
            QVERIFY2(contrastRatio(palette.color(QPalette::Text), color.ground) >= 7, color.key);
            for (const Tone tone : {Tone::Muted, Tone::Good, Tone::Warning, Tone::Bad}) {
                const double ratio = contrastRatio(toneColor(tone, palette), color.ground);
                QVERIFY2(ratio >= 4.5,
                    qPrintable(u"%1 %2 %3"_s.arg(QString::fromLatin1(color.key)).arg(int(tone)).arg(ratio)));
            }
            QVERIFY2(contrastRatio(color.stripe, color.ground) >= 3, color.key);
        }
    }
}

QTEST_MAIN(LayoutsTest)
#include "tst_layouts.moc"
