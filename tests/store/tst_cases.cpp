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
#include <QTest>
#include <sys/stat.h>

using namespace octotrail;
using namespace octotrail::test;
using namespace Qt::StringLiterals;
using event::ErrorKind;
using store::CopyProgress;

namespace {

unsigned modeOf(const QString &file)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(file).constData(), &status) == 0 ? status.st_mode & 0777U : 0;
}

store::IntegrityReport verified(const std::shared_ptr<store::Store> &store)
{
    return must(store::Integrity(store).verify({}, {}, {}));
}

} // namespace

/// Copies of cases, and cases that are only read.
class TestCases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void copiesWhatIsOpen();
    void copiesAgainAndAgain();
    void keepsTheLockWhileItCopies();
    void replacesAFile();
    void refusesItself();
    void refusesACaseThatIsOpenElsewhere();
    void leavesNothingWhenStopped();
    void saysWhyItCannotCopy();
    void readsOnly();
    void readsWhatACrashLeft();
    void readsOnlyWhatIsThere();
    void knowsFilesByMoreThanTheirNames();
};

void TestCases::copiesWhatIsOpen()
{
    Case c;
    c.open();
    c.append(events(0, 3000));
    must(get(store::Annotations(c.shared()).edit({1}, {true, {u"phishing"_s}, {}, u"Look here."_s})));
    const QString copy = c.folder() + u"/copy.duckdb"_s;
    QList<CopyProgress> told;
    const auto report
        = must(store::saveCopy(c.shared(), copy, [&told](CopyProgress progress) { told << progress; }, {}));
    QCOMPARE(report.events, 3000);
    const QString head = must(get(store::Integrity(c.shared()).head()));
    QCOMPARE(report.head, head);
    QVERIFY(!told.isEmpty());
    QCOMPARE(told.last().step, CopyProgress::Step::Verifying);
    QCOMPARE(told.last().fraction, 1.0);
    QCOMPARE(modeOf(copy), 0600U);

    // The case goes on, the copy stays.
    c.append(events(3000, 10));
    QVERIFY(must(get(store::Integrity(c.shared()).head())) != head);
    const auto opened = must(store::Store::open(copy));
    const auto found = verified(opened);
    QVERIFY(found.isSound());
    QCOMPARE(found.head, head);
    QCOMPARE(found.events, 3000);
    const auto notes = must(get(store::Annotations(opened).list()));
    QCOMPARE(notes.size(), 1);
    QCOMPARE(notes.front().note, u"Look here."_s);
    QVERIFY(verified(c.shared()).isSound());
    // Of the making nothing is left over.
    QCOMPARE(QDir(c.folder()).entryList({u".octotrail*"_s}, QDir::AllEntries | QDir::Hidden), QStringList());
}

void TestCases::copiesAgainAndAgain()
{
    Case c;
    c.open();
    for (int i = 0; i < 5; ++i) {
        c.append(events(100 * i, 100));
        const QString copy = c.folder() + u"/copy%1.duckdb"_s.arg(i);
        QCOMPARE(must(store::saveCopy(c.shared(), copy, {}, {})).events, 100 * (i + 1));
    }
    c.reopen();
    QCOMPARE(verified(c.shared()).events, 500);
}

void TestCases::keepsTheLockWhileItCopies()
{
    Case c;
    c.open();
    c.append(events(0, 100));
    must(store::saveCopy(c.shared(), c.folder() + u"/copy.duckdb"_s, {}, {}));
    QProcess other;
    other.start(QStringLiteral(STORE_CHILD), {u"count"_s, c.file()});
    QVERIFY(other.waitForFinished());
    QCOMPARE(other.exitCode(), 1);
}

void TestCases::replacesAFile()
{
    Case c;
    c.open();
    c.append(events(0, 50));
    const QString copy = c.folder() + u"/copy.duckdb"_s;
    QFile old(copy);
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("an old file");
    old.close();
    QFile log(copy + u".wal"_s);
    QVERIFY(log.open(QIODevice::WriteOnly));
    log.write("the log of an old file");
    log.close();
    must(store::saveCopy(c.shared(), copy, {}, {}));
    QVERIFY(!log.exists());
    QCOMPARE(verified(must(store::Store::open(copy))).events, 50);
}

void TestCases::refusesItself()
{
    Case c;
    c.open();
    c.append(events(0, 50));
    const QString link = c.folder() + u"/link.duckdb"_s;
    const QString hard = c.folder() + u"/hard.duckdb"_s;
    QVERIFY(QFile::link(c.file(), link));
    QCOMPARE(::link(QFile::encodeName(c.file()).constData(), QFile::encodeName(hard).constData()), 0);
    for (const QString &name : {c.file(), link, hard}) {
        const auto copied = store::saveCopy(c.shared(), name, {}, {});
        QVERIFY(!copied);
        QCOMPARE(copied.error().kind, ErrorKind::Refused);
    }
    QCOMPARE(verified(c.shared()).events, 50);
}

void TestCases::refusesACaseThatIsOpenElsewhere()
{
    Case c;
    c.open();
    c.append(events(0, 50));
    Case other;
    other.open();
    other.append(events(0, 7));
    other.close();
    QProcess holder;
    holder.start(QStringLiteral(STORE_CHILD), {u"collect"_s, other.file()});
    QVERIFY(holder.waitForReadyRead());
    const auto copied = store::saveCopy(c.shared(), other.file(), {}, {});
    QVERIFY(!copied);
    QCOMPARE(copied.error().kind, ErrorKind::Locked);
    holder.kill();
    QVERIFY(holder.waitForFinished());
    other.open();
    QVERIFY(verified(other.shared()).isSound());
    QVERIFY(verified(other.shared()).events >= 7);
}

void TestCases::leavesNothingWhenStopped()
{
    Case c;
    c.open();
    c.append(events(0, 500));
    std::stop_source stop;
    const QString copy = c.folder() + u"/copy.duckdb"_s;
    const auto copied = store::saveCopy(
        c.shared(), copy, [&stop](CopyProgress) { stop.request_stop(); }, stop.get_token());
    QVERIFY(!copied);
    QCOMPARE(copied.error().kind, ErrorKind::Cancelled);
    QVERIFY(!QFile::exists(copy));
    QCOMPARE(QDir(c.folder()).entryList({u".octotrail*"_s}, QDir::AllEntries | QDir::Hidden), QStringList());
    c.append(events(500, 5));
}

void TestCases::saysWhyItCannotCopy()
{
    Case c;
    c.open();
    const auto nowhere = store::saveCopy(c.shared(), c.folder() + u"/no/such/copy.duckdb"_s, {}, {});
    QVERIFY(!nowhere);
    QCOMPARE(nowhere.error().kind, ErrorKind::Storage);
    QVERIFY2(nowhere.error().sentence.contains(u"copy.duckdb"_s), qPrintable(nowhere.error().sentence));
    QVERIFY(!store::saveCopy(c.shared(), c.folder(), {}, {}));
}

void TestCases::readsOnly()
{
    Case c;
    c.open();
    c.append(events(0, 200));
    c.close();
    const QByteArray before = content(c.file());
    {
        const auto store = must(store::openReadOnly(c.file()));
        QVERIFY(store::isReadOnly(*store));
        QCOMPARE(must(get(store->count(query("eventType pr")))), 200);
        QCOMPARE(searchAll(*store, query("eventType pr")).total, 200);
        QVERIFY(verified(store).isSound());
        const auto appended = get(store->append({1, events(200, 5), {}}));
        QVERIFY(!appended);
        QCOMPARE(appended.error().kind, ErrorKind::Refused);
        QVERIFY2(appended.error().sentence.contains(u"reading only"_s), qPrintable(appended.error().sentence));
        const auto noted = get(store::Annotations(store).edit({1}, {true, {}, {}, {}}));
        QVERIFY(!noted);
        QCOMPARE(noted.error().kind, ErrorKind::Refused);
        store::SourceConfig source;
        source.uuid = u"u"_s;
        source.name = u"n"_s;
        QCOMPARE(get(store->putSource(source)).error().kind, ErrorKind::Refused);
        // A copy of it can be written, and is as good as any.
        const QString copy = c.folder() + u"/copy.duckdb"_s;
        QCOMPARE(must(store::saveCopy(store, copy, {}, {})).events, 200);
        QCOMPARE(must(get(must(store::Store::open(copy))->append({1, events(200, 5), {}}))).inserted, 5);
    }
    QCOMPARE(content(c.file()), before);
    QVERIFY(!store::isReadOnly(*must(store::Store::open(c.file()))));
}

void TestCases::readsWhatACrashLeft()
{
    Case c;
    c.open();
    c.append(events(0, 200));
    // As a process that was killed leaves them: the file, and its log.
    const QString file = c.folder() + u"/crashed.duckdb"_s;
    QProcess cp;
    cp.start(u"cp"_s, {c.file(), file});
    QVERIFY(cp.waitForFinished());
    cp.start(u"cp"_s, {c.file() + u".wal"_s, file + u".wal"_s});
    QVERIFY(cp.waitForFinished());
    QVERIFY(QFileInfo(file + u".wal"_s).size() > 0);
    const QByteArray before = content(file);
    const auto store = must(store::openReadOnly(file));
    QCOMPARE(verified(store).events, 200);
    QCOMPARE(content(file), before);
}

void TestCases::readsOnlyWhatIsThere()
{
    const QTemporaryDir folder;
    const auto missing = store::openReadOnly(folder.filePath(u"none.duckdb"_s));
    QVERIFY(!missing);
    QVERIFY(!QFile::exists(folder.filePath(u"none.duckdb"_s)));
    QFile empty(folder.filePath(u"empty.duckdb"_s));
    QVERIFY(empty.open(QIODevice::WriteOnly));
    empty.close();
    const auto opened = store::openReadOnly(empty.fileName());
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Corrupt);
    QVERIFY(empty.exists());
}

void TestCases::knowsFilesByMoreThanTheirNames()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"a"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(QFile::link(file.fileName(), folder.filePath(u"b"_s)));
    QVERIFY(store::isSameFile(file.fileName(), folder.filePath(u"b"_s)));
    QVERIFY(store::isSameFile(file.fileName(), folder.path() + u"/./a"_s));
    QVERIFY(!store::isSameFile(file.fileName(), folder.filePath(u"c"_s)));
    QVERIFY(!store::isSameFile(file.fileName(), folder.path()));
}

QTEST_GUILESS_MAIN(TestCases)
#include "tst_cases.moc"
