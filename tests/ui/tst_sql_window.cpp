// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "store/Cases.h"
#include "store/Documents.h"
#include "ui/events/ZoneChoice.h"
#include "ui/sql/AnswerModel.h"
#include "ui/sql/AnswerTable.h"
#include "ui/sql/PivotWindow.h"
#include "ui/sql/SqlConsoleWindow.h"
#include "ui/sql/SqlEdit.h"
#include "ui/style/Appearance.h"

#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QDir>
#include <QFile>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace octotrail;
using namespace octotrail::ui;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 15000;

} // namespace

/// The SQL console, as a person uses it.
class TestSqlWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void model();
    void runsWithTheKeyboard();
    void showsWhereTheErrorIs();
    void completesNames();
    void cancels();
    void templates();
    void ownTemplatesAreInTheCase();
    void removedTemplatesComeBack();
    void whatCannotBeRemovedIsTold();
    void historyComesBack();
    void exportsTheWholeAnswer();
    void allBundledTemplatesRun();
    void pictures_data();
    void pictures();

private:
    SqlConsoleWindow *openConsole() { return m_driver->openWindow<SqlConsoleWindow>(Qt::Key_Q); }
    PivotWindow *openPivot() { return m_driver->openWindow<PivotWindow>(Qt::Key_P); }
    bool run(SqlConsoleWindow *console, const QString &sql);
    /// Null if the menu of templates has none of that text.
    static QAction *templateAction(SqlConsoleWindow *console, const QString &text);

    std::unique_ptr<CaseFile> m_file;
    std::unique_ptr<WindowDriver> m_driver;
};

void TestSqlWindow::initTestCase()
{
    QApplication::setOrganizationName(u"Octotrail"_s);
    QApplication::setApplicationName(u"tst_sql_window"_s);
}

void TestSqlWindow::init()
{
    QSettings().clear();
    m_file = std::make_unique<CaseFile>();
    m_file->append(sampleEvents(0, 199));
    m_driver = std::make_unique<WindowDriver>(*m_file);
    QVERIFY(m_driver->open());
}

void TestSqlWindow::cleanup()
{
    m_driver.reset();
    m_file.reset();
}

bool TestSqlWindow::run(SqlConsoleWindow *console, const QString &sql)
{
    console->edit()->setPlainText(sql);
    QTest::keyClick(console->edit(), Qt::Key_Return, Qt::ControlModifier);
    return QTest::qWaitFor([&] { return !console->isRunning(); }, patience);
}

QAction *TestSqlWindow::templateAction(SqlConsoleWindow *console, const QString &text)
{
    QMenu *menu = console->findChild<QPushButton *>(u"sqlTemplates"_s)->menu();
    Q_EMIT menu->aboutToShow();
    for (QAction *action : menu->actions()) {
        if (action->text().remove(u'&') == text) {
            return action;
        }
    }
    return nullptr;
}

void TestSqlWindow::model()
{
    AnswerModel model;
    const QAbstractItemModelTester tester(&model);
    store::SqlTable table;
    table.columns = {{u"n"_s, u"BIGINT"_s, store::SqlColumn::Kind::Number}, {u"t"_s, u"VARCHAR"_s, {}}};
    table.cells = {u"10"_s, u"b"_s, u"9"_s, u"C"_s, QString(), u"a"_s, u"100"_s, u"<b>x</b>\n"_s};
    model.setAnswer(std::make_shared<const store::SqlTable>(table));
    QCOMPARE(model.rowCount(), 4);
    const auto column = [&](int c) {
        QStringList texts;
        for (int row = 0; row < model.rowCount(); ++row) {
            texts << model.index(row, c).data().toString();
        }
        return texts;
    };
    const QPersistentModelIndex ten = model.index(0, 0);
    model.sort(0, Qt::AscendingOrder);
    QCOMPARE(column(0), (QStringList{u"9"_s, u"10"_s, u"100"_s, u"–"_s}));
    QCOMPARE(ten.row(), 1);
    model.sort(0, Qt::DescendingOrder);
    QCOMPARE(column(0), (QStringList{u"100"_s, u"10"_s, u"9"_s, u"–"_s}));
    model.sort(1, Qt::AscendingOrder);
    QCOMPARE(column(0), (QStringList{u"100"_s, u"–"_s, u"10"_s, u"9"_s}));
    QVERIFY(!model.index(0, 1).data().toString().contains(u'\n'));
    QCOMPARE(model.tabSeparated({model.index(2, 0), model.index(2, 1), model.index(3, 0)}), u"10\tb\n9\n"_s);
}

void TestSqlWindow::runsWithTheKeyboard()
{
    SqlConsoleWindow *console = openConsole();
    QVERIFY(!console->findChild<QPushButton *>(u"exportSql"_s)->isEnabled());
    QTest::keyClicks(
        console->edit(), u"SELECT \"outcome.result\" AS r, count(*) AS n FROM events GROUP BY r ORDER BY n"_s);
    QTest::keyClick(console->edit(), Qt::Key_Escape); // closes the completion, if it is open
    QTest::keyClick(console->edit(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!console->isRunning() && console->model().rowCount() == 2, patience);
    QCOMPARE(console->model().index(0, 0).data().toString(), u"FAILURE"_s);
    QCOMPARE(console->model().index(0, 1).data().toString(), u"40"_s);
    QVERIFY2(console->status().startsWith(u"2 rows in "_s), qPrintable(console->status()));
    QVERIFY(console->table()->isVisible());
    // Sorting by the header, copying with Ctrl+C.
    QHeaderView *header = console->table()->horizontalHeader();
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(header->sectionViewportPosition(1) + 10, 8));
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(header->sectionViewportPosition(1) + 10, 8));
    QTRY_COMPARE_WITH_TIMEOUT(console->model().index(0, 1).data().toString(), u"160"_s, patience);
    console->table()->selectRow(0);
    QTest::keyClick(console->table(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), u"SUCCESS\t160\n"_s);
    // Nothing found is said.
    QVERIFY(run(console, u"SELECT 1 WHERE false"_s));
    QVERIFY(!console->table()->isVisible());
    // A cut answer is said.
    QVERIFY(run(console, u"SELECT * FROM range(100001)"_s));
    QVERIFY2(console->status().contains(u"There are more"_s), qPrintable(console->status()));
    QCOMPARE(console->model().rowCount(), 100'000);
}

void TestSqlWindow::showsWhereTheErrorIs()
{
    SqlConsoleWindow *console = openConsole();
    QVERIFY(run(console, u"SELECT seq,\n  nothing\nFROM events"_s));
    QVERIFY2(console->status().contains(u"Line 2, column 3"_s), qPrintable(console->status()));
    QVERIFY(console->edit()->hasError());
    QCOMPARE(console->edit()->extraSelections().first().cursor.selectedText(), u"nothing"_s);
    QCOMPARE(console->edit()->textCursor().blockNumber(), 1);
    QTest::keyClicks(console->edit(), u"x"_s);
    QVERIFY(!console->edit()->hasError());
    QVERIFY(run(console, u"DELETE FROM events"_s));
    QVERIFY(console->status().contains(u"Only a single SELECT"_s));
}

void TestSqlWindow::completesNames()
{
    SqlConsoleWindow *console = openConsole();
    QTRY_VERIFY_WITH_TIMEOUT(console->edit()->findChild<QCompleter *>()->model()->rowCount() > 10, patience);
    console->edit()->setPlainText({});
    QTest::keyClicks(console->edit(), u"SELECT alternateI"_s);
    QTRY_VERIFY(console->edit()->findChild<QCompleter *>()->popup()->isVisible());
    QTest::keyClick(console->edit()->findChild<QCompleter *>()->popup(), Qt::Key_Return);
    QCOMPARE(console->edit()->toPlainText(), u"SELECT \"actor.alternateId\""_s);
}

void TestSqlWindow::cancels()
{
    SqlConsoleWindow *console = openConsole();
    console->edit()->setPlainText(
        u"SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range * b.range = 7"_s);
    auto *cancel = console->findChild<QPushButton *>(u"cancelSql"_s);
    QTest::mouseClick(console->findChild<QPushButton *>(u"runSql"_s), Qt::LeftButton);
    QVERIFY(console->isRunning() && cancel->isEnabled());
    QTest::mouseClick(cancel, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!console->isRunning(), patience);
    QVERIFY2(console->status().startsWith(u"Cancelled"_s), qPrintable(console->status()));
}

void TestSqlWindow::templates()
{
    SqlConsoleWindow *console = openConsole();
    QVERIFY(chooseFromButton(console->findChild<QPushButton *>(u"sqlTemplates"_s), u"User activity"_s));
    QTRY_VERIFY(console->edit()->toPlainText().contains(u"ILIKE '%'"_s));
    // The value is selected, so that one types in its place.
    QCOMPARE(console->edit()->textCursor().selectedText(), u"%"_s);
    QTest::keyClick(console->edit(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!console->isRunning() && console->model().rowCount() == 200, patience);
}

void TestSqlWindow::ownTemplatesAreInTheCase()
{
    SqlConsoleWindow *console = openConsole();
    console->edit()->setPlainText(u"SELECT 42 AS answer"_s);
    console->saveTemplate(u"The answer & more"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console->status().contains(u"Saved"_s), patience);
    console->edit()->setPlainText({});
    // Another window on the same case has it, too.
    store::Documents documents(m_file->store());
    auto listed = documents.list(QLatin1String(sqlTemplateKind));
    listed.waitForFinished();
    QCOMPARE(listed.result()->size(), std::size_t{1});
    QCOMPARE(listed.result()->front().body, QByteArray("SELECT 42 AS answer"));
    auto *button = console->findChild<QPushButton *>(u"sqlTemplates"_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        (button->menu()->aboutToShow(),
            !button->menu()->actions().isEmpty()
                && std::ranges::any_of(button->menu()->actions(),
                    [](const QAction *action) { return action->text().contains(u"The answer"_s); })),
        patience);
    QVERIFY(chooseFromButton(button, u"The answer & more"_s));
    QTRY_COMPARE(console->edit()->toPlainText(), u"SELECT 42 AS answer"_s);
}

void TestSqlWindow::removedTemplatesComeBack()
{
    SqlConsoleWindow *console = openConsole();
    const auto save = [&](const QString &sql, const QString &told) {
        console->edit()->setPlainText(sql);
        console->saveTemplate(u"Mine"_s);
        QTRY_VERIFY_WITH_TIMEOUT(console->status().contains(told), patience);
        QTRY_VERIFY_WITH_TIMEOUT(templateAction(console, u"Remove"_s), patience);
    };
    const auto bringBack = [&](const QString &sql) {
        QTRY_VERIFY_WITH_TIMEOUT(templateAction(console, u"Bring back Mine"_s), patience);
        templateAction(console, u"Bring back Mine"_s)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(console->status().contains(u"is back"_s), patience);
        QTRY_VERIFY_WITH_TIMEOUT(templateAction(console, u"Mine"_s), patience);
        templateAction(console, u"Mine"_s)->trigger();
        QCOMPARE(console->edit()->toPlainText(), sql);
        QVERIFY(!templateAction(console, u"Bring back Mine"_s));
    };
    save(u"SELECT 1"_s, u"Saved"_s);
    templateAction(console, u"Remove"_s)->menu()->actions().first()->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(console->status().contains(u"was removed"_s), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!templateAction(console, u"Mine"_s), patience);
    bringBack(u"SELECT 1"_s);
    save(u"SELECT 2"_s, u"was replaced"_s);
    bringBack(u"SELECT 1"_s);
}

void TestSqlWindow::whatCannotBeRemovedIsTold()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"read.duckdb"_s);
    {
        const auto opened = store::Store::open(file);
        QVERIFY(opened);
        store::Documents documents(*opened);
        auto saved = documents.save({QLatin1String(sqlTemplateKind), u"1"_s, {}, u"Mine"_s, "SELECT 1"});
        saved.waitForFinished();
        QVERIFY(saved.result());
    }
    const auto opened = store::openReadOnly(file);
    QVERIFY(opened);
    SqlConsoleWindow console(*opened);
    console.show();
    QTRY_VERIFY_WITH_TIMEOUT(templateAction(&console, u"Remove"_s), patience);
    templateAction(&console, u"Remove"_s)->menu()->actions().first()->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!console.status().isEmpty(), patience);
    QVERIFY2(!console.status().contains(u"was removed"_s), qPrintable(console.status()));
    QVERIFY(templateAction(&console, u"Mine"_s));
}

void TestSqlWindow::historyComesBack()
{
    SqlConsoleWindow *console = openConsole();
    QVERIFY(run(console, u"SELECT 1 AS first"_s));
    QVERIFY(run(console, u"SELECT 2 AS second"_s));
    QVERIFY(chooseFromButton(console->findChild<QPushButton *>(u"sqlHistory"_s), u"SELECT 1 AS first"_s));
    QTRY_COMPARE(console->edit()->toPlainText(), u"SELECT 1 AS first"_s);
    // One step back in the editor.
    console->edit()->undo();
    QCOMPARE(console->edit()->toPlainText(), u"SELECT 2 AS second"_s);
}

void TestSqlWindow::exportsTheWholeAnswer()
{
    SqlConsoleWindow *console = openConsole();
    QVERIFY(run(console, u"SELECT range AS n FROM range(100005)"_s));
    const QTemporaryDir folder;
    const QString csv = folder.filePath(u"a.csv"_s);
    console->exportTo(csv);
    QTRY_VERIFY_WITH_TIMEOUT(console->status().contains(csv), patience);
    QFile file(csv);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 100'006);
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    const QString json = folder.filePath(u"a.json"_s);
    console->exportTo(json);
    QTRY_VERIFY_WITH_TIMEOUT(console->status().contains(json), patience);
    QFile second(json);
    QVERIFY(second.open(QIODevice::ReadOnly));
    QVERIFY(second.readAll().startsWith("[\n{\"n\":0}"));
}

void TestSqlWindow::allBundledTemplatesRun()
{
    SqlConsoleWindow *console = openConsole();
    const QList<SqlTemplate> all = bundledSqlTemplates();
    QVERIFY(all.size() >= 7);
    for (const SqlTemplate &one : all) {
        QVERIFY(!one.title.isEmpty() && !one.about.isEmpty());
        console->load(one);
        QTest::keyClick(console->edit(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!console->isRunning(), patience);
        QVERIFY2(console->status().contains(u"row"_s), qPrintable(one.title + u": "_s + console->status()));
    }
}

void TestSqlWindow::pictures_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestSqlWindow::pictures()
{
    QFETCH(const bool, dark);
    Appearance appearance(*qApp);
    appearance.setChoice(dark ? Appearance::Choice::Dark : Appearance::Choice::Light);
    const QDir folder(QCoreApplication::applicationDirPath() + u"/screenshots"_s);
    QVERIFY(QDir().mkpath(folder.path()));
    const QString suffix = dark ? u"-dark.png"_s : u"-light.png"_s;
    SqlConsoleWindow *console = openConsole();
    console->load(bundledSqlTemplates().last());
    QTest::keyClick(console->edit(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!console->isRunning() && console->model().rowCount() > 0, patience);
    QVERIFY(console->grab().save(folder.filePath(u"sql-console"_s + suffix)));
    QVERIFY(run(console, u"SELECT published, nothing\nFROM events\nWHERE 1 = 1"_s));
    QTRY_VERIFY(console->findChild<QWidget *>(u"sqlFailed"_s)->isVisible());
    QCoreApplication::processEvents();
    QVERIFY(console->grab().save(folder.filePath(u"sql-error"_s + suffix)));
    console->close();
    PivotWindow *pivot = openPivot();
    pivot->setPaths(u"actor.alternateId"_s, u"outcome.result"_s, u"client.ipAddress"_s);
    QTRY_COMPARE_WITH_TIMEOUT(pivot->model().rowCount(), 14, patience);
    QVERIFY(pivot->grab().save(folder.filePath(u"pivot"_s + suffix)));
}

QTEST_MAIN(TestSqlWindow)
#include "tst_sql_window.moc"
