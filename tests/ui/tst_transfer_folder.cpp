// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Dialogs.h"
#include "WindowDriver.h"
#include "ui/transfer/ExportDialog.h"
#include "ui/transfer/ImportDialog.h"
#include "ui/transfer/TransferFolder.h"
#include "ui/window/TransferArea.h"

#include <QDir>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

/// Where archives were, and exports went: the next dialog begins there.
class TransferFolderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(u"Octotrail"_s);
        QCoreApplication::setApplicationName(u"tst_transfer_folder"_s);
    }
    void init() { QSettings().clear(); }

    void beginsWithTheDocuments();
    void aFolderThatIsGoneIsForgotten();
    void importsAndExportsRememberIt();
};

void TransferFolderTest::beginsWithTheDocuments()
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    QCOMPARE(transferFolder(), QFileInfo(documents).isDir() ? documents : QDir::homePath());
}

void TransferFolderTest::aFolderThatIsGoneIsForgotten()
{
    const QString usual = transferFolder();
    {
        QTemporaryDir folder;
        rememberTransferFolder(folder.filePath(u"a.ndjson"_s));
        QCOMPARE(transferFolder(), folder.path());
    }
    QCOMPARE(transferFolder(), usual);
    // A file in the place of the folder is none.
    QTemporaryDir folder;
    QFile file(folder.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    rememberTransferFolder(folder.filePath(u"file/a.ndjson"_s));
    QCOMPARE(transferFolder(), usual);
}

void TransferFolderTest::importsAndExportsRememberIt()
{
    QTemporaryDir archives;
    QTemporaryDir exports;
    QFile archive(archives.filePath(u"a.ndjson"_s));
    QVERIFY(archive.open(QIODevice::WriteOnly));
    for (const std::string &event : sampleEvents(0, 9)) {
        archive.write(QByteArray::fromStdString(event) + '\n');
    }
    archive.close();
    CaseFile file;
    WindowDriver driver(file);
    QVERIFY(driver.open());
    TransferArea *area = driver.window().transfers();
    area->importFiles({archive.fileName()});
    auto *import = dialog<ImportDialog>();
    QVERIFY(import);
    import->accept();
    QVERIFY(driver.finds(10));
    // The next import begins there, and so does an export.
    area->askForImport();
    auto *chooser = dialog<QFileDialog>();
    QVERIFY(chooser);
    QCOMPARE(chooser->directory().absolutePath(), archives.path());
    chooser->reject();
    QTRY_VERIFY(!chooser->isVisible());
    QSignalSpy finished(area, &TransferArea::finished);
    driver.activate();
    driver.shortcut(Qt::Key_E, Qt::ControlModifier);
    auto *ask = dialog<ExportDialog>();
    QVERIFY(ask);
    ask->accept();
    QTRY_VERIFY(dialog<QFileDialog>());
    QCOMPARE(dialog<QFileDialog>()->directory().absolutePath(), archives.path());
    chooseFile(exports.filePath(u"out.ndjson"_s));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
    QCOMPARE(transferFolder(), exports.path());
}

QTEST_MAIN(TransferFolderTest)
#include "tst_transfer_folder.moc"
