// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/PrivateFile.h"
#include "exchange/AlertExport.h"
#include "exchange/DocumentFile.h"
#include "exchange/Manifest.h"
#include "exchange/ProblemReport.h"

#include <QFile>
#include <QSaveFile>
#include <QTemporaryDir>
#include <QTest>
#include <functional>
#include <sys/stat.h>

using namespace octotrail;
using namespace octotrail::exchange;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(std::function<bool(QString)>)

/// Files that leave a case are for their owner alone, also where one was before that everybody may read.
class TestPrivateFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areForTheirOwnerAlone_data();
    void areForTheirOwnerAlone();
    void leavesWhatWasThereWhenItFails();
};

void TestPrivateFiles::areForTheirOwnerAlone_data()
{
    using Write = std::function<bool(QString)>;
    QTest::addColumn<Write>("write");
    const auto row = [](const char *name, const Write &write) { QTest::newRow(name) << write; };
    row("alerts as CSV",
        [](const QString &file) { return exportAlerts({store::Alert{}}, {}, AlertFormat::Csv, file).has_value(); });
    row("alerts as JSON",
        [](const QString &file) { return exportAlerts({store::Alert{}}, {}, AlertFormat::Json, file).has_value(); });
    row("saved searches", [](const QString &file) { return writeDocumentFile(file, {}).has_value(); });
    row("manifest", [](const QString &file) { return writeManifest(file, {}).has_value(); });
    row("problems of an import", [](const QString &file) {
        return writeProblemReport({{u"a.json"_s, 1, u"It is no JSON."_s}}, 1, file).has_value();
    });
}

void TestPrivateFiles::areForTheirOwnerAlone()
{
    QFETCH(std::function<bool(QString)>, write);
    const QTemporaryDir folder;
    const mode_t before = ::umask(0); // nothing but the program itself makes it private
    for (const bool isThere : {false, true}) {
        const QString name = folder.filePath(isThere ? u"old"_s : u"new"_s);
        if (isThere) {
            QFile old(name);
            QVERIFY(old.open(QIODevice::WriteOnly));
            old.write("old");
            old.close();
            QVERIFY(::chmod(QFile::encodeName(name).constData(), 0644) == 0);
        }
        QVERIFY(write(name));
        struct stat state = {};
        QCOMPARE(::stat(QFile::encodeName(name).constData(), &state), 0);
        QCOMPARE(state.st_mode & 0777U, 0600U);
        QVERIFY(state.st_size > 3);
    }
    ::umask(before);
}

void TestPrivateFiles::leavesWhatWasThereWhenItFails()
{
    const QTemporaryDir folder;
    QSaveFile nowhere(folder.filePath(u"no/such/folder"_s));
    QVERIFY(!event::writePrivately(nowhere, "bytes"));
    QVERIFY(!nowhere.errorString().isEmpty());

    const QString name = folder.filePath(u"kept"_s);
    QSaveFile first(name);
    QVERIFY(event::writePrivately(first, "kept"));
    {
        QSaveFile second(name);
        QVERIFY(event::openPrivately(second));
        second.write("half"); // and then it goes wrong: there is no commit
    }
    QFile file(name);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("kept"));
}

QTEST_GUILESS_MAIN(TestPrivateFiles)
#include "tst_private_files.moc"
