// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Dialogs.h"
#include "WindowDriver.h"
#include "ui/transfer/ExportDialog.h"
#include "ui/transfer/ImportDialog.h"
#include "ui/transfer/ProblemList.h"
#include "ui/transfer/TransferBar.h"
#include "ui/widgets/Banner.h"
#include "ui/window/TransferArea.h"

#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>
#include <sys/stat.h>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

bool write(QFile &file, const std::vector<std::string> &lines)
{
    return std::ranges::all_of(
        lines, [&file](const std::string &line) { return file.write(QByteArray::fromStdString(line) + '\n') > 0; });
}

/// The buttons of messages that lead to a list of problems.
QList<QAbstractButton *> problemButtons(WindowDriver &driver, const QString &title)
{
    QList<QAbstractButton *> found;
    for (const Banner *banner : driver.window().findChildren<Banner *>()) {
        for (QAbstractButton *button : banner->findChildren<QAbstractButton *>()) {
            if (banner->isVisible() && banner->text().startsWith(title)
                && button->text().remove(u'&') == u"Show the problems"_s) {
                found << button;
            }
        }
    }
    return found;
}

/// What the list says that the button leads to.
QStringList problems(QAbstractButton *button)
{
    QTest::mouseClick(button, Qt::LeftButton);
    auto *list = dialog<ProblemList>();
    QStringList lines;
    if (list) {
        const auto *tree = list->findChild<QTreeWidget *>();
        for (int row = 0; row < tree->topLevelItemCount(); ++row) {
            lines << tree->topLevelItem(row)->text(0) + u':' + tree->topLevelItem(row)->text(1);
        }
        list->close();
        QTest::qWait(0); // it deletes itself
    }
    return lines;
}

} // namespace

/// What the window tells of imports and exports when they have ended, however they did.
class TransfersTest : public QObject
{
    Q_OBJECT

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }

    /// Imports lines, and waits for the end.
    void import(WindowDriver &driver, const QString &name, const std::vector<std::string> &lines)
    {
        QFile archive(path(name));
        QVERIFY(archive.open(QIODevice::WriteOnly) && write(archive, lines));
        archive.close();
        QSignalSpy finished(driver.window().transfers(), &TransferArea::finished);
        driver.window().transfers()->importFiles({archive.fileName()});
        auto *ask = dialog<ImportDialog>();
        QVERIFY(ask);
        ask->accept();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(u"Octotrail"_s);
        QCoreApplication::setApplicationName(u"tst_transfers"_s);
    }
    void init() { QSettings().clear(); }

    void aCancelledImportTellsItsProblems();
    void whatComesLaterTakesNoProblemsAway();
};

void TransfersTest::aCancelledImportTellsItsProblems()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    // A pipe whose other end stays open: the import goes on until it is cancelled.
    const QString pipe = path(u"pipe"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    QFile writer(pipe);
    QVERIFY(writer.open(QIODevice::ReadWrite | QIODevice::Unbuffered));
    QSignalSpy finished(driver.window().transfers(), &TransferArea::finished);
    driver.window().transfers()->importFiles({pipe});
    auto *ask = dialog<ImportDialog>();
    QVERIFY(ask);
    ask->accept();
    QTRY_VERIFY_WITH_TIMEOUT(driver.window().transfers()->isBusy(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!driver.window().findChild<ImportDialog *>(), patience); // nor does its preview read on
    QVERIFY(write(writer, {"no event"}));
    int next = 10;
    const auto isTold = [&] {
        // One more of them makes a batch of those before.
        const bool isWritten = write(writer, sampleEvents(next, next + 99));
        next += 100;
        const auto labels = driver.find<TransferBar>(u"transferBar"_s)->findChildren<QLabel *>();
        return isWritten && std::ranges::any_of(labels, [](const QLabel *label) {
            return label->text().contains(u" 1 problems"_s);
        });
    };
    QVERIFY(QTest::qWaitFor(isTold, patience));
    QTest::mouseClick(driver.find<QPushButton>(u"cancelTransfer"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
    const auto outcome = finished.first().at(1).value<TransferJob::Outcome>();
    QCOMPARE(outcome.kind, TransferJob::Outcome::Kind::Cancelled);
    QVERIFY2(outcome.sentence.contains(u"was cancelled"_s), qUtf8Printable(outcome.sentence));
    QVERIFY2(outcome.sentence.contains(u"1 could not be read in full"_s), qUtf8Printable(outcome.sentence));
    const auto buttons = problemButtons(driver, u"Importing pipe"_s);
    QCOMPARE(buttons.size(), 1);
    QCOMPARE(problems(buttons.first()), QStringList{u"pipe:1"_s});
}

void TransfersTest::whatComesLaterTakesNoProblemsAway()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    import(driver, u"first.ndjson"_s, {"no event", sampleEvents(10, 10).front()});
    import(driver, u"second.ndjson"_s, {sampleEvents(11, 11).front(), "nor this"});
    import(driver, u"third.ndjson"_s, sampleEvents(12, 12));
    QVERIFY(driver.finds(13));
    driver.shortcut(Qt::Key_E, Qt::ControlModifier);
    auto *ask = dialog<ExportDialog>();
    QVERIFY(ask);
    QSignalSpy finished(driver.window().transfers(), &TransferArea::finished);
    ask->accept();
    chooseFile(path(u"all.ndjson"_s));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
    const auto ofFirst = problemButtons(driver, u"Importing first.ndjson"_s);
    const auto ofSecond = problemButtons(driver, u"Importing second.ndjson"_s);
    QCOMPARE(ofFirst.size(), 1);
    QCOMPARE(ofSecond.size(), 1);
    QCOMPARE(problems(ofFirst.first()), QStringList{u"first.ndjson:1"_s});
    QCOMPARE(problems(ofSecond.first()), QStringList{u"second.ndjson:2"_s});
    // Of those without problems the last one is told alone.
    int told = 0;
    for (const Banner *banner : driver.window().findChildren<Banner *>()) {
        told += banner->isVisible() && banner->text().startsWith(u"Exporting"_s) ? 1 : 0;
        QVERIFY(!banner->isVisible() || !banner->text().startsWith(u"Importing third"_s));
    }
    QCOMPARE(told, 1);
}

QTEST_MAIN(TransfersTest)
#include "tst_transfers.moc"
