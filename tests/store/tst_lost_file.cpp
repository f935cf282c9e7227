// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"
#include "store/Annotations.h"
#include "store/Cases.h"
#include "store/Integrity.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace octotrail;
using namespace octotrail::test;
using namespace Qt::StringLiterals;
using event::ErrorKind;

namespace {

event::Error refusedAppend(Case &c, int from)
{
    const auto report = get(c.store().append({1, events(from, 10), {}}));
    return report ? event::Error{ErrorKind::Internal, u"it was stored"_s, 0} : report.error();
}

#define VERIFY_REFUSED(error, text)                                                                                    \
    QCOMPARE((error).kind, ErrorKind::Storage);                                                                        \
    QVERIFY2((error).sentence.contains(text), qPrintable((error).sentence))

} // namespace

/// Stores whose file somebody takes away, and disks that have no room.
class TestLostFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void storesNothingInAFileThatWasRemoved();
    void goesOnWhenTheFileIsPutBack();
    void leavesTheFileAloneThatTookItsPlace();
    void leavesTheLogOfAnotherStoreAlone();
    void saysThatTheFileWasCutOff();
    void doesNotMindALogThatWasRemoved();
    void closesAfterTheFolderIsGone();
    void goesOnWhenADiskHasRoomAgain();
    void goesOnWhenAQuotaHasRoomAgain();

private:
    static void checkThatItWentOn(const QString &output);
};

void TestLostFile::storesNothingInAFileThatWasRemoved()
{
    Case c;
    c.open();
    c.append(events(0, 3000));
    c.append(events(3000, 20));
    QVERIFY(QFile::remove(c.file()));
    const event::Error error = refusedAppend(c, 4000);
    VERIFY_REFUSED(error, u"removed"_s);
    QVERIFY(error.sentence.contains(c.file()));
    const auto noted = get(store::Annotations(c.shared()).edit({1}, {true, {}, {}, u"Look here."_s}));
    QVERIFY(!noted);
    VERIFY_REFUSED(noted.error(), u"removed"_s);
    // What was stored can be read, and saved: even where it was.
    QCOMPARE(must(get(c.store().count({}))), 3020);
    QCOMPARE(must(store::saveCopy(c.shared(), c.folder() + u"/copy.duckdb"_s, {}, {})).events, 3020);
    QCOMPARE(must(store::saveCopy(c.shared(), c.file(), {}, {})).events, 3020);
    VERIFY_REFUSED(refusedAppend(c, 4000), u"Another file"_s);
    c.reopen();
    QCOMPARE(must(get(c.store().count({}))), 3020);
    c.append(events(4000, 10));
    QVERIFY(must(store::Integrity(c.shared()).verify({}, {}, {})).isSound());
}

void TestLostFile::goesOnWhenTheFileIsPutBack()
{
    Case c;
    c.open();
    c.append(events(0, 3000));
    const QString away = c.folder() + u"/away.duckdb"_s;
    QVERIFY(QFile::rename(c.file(), away));
    VERIFY_REFUSED(refusedAppend(c, 3000), u"moved away"_s);
    QVERIFY(QFile::rename(away, c.file()));
    c.append(events(3000, 10));
    c.reopen();
    QCOMPARE(must(get(c.store().count({}))), 3010);
}

void TestLostFile::leavesTheFileAloneThatTookItsPlace()
{
    Case other;
    other.open();
    other.append(events(0, 50));
    other.close();
    Case c;
    c.open();
    c.append(events(0, 3000));
    const QString away = c.folder() + u"/away.duckdb"_s;
    QVERIFY(QFile::rename(c.file(), away));
    QVERIFY(QFile::copy(other.file(), c.file()));
    const QByteArray before = content(c.file());
    VERIFY_REFUSED(refusedAppend(c, 3000), u"Another file"_s);
    c.close();
    QCOMPARE(content(c.file()), before);
    const auto moved = must(store::Store::open(away));
    QCOMPARE(must(get(moved->count({}))), 3000);
}

/// Another process has opened the file that took the place, and has written to its log.
void TestLostFile::leavesTheLogOfAnotherStoreAlone()
{
    Case other;
    other.open();
    other.append(events(0, 50));
    Case c;
    c.open();
    c.append(events(0, 3000));
    const QString log = c.file() + u".wal"_s;
    QVERIFY(QFile::rename(c.file(), c.folder() + u"/away.duckdb"_s));
    QFile::rename(log, c.folder() + u"/away.duckdb.wal"_s);
    // As it stands while it is open.
    QVERIFY(QProcess::execute(u"cp"_s, {other.file(), c.file()}) == 0);
    QVERIFY(QProcess::execute(u"cp"_s, {other.file() + u".wal"_s, log}) == 0);
    const QByteArray before = content(log);
    QVERIFY(!before.isEmpty());
    VERIFY_REFUSED(refusedAppend(c, 3000), u"Another file"_s);
    QVERIFY(!store::saveCopy(c.shared(), c.folder() + u"/copy.duckdb"_s, {}, {}));
    c.close();
    QCOMPARE(content(log), before);
    const auto replaced = must(store::Store::open(c.file()));
    QCOMPARE(must(get(replaced->count({}))), 50);
    const auto moved = must(store::Store::open(c.folder() + u"/away.duckdb"_s));
    QCOMPARE(must(get(moved->count({}))), 3000);
}

void TestLostFile::saysThatTheFileWasCutOff()
{
    Case c;
    c.open();
    c.append(events(0, 20'000));
    c.reopen();
    QVERIFY(QProcess::execute(u"truncate"_s, {u"--size=300000"_s, c.file()}) == 0);
    VERIFY_REFUSED(refusedAppend(c, 20'000), u"cut the end off"_s);
    // What cannot be read is an error, not a crash, nor no events.
    const auto report = store::Integrity(c.shared()).verify({}, {}, {});
    if (report) {
        QVERIFY(!report->isSound());
    } else {
        QVERIFY2(report.error().sentence.contains(c.file()), qPrintable(report.error().sentence));
    }
    c.close();
    const auto opened = store::Store::open(c.file());
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Corrupt);
}

void TestLostFile::doesNotMindALogThatWasRemoved()
{
    Case c;
    c.open();
    c.append(events(0, 3000));
    const QString log = c.file() + u".wal"_s;
    QVERIFY(QFileInfo(log).size() > 0);
    QVERIFY(QFile::remove(log));
    c.append(events(3000, 10));
    // As a process leaves it that is killed now.
    const QString copy = c.folder() + u"/copy.duckdb"_s;
    QVERIFY(QProcess::execute(u"cp"_s, {c.file(), copy}) == 0);
    if (QFileInfo::exists(log)) {
        QVERIFY(QProcess::execute(u"cp"_s, {log, copy + u".wal"_s}) == 0);
    }
    const auto killed = must(store::Store::open(copy));
    QCOMPARE(must(get(killed->count({}))), 3010);
    c.reopen();
    QCOMPARE(must(get(c.store().count({}))), 3010);
    QVERIFY(must(store::Integrity(c.shared()).verify({}, {}, {})).isSound());
}

void TestLostFile::closesAfterTheFolderIsGone()
{
    Case c;
    c.open();
    c.append(events(0, 3000));
    QVERIFY(QDir(c.folder()).removeRecursively());
    VERIFY_REFUSED(refusedAppend(c, 3000), u"removed"_s);
    QCOMPARE(must(get(c.store().count({}))), 3000);
    c.close();
    QVERIFY(!QFile::exists(c.file()));
}

/// What was acknowledged is there, the sentence says what to do, and with room there is more.
void TestLostFile::checkThatItWentOn(const QString &output)
{
    static const QRegularExpression pattern(u"full (\\d+) (\\d+) ([^\n]+)\nsound (\\d+)\nthen (\\d+)"_s);
    const QRegularExpressionMatch match = pattern.match(output);
    QVERIFY2(match.hasMatch(), qPrintable(output));
    QCOMPARE(match.captured(2).toInt(), static_cast<int>(ErrorKind::DiskFull));
    QVERIFY2(match.captured(3).contains(u"no room left"_s), qPrintable(output));
    QVERIFY(match.captured(1).toInt() > 0);
    QCOMPARE(match.captured(4), match.captured(1));
    QCOMPARE(match.captured(5).toInt(), match.captured(1).toInt() + 500);
}

/// On a small file system of its own, which is full like any other.
void TestLostFile::goesOnWhenADiskHasRoomAgain()
{
    const QTemporaryDir folder;
    QProcess child;
    child.setProcessChannelMode(QProcess::MergedChannels);
    child.start(u"unshare"_s,
        {u"--user"_s, u"--map-root-user"_s, u"--mount"_s, u"sh"_s, u"-c"_s,
            u"mount -t tmpfs -o size=16m none \"$1\" || exit 77; exec \"$2\" fill-disk \"$1/case.duckdb\""_s, u"sh"_s,
            folder.path(), QStringLiteral(STORE_CHILD)});
    QVERIFY2(child.waitForFinished(60'000), qPrintable(child.errorString()));
    const QString output = QString::fromUtf8(child.readAll());
    if (child.exitCode() == 77 || output.startsWith(u"unshare:"_s)) {
        QSKIP("users may not mount here");
    }
    QVERIFY2(child.exitStatus() == QProcess::NormalExit && child.exitCode() == 0, qPrintable(output));
    checkThatItWentOn(output);
}

void TestLostFile::goesOnWhenAQuotaHasRoomAgain()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("a sanitizer wants to be loaded first");
#endif
    const QTemporaryDir folder;
    QProcess child;
    child.setProcessChannelMode(QProcess::MergedChannels);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LD_PRELOAD"_s, QStringLiteral(STORE_QUOTA));
    environment.insert(u"QUOTA_FOLDER"_s, QFileInfo(folder.path()).canonicalFilePath());
    environment.insert(u"QUOTA_BYTES"_s, u"16000000"_s);
    child.setProcessEnvironment(environment);
    child.start(QStringLiteral(STORE_CHILD), {u"fill-disk"_s, folder.filePath(u"case.duckdb"_s)});
    QVERIFY2(child.waitForFinished(60'000), qPrintable(child.errorString()));
    const QString output = QString::fromUtf8(child.readAll());
    QVERIFY2(child.exitStatus() == QProcess::NormalExit && child.exitCode() == 0, qPrintable(output));
    checkThatItWentOn(output);
}

QTEST_GUILESS_MAIN(TestLostFile)
#include "tst_lost_file.moc"
