// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/cases/CaseSettings.h"
#include "ui/events/DetailsPane.h"
#include "ui/events/SourceChoice.h"
#include "ui/events/TimeRangeChoice.h"
#include "ui/transfer/ExportDialog.h"
#include "ui/transfer/ImportDialog.h"
#include "ui/transfer/ProblemList.h"
#include "ui/widgets/Banner.h"
#include "ui/window/TransferArea.h"

#include <QApplication>
#include <QCheckBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

bool write(const QString &name, const std::vector<std::string> &lines)
{
    QFile file(name);
    bool done = file.open(QIODevice::WriteOnly);
    for (const std::string &line : lines) {
        done = done && file.write(QByteArray::fromStdString(line) + '\n') > 0;
    }
    return done;
}

QByteArray contents(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The dialog of that kind that is open.
template <class T>
T *dialog(WindowDriver &driver)
{
    T *found = nullptr;
    const bool there = QTest::qWaitFor(
        [&] {
            for (T *candidate : driver.window().findChildren<T *>()) {
                if (candidate->isVisible()) {
                    found = candidate;
                }
            }
            return found != nullptr;
        },
        patience);
    return there ? found : nullptr;
}

void pressButton(QDialog *dialog, const QString &text)
{
    for (QPushButton *button : dialog->findChildren<QPushButton *>()) {
        if (button->text().remove(u'&') == text) {
            QTest::mouseClick(button, Qt::LeftButton);
            return;
        }
    }
    QFAIL(qUtf8Printable(u"no button "_s + text));
}

/// Qt's own dialog, as if the file had been typed.
void chooseFile(QFileDialog *chooser, const QString &name)
{
    chooser->selectFile(name);
    QMetaObject::invokeMethod(chooser, "accept");
}

} // namespace

/// The window as a whole: what goes in and out, and what comes back when it is opened again.
class MainWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void comesBackAsItWasLeft();
    void strangeSettingsDoNoHarm();
    void filesAreDropped();
    void anImportThatHasProblemsTellsThem();
    void whatIsNoFileIsNotTaken();
    void anImportIsCancelled();
    void exportsWhatIsShown();
    void anExportIsCancelled();
    void anExportThatCannotBeWrittenSaysSo();

private:
    QTemporaryDir m_folder;
};

void MainWindowTest::initTestCase()
{
    QCoreApplication::setOrganizationName(u"Octotrail"_s);
    QCoreApplication::setApplicationName(u"tst_main_window"_s);
    QVERIFY(m_folder.isValid());
}

void MainWindowTest::init()
{
    QSettings().clear();
}

void MainWindowTest::comesBackAsItWasLeft()
{
    CaseFile file;
    file.addSource(u"Birch"_s);
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    driver.window().resize(1100, 760);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(u"outcome.result eq \"SUCCESS\""_s));
    QVERIFY(driver.finds(80));
    QTRY_VERIFY(driver.find<QToolButton>(u"sourceChoice"_s)->menu()->actions().size() > 3);
    QVERIFY(chooseFromButton(driver.find<QToolButton>(u"sourceChoice"_s), u"Acme"_s));
    QVERIFY(driver.finds(80));
    QHeaderView *header = driver.table().horizontalHeader();
    header->resizeSection(static_cast<int>(EventColumn::Actor), 222);
    header->moveSection(header->visualIndex(static_cast<int>(EventColumn::ClientIp)), 1);
    driver.table().columnActions().at(static_cast<int>(EventColumn::Location))->trigger();
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
        {header->sectionViewportPosition(static_cast<int>(EventColumn::Actor)) + 40, header->height() / 2});
    QVERIFY(driver.finds(80));
    auto *zone = driver.find<QToolButton>(u"timeZone"_s);
    QVERIFY(chooseFromButton(zone, zone->menu()->actions().at(1)->text()));
    driver.events().setDetailsBelow(false);
    driver.events().details()->setCurrentTab(1);
    const QSize size = driver.window().size();
    QVERIFY(driver.window().close());

    QVERIFY(driver.reopen());
    QCOMPARE(driver.window().size(), size);
    QCOMPARE(driver.edit().text(), u"outcome.result eq \"SUCCESS\""_s);
    QVERIFY(driver.finds(80));
    QCOMPARE(driver.events().filterBar()->sources()->chosen(), std::vector{file.source()});
    header = driver.table().horizontalHeader();
    QCOMPARE(header->sectionSize(static_cast<int>(EventColumn::Actor)), 222);
    QCOMPARE(header->visualIndex(static_cast<int>(EventColumn::ClientIp)), 1);
    QVERIFY(header->isSectionHidden(static_cast<int>(EventColumn::Location)));
    QVERIFY(!driver.table().columnActions().at(static_cast<int>(EventColumn::Location))->isChecked());
    QCOMPARE(header->sortIndicatorSection(), static_cast<int>(EventColumn::Actor));
    QTRY_COMPARE(driver.cell(0, EventColumn::Actor), u"ada@example.com"_s);
    QVERIFY(driver.events().filterBar()->timeDisplay().zone() == TimeDisplay::Zone::Local);
    QCOMPARE(driver.events().model().headerData(0, Qt::Horizontal).toString(), u"Time (local)"_s);
    QVERIFY(!driver.events().isDetailsBelow());
    QCOMPARE(driver.events().details()->currentTab(), 1);
    // What was used is in the history.
    QVERIFY(driver.edit().history().entries().contains(u"outcome.result eq \"SUCCESS\""_s));
    QCOMPARE(driver.events().filterBar()->timeRange()->preset(), TimeRangeChoice::Preset::All);
}

void MainWindowTest::strangeSettingsDoNoHarm()
{
    QSettings settings;
    settings.setValue("window/geometry", QByteArray("nonsense"));
    settings.setValue("window/view", 77);
    settings.setValue("events/columns", QByteArray("\x00\x01\x02", 3));
    settings.setValue("events/sortColumn", u"nothing"_s);
    settings.setValue("events/detailsTab", 9);
    settings.setValue("events/splitter", QByteArray("x"));
    CaseFile file;
    settings.beginGroup(caseGroup(file.store()->file()));
    settings.setValue("filter", u"outcome.result eq"_s); // never applied, then
    settings.setValue("range", u"Yesterday"_s);
    settings.endGroup();
    settings.sync();
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.reopen());
    QVERIFY(driver.events().isVisible());
    QVERIFY(driver.edit().hasError());
    for (int column = 0; column < eventColumnCount; ++column) {
        QCOMPARE(driver.table().isColumnHidden(column), column >= firstProfileColumn);
        QVERIFY(driver.table().isColumnHidden(column) || driver.table().columnWidth(column) > 0);
    }
}

void MainWindowTest::filesAreDropped()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    const QString archive = m_folder.filePath(u"Larkspur 2026.ndjson"_s);
    QVERIFY(write(archive, sampleEvents(5, 24)));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(archive)});
    QDragEnterEvent enter(QPoint(400, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&driver.window(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(400, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&driver.window(), &drop);
    QVERIFY(drop.isAccepted());
    auto *ask = dialog<ImportDialog>(driver);
    QVERIFY(ask);
    QCOMPARE(ask->sourceName(), u"Larkspur 2026"_s);
    auto *name = ask->findChild<QLineEdit *>(u"importSource"_s);
    QTest::keySequence(name, QKeySequence::SelectAll);
    QTest::keyClicks(name, u"Larkspur"_s);
    pressButton(ask, u"Import"_s);
    QVERIFY(driver.finds(25)); // live, ten were there, five twice
    QTRY_VERIFY(driver.window().findChild<Banner *>(u"banner-transfer"_s));
    auto *banner = driver.window().findChild<Banner *>(u"banner-transfer"_s);
    QVERIFY2(banner->text().contains(u"Imported 15 events; 5 were there already."_s), qUtf8Printable(banner->text()));
    QCOMPARE(banner->tone(), Tone::Good);
    QTRY_COMPARE(driver.cell(0, EventColumn::Source), u"Larkspur"_s);
    QVERIFY(!driver.window().transfers()->isBusy());
    QTest::mouseClick(banner->findChildren<QToolButton *>().last(), Qt::LeftButton);
    QTRY_VERIFY(!driver.window().findChild<Banner *>(u"banner-transfer"_s));
}

void MainWindowTest::anImportThatHasProblemsTellsThem()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    const QString archive = m_folder.filePath(u"broken.ndjson"_s);
    auto lines = sampleEvents(20, 24);
    lines.insert(lines.begin() + 2, "{\"uuid\": oops");
    QVERIFY(write(archive, lines));
    driver.window().transfers()->importFiles({archive});
    auto *ask = dialog<ImportDialog>(driver);
    QVERIFY(ask);
    QTest::keyClick(ask, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(driver.window().findChild<Banner *>(u"banner-problems-1"_s), patience);
    auto *banner = driver.window().findChild<Banner *>(u"banner-problems-1"_s);
    QCOMPARE(banner->tone(), Tone::Warning);
    QAbstractButton *show = nullptr;
    for (QAbstractButton *button : banner->findChildren<QAbstractButton *>()) {
        if (button->text().remove(u'&') == u"Show the problems"_s) {
            show = button;
        }
    }
    QVERIFY(show);
    QTest::mouseClick(show, Qt::LeftButton);
    auto *list = dialog<ProblemList>(driver);
    QVERIFY(list);
    auto *tree = list->findChild<QTreeWidget *>();
    QCOMPARE(tree->topLevelItemCount(), 1);
    QCOMPARE(tree->topLevelItem(0)->text(1), u"3"_s);
    list->close();
}

void MainWindowTest::whatIsNoFileIsNotTaken()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QMimeData data;
    data.setUrls({QUrl(u"https://example.com/archive.json"_s), QUrl::fromLocalFile(m_folder.path())});
    QDragEnterEvent enter(QPoint(400, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
    enter.ignore();
    QApplication::sendEvent(&driver.window(), &enter);
    QVERIFY(!enter.isAccepted());
}

void MainWindowTest::anImportIsCancelled()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    const QString archive = m_folder.filePath(u"long.ndjson"_s);
    QVERIFY(write(archive, sampleEvents(100, 30'099)));
    QSignalSpy finished(driver.window().transfers(), &TransferArea::finished);
    driver.window().transfers()->importFiles({archive});
    auto *ask = dialog<ImportDialog>(driver);
    QVERIFY(ask);
    pressButton(ask, u"Import"_s);
    auto *cancel = driver.find<QPushButton>(u"cancelTransfer"_s);
    QTRY_VERIFY(cancel->isVisible());
    QVERIFY(driver.window().transfers()->isBusy());
    QTest::mouseClick(cancel, Qt::LeftButton);
    QVERIFY(finished.wait(patience));
    const auto outcome = finished.first().at(1).value<TransferJob::Outcome>();
    QCOMPARE(outcome.kind, TransferJob::Outcome::Kind::Cancelled);
    QTRY_VERIFY(!driver.window().findChild<QPushButton *>(u"cancelTransfer"_s));
    // What has come in is in the table, once each.
    const auto count = file.store()->count({});
    QTRY_VERIFY(count.isFinished());
    QVERIFY(*count.result() < 30'010);
    QVERIFY(driver.finds(static_cast<int>(*count.result())));
}

void MainWindowTest::exportsWhatIsShown()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(u"outcome.result eq \"FAILURE\""_s));
    QVERIFY(driver.finds(20));
    driver.shortcut(Qt::Key_E, Qt::ControlModifier);
    auto *ask = dialog<ExportDialog>(driver);
    QVERIFY(ask);
    bool told = false;
    for (const QLabel *label : ask->findChildren<QLabel *>()) {
        told = told || label->text() == u"20 events that match the filter"_s;
    }
    QVERIFY(told);
    pressButton(ask, u"Choose file\u2026"_s);
    auto *chooser = dialog<QFileDialog>(driver);
    QVERIFY(chooser);
    const QString target = m_folder.filePath(u"failures.ndjson"_s);
    QSignalSpy finished(driver.window().transfers(), &TransferArea::finished);
    chooseFile(chooser, target);
    QVERIFY(finished.wait(patience));
    QByteArray expected; // as on the screen: the newest first, the bytes as received
    for (int n = 95; n >= 0; n -= 5) {
        expected += QByteArray::fromStdString(sampleEvents(n, n).front()) + '\n';
    }
    QCOMPARE(contents(target), expected);
    auto *banner = driver.window().findChild<Banner *>(u"banner-transfer"_s);
    QVERIFY(banner->text().contains(u"Exported 20 events"_s));

    // CSV with the table's columns alone. From the menu this time.
    for (QAction *action : driver.window().findChildren<QAction *>()) {
        if (action->text() == u"&Export\u2026"_s) {
            action->trigger();
        }
    }
    ask = dialog<ExportDialog>(driver);
    QVERIFY(ask);
    for (QRadioButton *format : ask->findChildren<QRadioButton *>()) {
        if (format->text().contains(u"CSV"_s)) {
            QTest::mouseClick(format, Qt::LeftButton, {}, QPoint(10, format->height() / 2));
        }
    }
    auto *only = ask->findChild<QCheckBox *>();
    QVERIFY(only->isEnabled());
    QTest::mouseClick(only, Qt::LeftButton, {}, QPoint(10, only->height() / 2));
    pressButton(ask, u"Choose file\u2026"_s);
    chooser = dialog<QFileDialog>(driver);
    QVERIFY(chooser);
    finished.clear();
    chooseFile(chooser, m_folder.filePath(u"failures"_s)); // the ending comes by itself
    QVERIFY(finished.wait(patience));
    const QList<QByteArray> lines = contents(m_folder.filePath(u"failures.csv"_s)).split('\n');
    QVERIFY(lines.first().startsWith("published,severity,eventType,displayMessage,actor.alternateId"));
    QCOMPARE(lines.size(), 22); // with the header, and nothing behind the last line's end
}

void MainWindowTest::anExportIsCancelled()
{
    CaseFile file;
    file.append(sampleEvents(0, 29'999));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.shortcut(Qt::Key_E, Qt::ControlModifier);
    auto *ask = dialog<ExportDialog>(driver);
    QVERIFY(ask);
    pressButton(ask, u"Choose file\u2026"_s);
    auto *chooser = dialog<QFileDialog>(driver);
    QVERIFY(chooser);
    const QString target = m_folder.filePath(u"cancelled.ndjson"_s);
    QSignalSpy finished(driver.window().transfers(), &TransferArea::finished);
    chooseFile(chooser, target);
    QTRY_VERIFY(driver.window().findChild<QPushButton *>(u"cancelTransfer"_s));
    QTest::mouseClick(driver.find<QPushButton>(u"cancelTransfer"_s), Qt::LeftButton);
    QVERIFY(finished.wait(patience));
    QCOMPARE(finished.first().at(1).value<TransferJob::Outcome>().kind, TransferJob::Outcome::Kind::Cancelled);
    QVERIFY(!QFile::exists(target));
    auto *banner = driver.window().findChild<Banner *>(u"banner-transfer"_s);
    QCOMPARE(banner->tone(), Tone::Warning);
    QVERIFY(banner->text().contains(u"No file was written"_s));
}

void MainWindowTest::anExportThatCannotBeWrittenSaysSo()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QSignalSpy finished(driver.window().transfers(), &TransferArea::finished);
    driver.window().transfers()->start(TransferJob::exportQuery(
        file.store(), {driver.events().query()}, u"/proc/nowhere/events.ndjson"_s, &driver.window()));
    QVERIFY(finished.wait(patience));
    auto *banner = driver.window().findChild<Banner *>(u"banner-transfer"_s);
    QCOMPARE(banner->tone(), Tone::Bad);
    QVERIFY2(banner->text().contains(u"/proc/nowhere"_s), qUtf8Printable(banner->text()));
}

QTEST_MAIN(MainWindowTest)
#include "tst_main_window.moc"
