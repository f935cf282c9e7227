// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/events/ChipBar.h"
#include "ui/events/SourceChoice.h"
#include "ui/searches/SavedSearchModel.h"
#include "ui/searches/SearchActions.h"
#include "ui/searches/SearchesDialog.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

SavedSearches &searches(WindowDriver &driver)
{
    return driver.events().searches()->searches();
}

QStringList names(WindowDriver &driver)
{
    QStringList result;
    for (const SavedSearch &search : searches(driver).all()) {
        const store::Document &document = search.document;
        result << (document.folder.isEmpty() ? document.name : document.folder + u'/' + document.name);
    }
    return result;
}

/// Ctrl+S, a name, a folder, Enter.
void save(WindowDriver &driver, const QString &name, const QString &folder)
{
    driver.shortcut(Qt::Key_S, Qt::ControlModifier);
    auto *dialog = driver.find<QDialog>(u"saveSearch"_s);
    QVERIFY(dialog->isVisible());
    auto *edit = dialog->findChild<QLineEdit *>(u"searchName"_s);
    edit->selectAll();
    QTest::keyClicks(edit, name);
    dialog->findChild<QComboBox *>(u"searchFolder"_s)->setEditText(folder);
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!driver.window().findChild<QDialog *>(u"saveSearch"_s), patience);
}

const QString failed = u"outcome.result eq \"FAILURE\""_s;

} // namespace

/// Searches under names: saved, found, opened, put in order, shared, and all of it undone.
class SavedSearchesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void savedAndOpened();
    void everythingComesBack();
    void longFilters();
    void overwrittenAndBroughtBack();
    void inOrder();
    void shared();
    void strangersFiles();
    void examples();
    void theMenu();
    void copiedForOthers();
    void models();
    void namesForScreenReaders();
};

void SavedSearchesTest::savedAndOpened()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(failed));
    save(driver, u"Failures"_s, u" Phishing / Week 3 "_s);
    QTRY_COMPARE_WITH_TIMEOUT(names(driver), QStringList{u"Phishing/Week 3/Failures"_s}, patience);
    QVERIFY(driver.apply(u"cleo"_s));
    save(driver, u"Cleo"_s, {});
    QTRY_COMPARE_WITH_TIMEOUT(names(driver).size(), 2, patience);
    QVERIFY(driver.apply({}));
    QVERIFY(driver.finds(100));
    // Found while typing, opened with Enter.
    driver.shortcut(Qt::Key_J, Qt::ControlModifier);
    auto *dialog = driver.window().findChild<SearchesDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    auto *find = dialog->findChild<QLineEdit *>(u"searchFind"_s);
    QTest::keyClicks(find, u"fail"_s);
    QCOMPARE(dialog->findChild<QPlainTextEdit *>(u"searchFilter"_s)->toPlainText(), failed);
    QTest::keyClick(find, Qt::Key_Return);
    QVERIFY(driver.finds(20));
    QCOMPARE(driver.edit().text(), failed);
    QTRY_VERIFY(!driver.window().findChild<SearchesDialog *>());
    // Another window of the case has them, too.
    QVERIFY(driver.reopen());
    QTRY_COMPARE_WITH_TIMEOUT(names(driver), QStringList({u"Cleo"_s, u"Phishing/Week 3/Failures"_s}), patience);
}

void SavedSearchesTest::everythingComesBack()
{
    CaseFile file;
    const store::SourceId other = file.addSource(u"Birch"_s);
    file.append(sampleEvents(0, 99));
    file.append(sampleEvents(100, 149), other);
    WindowDriver driver(file);
    QVERIFY(driver.open());
    FilterBar *bar = driver.events().filterBar();
    QTRY_COMPARE_WITH_TIMEOUT(bar->sources()->sources().size(), 2U, patience);
    BarState state;
    state.filter = failed;
    state.disabled = {{0, "severity eq \"WARN\"", false}};
    state.time = {TimeRangeChoice::Preset::Custom, {}, {sampleTime(0), sampleTime(140)}};
    state.sources = {other};
    bar->setState(state);
    QVERIFY(driver.finds(8));
    save(driver, u"All of it"_s, {});
    QTRY_COMPARE_WITH_TIMEOUT(names(driver).size(), 1, patience);
    bar->setState({});
    driver.events().searches()->openSearch(searches(driver).all().front().document.id);
    QCOMPARE(bar->state(), state);
    QVERIFY(driver.finds(8));
    state.time = {TimeRangeChoice::Preset::Relative, std::chrono::hours(36), {}};
    const SavedSearch read = readSearch(
        {searchKind, u"1"_s, {}, u"n"_s, bodyOf(state, driver.events().filterBar()->sources()->sources()), {}},
        driver.events().filterBar()->sources()->sources());
    QCOMPARE(read.state, state);
    // Where the source is not known, it says so and looks at all.
    const SavedSearch elsewhere
        = readSearch({searchKind, u"1"_s, {}, u"n"_s, bodyOf(state, bar->sources()->sources()), {}}, {});
    QVERIFY(elsewhere.problem.contains(u"Birch"_s));
    QVERIFY(elsewhere.state.sources.empty());
}

void SavedSearchesTest::longFilters()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QStringList addresses;
    for (int n = 0; n < 3000; ++n) {
        addresses << u"\"198.51.%1.%2\""_s.arg(n / 250).arg(n % 250);
    }
    addresses << u"\"203.0.113.4\""_s;
    BarState state;
    state.filter = u"client.ipAddress in ("_s + addresses.join(u", "_s) + u')';
    state.disabled = {{1, state.filter.toStdString(), false}};
    state.time = {TimeRangeChoice::Preset::Relative, std::chrono::hours(36), {}};
    driver.events().filterBar()->setState(state);
    save(driver, u"Addresses"_s, {});
    QTRY_COMPARE_WITH_TIMEOUT(names(driver).size(), 1, patience);
    driver.events().filterBar()->setState({});
    driver.events().searches()->openSearch(searches(driver).all().front().document.id);
    QCOMPARE(driver.events().filterBar()->state(), state);
    // One that no field could hold is not cut to one that it could.
    state.filter = u"ada "_s.repeated(60'000);
    state.disabled.clear();
    const SavedSearch read = readSearch({searchKind, u"1"_s, {}, u"n"_s, bodyOf(state, {}), {}}, {});
    QVERIFY2(read.problem.contains(u"characters that a filter may have"_s), qPrintable(read.problem));
    QCOMPARE(read.state.filter, state.filter);
}

void SavedSearchesTest::overwrittenAndBroughtBack()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(failed));
    save(driver, u"Mine"_s, {});
    QTRY_COMPARE_WITH_TIMEOUT(names(driver).size(), 1, patience);
    QVERIFY(driver.apply(u"cleo"_s));
    driver.shortcut(Qt::Key_S, Qt::ControlModifier);
    // It is the one that was saved before, so its name is there already.
    auto *dialog = driver.find<QDialog>(u"saveSearch"_s);
    auto *button = dialog->findChild<QPushButton *>(u"saveSearchButton"_s);
    QCOMPARE(dialog->findChild<QLineEdit *>(u"searchName"_s)->text(), u"Mine"_s);
    QCOMPARE(button->text(), u"Replace"_s);
    QVERIFY(!dialog->findChild<QLabel *>(u"saveNote"_s)->text().isEmpty());
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(searches(driver).all().front().state.filter, u"cleo"_s, patience);
    QCOMPARE(names(driver).size(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(searches(driver).canUndo(), patience);
    searches(driver).undo();
    QTRY_COMPARE_WITH_TIMEOUT(searches(driver).all().front().state.filter, failed, patience);
    searches(driver).undo();
    QTRY_VERIFY_WITH_TIMEOUT(names(driver).isEmpty(), patience);
    QVERIFY(!searches(driver).canUndo());
}

void SavedSearchesTest::inOrder()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    for (const QString &name : {u"One"_s, u"Two"_s, u"Three"_s}) {
        searches(driver).save(u"Old"_s, name, {});
    }
    QTRY_COMPARE_WITH_TIMEOUT(names(driver).size(), 3, patience);
    driver.shortcut(Qt::Key_J, Qt::ControlModifier);
    auto *dialog = driver.window().findChild<SearchesDialog *>();
    QTreeView *tree = dialog->tree();
    dialog->select(searches(driver).findByName(u"Old"_s, u"Two"_s)->document.id);
    // F2 and a new name.
    tree->setFocus();
    tree->edit(tree->currentIndex());
    auto *editor = tree->findChild<QLineEdit *>();
    QVERIFY(editor);
    editor->selectAll();
    QTest::keyClicks(editor, u"Second"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(names(driver), QStringList({u"Old/One"_s, u"Old/Second"_s, u"Old/Three"_s}), patience);
    // A name that is taken is refused, and said.
    searches(driver).rename(searches(driver).findByName(u"Old"_s, u"One"_s)->document.id, u"three"_s);
    QVERIFY(dialog->findChild<QLabel *>(u"searchesTold"_s)->text().contains(u"three"_s));
    // A folder stands for all that is in it.
    tree->setCurrentIndex(tree->model()->index(0, 0));
    QCOMPARE(dialog->selectedIds().size(), 3);
    searches(driver).move(dialog->selectedIds(), u"New/Deep"_s);
    QTRY_COMPARE_WITH_TIMEOUT(names(driver).front(), u"New/Deep/One"_s, patience);
    dialog->select(searches(driver).findByName(u"New/Deep"_s, u"One"_s)->document.id);
    driver.activate();
    dialog->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(dialog, patience));
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(names(driver).size(), 2, patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        dialog->findChild<QLabel *>(u"searchesTold"_s)->text().contains(u"was deleted"_s), patience);
    QTest::keyClick(tree, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(names(driver).size(), 3, patience);
    searches(driver).undo();
    QTRY_COMPARE_WITH_TIMEOUT(names(driver).front(), u"Old/One"_s, patience);
    searches(driver).undo();
    QTRY_VERIFY_WITH_TIMEOUT(names(driver).contains(u"Old/Two"_s), patience);
}

void SavedSearchesTest::shared()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    BarState state;
    state.filter = failed;
    searches(driver).save(u"Team"_s, u"Failures"_s, state);
    searches(driver).save({}, u"Everything"_s, {});
    QTRY_COMPARE_WITH_TIMEOUT(names(driver).size(), 2, patience);
    SearchesDialog *dialog = driver.events().searches()->showSearches();
    auto *told = dialog->findChild<QLabel *>(u"searchesTold"_s);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"searches.json"_s);
    dialog->exportTo(path, {});
    QTRY_COMPARE_WITH_TIMEOUT(told->text(), u"2 searches were exported."_s, patience);
    // Into the same case: nothing is doubled.
    dialog->importFrom(path);
    QTRY_COMPARE_WITH_TIMEOUT(told->text(), u"0 searches were imported. 2 were here already."_s, patience);
    // Into another one.
    CaseFile second;
    second.append(sampleEvents(0, 9));
    WindowDriver other(second);
    QVERIFY(other.open());
    SearchesDialog *there = other.events().searches()->showSearches();
    there->importFrom(path);
    QTRY_COMPARE_WITH_TIMEOUT(names(other), QStringList({u"Everything"_s, u"Team/Failures"_s}), patience);
    // One that was changed here comes as a copy.
    QTRY_VERIFY_WITH_TIMEOUT(searches(other).canUndo(), patience);
    searches(other).save(u"Team"_s, u"Failures"_s, {});
    QTRY_COMPARE_WITH_TIMEOUT(searches(other).findByName(u"Team"_s, u"Failures"_s)->state.filter, QString(), patience);
    there->importFrom(path);
    QTRY_COMPARE_WITH_TIMEOUT(
        names(other), QStringList({u"Everything"_s, u"Team/Failures"_s, u"Team/Failures (2)"_s}), patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        there->findChild<QLabel *>(u"searchesTold"_s)->text().startsWith(u"One search was imported."_s), patience);
    searches(other).undo();
    QTRY_COMPARE_WITH_TIMEOUT(names(other).size(), 2, patience);
}

void SavedSearchesTest::strangersFiles()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    SearchesDialog *dialog = driver.events().searches()->showSearches();
    auto *told = dialog->findChild<QLabel *>(u"searchesTold"_s);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"strange.json"_s);
    const auto write = [&](const QByteArray &bytes) {
        QFile out(path);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(bytes);
    };
    write("<html>");
    dialog->importFrom(path);
    QTRY_VERIFY_WITH_TIMEOUT(told->text().contains(u"strange.json"_s), patience);
    write(
        "{\"octotrail\":\"documents\",\"version\":1,\"documents\":["
        "{\"kind\":\"search\",\"name\":\"Wrong\",\"body\":{\"filter\":\"actor.id xx \\\"a\\\"\",\"time\":\"Never\","
        "\"switchedOff\":[{\"place\":-5,\"text\":\"((\"},7],\"sources\":[{\"uuid\":\"none\",\"name\":\"<b>x</b>\"}]}},"
        "{\"kind\":\"search\",\"name\":\"<img src=x>\",\"folder\":\"//a//\",\"body\":{\"filter\":\"uuid pr\","
        "\"time\":\"Relative\",\"seconds\":1e300}},{\"kind\":\"search\",\"name\":\"No JSON\",\"body\":\"{\"}]}");
    dialog->importFrom(path);
    QTRY_COMPARE_WITH_TIMEOUT(names(driver).size(), 2, patience);
    QVERIFY(searches(driver).findByName(u"a"_s, u"<img src=x>"_s));
    const SavedSearch *wrong = searches(driver).findByName({}, u"Wrong"_s);
    QVERIFY(wrong && !wrong->problem.isEmpty());
    QVERIFY(wrong->state.disabled.empty());
    // Opened, it stands in the field with what is wrong, and the query that ran goes on.
    driver.events().searches()->openSearch(wrong->document.id);
    QCOMPARE(driver.edit().text(), u"actor.id xx \"a\""_s);
    QVERIFY(driver.edit().hasError());
    QVERIFY(driver.finds(10));
}

void SavedSearchesTest::examples()
{
    CaseFile file;
    const SavedSearches anyOfThem(file.store()); // the examples come with them
    const auto read = exchange::readDocumentFile(u":/searches/examples.json"_s, searchKind);
    QVERIFY(read);
    QVERIFY(read->skipped.isEmpty());
    QVERIFY(read->documents.size() >= 5);
    for (const store::Document &document : read->documents) {
        const SavedSearch search = readSearch(document, {});
        QVERIFY2(search.problem.isEmpty(), qUtf8Printable(document.name + u": "_s + search.problem));
        QVERIFY(filter::parse(search.state.filter.toStdString()));
    }
}

void SavedSearchesTest::theMenu()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    auto *button = driver.find<QToolButton>(u"savedSearches"_s);
    BarState state;
    state.filter = failed;
    searches(driver).save({}, u"Failures & more"_s, state);
    QTRY_COMPARE_WITH_TIMEOUT(names(driver).size(), 1, patience);
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(chooseFromOpenMenu(u"Failures & more"_s));
    QVERIFY(driver.finds(20));
}

void SavedSearchesTest::copiedForOthers()
{
    CaseFile file;
    store::SourceConfig source;
    source.name = u"Larkspur"_s;
    source.origin = QUrl(u"https://larkspur.okta.com"_s);
    const auto put = file.store()->putSource(source);
    QTRY_VERIFY_WITH_TIMEOUT(put.isFinished(), patience);
    source = *put.result();
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(failed + u" and client.ipAddress cidr \"203.0.113.0/24\""_s));
    SearchActions *actions = driver.events().searches();
    QSignalSpy told(actions, &SearchActions::told);
    actions->copyConsoleUrl(source);
    QVERIFY(QApplication::clipboard()->text().startsWith(
        u"https://larkspur-admin.okta.com/report/system_log_2?search=outcome.result%20eq"_s));
    QVERIFY(told.takeFirst()[0].toString().contains(u"client.ipAddress cidr"_s)); // that Okta cannot do
    actions->copyCurl(source);
    QVERIFY(QApplication::clipboard()->text().contains(u"--data-urlencode 'filter=outcome.result eq \"FAILURE\"'"_s));
    QVERIFY(QApplication::clipboard()->text().contains(u"$OKTA_API_TOKEN"_s));
    told.clear();
    actions->copySql();
    QTRY_COMPARE_WITH_TIMEOUT(told.size(), 1, patience);
    QVERIFY(!told[0][1].toBool()); // SQL can do all of it
    QVERIFY(QApplication::clipboard()->text().contains(u"FROM events"_s));
    source.origin = QUrl(u"https://login.example.com"_s);
    actions->copyConsoleUrl(source);
    QVERIFY(told.takeLast()[1].toBool());
    // From the menu.
    Q_EMIT actions->copyMenu()->aboutToShow();
    QStringList entries;
    for (const QAction *action : actions->copyMenu()->actions()) {
        entries << action->text().remove(u'&');
    }
    QVERIFY2(entries.contains(u"SQL"_s), qUtf8Printable(entries.join(u'|')));
    QVERIFY(entries.filter(u"curl"_s).size() >= 1);
}

void SavedSearchesTest::models()
{
    SavedSearchModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy renamed(&model, &SavedSearchModel::renameRequested);
    std::vector<SavedSearch> list;
    for (int i = 0; i < 5; ++i) {
        SavedSearch search;
        search.document = {searchKind, QString::number(i), i % 2 ? u"a/b"_s : QString(), u"n%1"_s.arg(i), {}, {}};
        list.push_back(search);
    }
    model.setSearches(list);
    QCOMPARE(model.rowCount(), 4); // three, and a folder
    const QModelIndex index = model.indexOf(u"1"_s);
    QVERIFY(index.parent().parent().isValid());
    QVERIFY(!model.setData(index, u"other"_s));
    QCOMPARE(renamed.size(), 1);
    QCOMPARE(index.data().toString(), u"n1"_s);
    model.setSearches({});
    QCOMPARE(model.rowCount(), 0);
}

void SavedSearchesTest::namesForScreenReaders()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    searches(driver).save({}, u"One"_s, {});
    QTRY_COMPARE_WITH_TIMEOUT(names(driver).size(), 1, patience);
    SearchesDialog *dialog = driver.events().searches()->showSearches();
    for (const char *name : {"searchFind", "searchesTree", "searchFilter"}) {
        QVERIFY(!dialog->findChild<QWidget *>(QString::fromLatin1(name))->accessibleName().isEmpty());
    }
    for (const QAbstractButton *button : dialog->findChildren<QAbstractButton *>()) {
        const bool ofField = qobject_cast<QLineEdit *>(button->parentWidget());
        QVERIFY(ofField || !button->text().isEmpty() || !button->accessibleName().isEmpty());
    }
    QVERIFY(!driver.find<QToolButton>(u"savedSearches"_s)->accessibleName().isEmpty());
}

QTEST_MAIN(SavedSearchesTest)
#include "tst_saved_searches.moc"
