// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ImportWorld.h"
#include "Packing.h"
#include "SampleEvents.h"

#include <QTest>
#include <QtEndian>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace octotrail;
using namespace Qt::StringLiterals;

namespace {

/// What the address sanitizer holds back of memory that was given back, to see who still uses it.
#ifdef __SANITIZE_ADDRESS__
constexpr qint64 heldBack = qint64{256} << 20;
#else
constexpr qint64 heldBack = 0;
#endif

/// The most memory that this process has had, in bytes.
qint64 peakMemory()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return qint64{usage.ru_maxrss} << 10;
}

/// Whether another process would find the file locked.
bool isLocked(const QString &name)
{
    const QByteArray encoded = QFile::encodeName(name);
    const pid_t child = ::fork();
    if (child == 0) {
        const int descriptor = ::open(encoded.constData(), O_RDWR | O_CLOEXEC);
        struct flock lock
        {
        };
        lock.l_type = F_WRLCK;
        lock.l_whence = SEEK_SET;
        ::_exit(descriptor >= 0 && ::fcntl(descriptor, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? 0 : 1);
    }
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace

class TestHostileArchives : public QObject
{
    Q_OBJECT

private:
    static void compareSentence(const exchange::ImportReport &report, const QString &part)
    {
        for (const auto &problem : report.problems) {
            if (problem.sentence.contains(part)) {
                return;
            }
        }
        QFAIL(qPrintable(u"No problem says \"%1\"; the first: %2"_s.arg(
            part, report.problems.isEmpty() ? QString() : report.problems.front().sentence)));
    }

private Q_SLOTS:
    void zipThatIsCutOff_data()
    {
        QTest::addColumn<int>("percent");
        QTest::newRow("in its list") << 100;
        QTest::newRow("in its second file") << 70;
        QTest::newRow("in its first file") << 30;
        QTest::newRow("in its first header") << 0;
    }

    void zipThatIsCutOff()
    {
        QFETCH(int, percent);
        tests::ImportWorld world;
        const QByteArray whole
            = tests::zip({{"a.ndjson", tests::sampleLines(0, 1000)}, {"b.ndjson", tests::sampleLines(1000, 2000)}});
        const auto cut = world.importBytes(whole.left(std::max<qsizetype>(10, (whole.size() - 40) * percent / 100)));
        QVERIFY(cut);
        QVERIFY(cut->damagedFiles > 0);
        compareSentence(*cut, u"It may have been cut off"_s);
        QVERIFY(tests::sampleLines(0, 2000).startsWith(world.exported()));
        const qint64 least = percent == 100 ? 2000 : percent == 70 ? 1000 : percent == 30 ? 100 : 0;
        QVERIFY2(cut->totals.events >= least, qPrintable(QString::number(cut->totals.events)));
        QVERIFY(cut->totals.events < 2000 || percent == 100);
        const auto again = world.importBytes(whole);
        QVERIFY(again);
        QCOMPARE(again->totals.errors, 0);
        QCOMPARE(world.exported(), tests::sampleLines(0, 2000));
    }

    void zipWithDamagedData()
    {
        tests::ImportWorld world;
        QByteArray bytes
            = tests::zip({{"a.ndjson", tests::sampleLines(0, 1000)}, {"b.ndjson", tests::sampleLines(1000, 1100)}});
        for (qsizetype at = bytes.size() / 2; at < bytes.size() / 2 + 50; ++at) {
            bytes[at] = '\xff';
        }
        const auto report = world.importBytes(bytes);
        QVERIFY(report);
        QCOMPARE(report->damagedFiles, 1);
        compareSentence(*report, u"a.ndjson"_s);
        QVERIFY(world.exported().contains(tests::sampleEvent(1050)));
        QVERIFY(world.exported().startsWith(tests::sampleLines(0, 100)));
    }

    void bomb_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray good = tests::sampleLines(0, 10);
        const QByteArray empty = good + QByteArray(100 << 20, ' ');
        QTest::newRow("gzip") << tests::gzip(empty);
        QTest::newRow("zstd") << tests::zstd(empty);
        QTest::newRow("zip") << tests::zip({{"a", empty}, {"b", "x"}});
        QTest::newRow("gzip in zip") << tests::zip({{"a", tests::gzip(empty)}});
        QTest::newRow("zip without its list") << tests::zip({{"a", empty}}).chopped(30);
    }

    void bomb()
    {
        QFETCH(QByteArray, bytes);
        tests::ImportWorld world;
        const qint64 before = peakMemory();
        const auto report = world.importBytes(bytes);
        QVERIFY(report);
        QVERIFY(report->damagedFiles > 0);
        compareSentence(*report, u"500 times"_s);
        QCOMPARE(world.exported(), tests::sampleLines(0, 10));
        QVERIFY2(
            peakMemory() - before < (qint64{128} << 20) + heldBack, qPrintable(QString::number(peakMemory() - before)));
    }

    void zipOfTooManyFiles()
    {
        tests::ImportWorld world;
        QByteArray bytes
            = tests::zip({{"a.ndjson", tests::sampleLines(0, 10)}, {"b.ndjson", tests::sampleLines(10, 20)}});
        const qsizetype end = bytes.lastIndexOf("PK\x05\x06");
        qToLittleEndian<quint16>(50'000, bytes.data() + end + 8);
        qToLittleEndian<quint16>(50'000, bytes.data() + end + 10);
        const auto report = world.importBytes(bytes);
        QVERIFY(report);
        QCOMPARE(report->damagedFiles, 1);
        compareSentence(*report, u"more than 20000 files"_s);
        QCOMPARE(world.exported(), tests::sampleLines(0, 20));
    }

    void namesInZip()
    {
        tests::ImportWorld world;
        const auto report = world.importBytes(tests::zip(
            {{"../../../tmp/\x1b[31mevil\n.json", "garbage\n"}, {QByteArray("n").repeated(5000), "garbage\n"}}));
        QVERIFY(report);
        QCOMPARE(report->problems.size(), 2);
        for (const auto &problem : report->problems) {
            QVERIFY(!problem.file.contains(u'\x1b'));
            QVERIFY(!problem.file.contains(u'\n'));
            QVERIFY(problem.file.size() < 500);
        }
    }

    /// A hole in a file costs nothing to make.
    void aLineOfAGigabyte()
    {
        tests::ImportWorld world;
        QFile file(world.folder().filePath(u"long"_s));
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.write(tests::sampleEvent(0) + "\n{\"uuid\":\"");
        QVERIFY(file.resize(qint64{1} << 30));
        file.seek(file.size());
        file.write("\"}\n" + tests::sampleEvent(1) + '\n');
        file.close();
        const qint64 before = peakMemory();
        const auto report = world.import({file.fileName()});
        QVERIFY(report);
        QCOMPARE(report->totals.events, 2);
        QCOMPARE(report->totals.errors, 1);
        QCOMPARE(report->problems.front().line, 2);
        compareSentence(*report, u"16 MB"_s);
        QVERIFY2(
            peakMemory() - before < (qint64{128} << 20) + heldBack, qPrintable(QString::number(peakMemory() - before)));
    }

    void nesting_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("kept");
        const QByteArray sound = "{\"uuid\":\"deep\",\"published\":\"2026-08-01T00:00:00Z\",\"x\":";
        QTest::newRow("arrays") << sound + QByteArray(10'000, '[') + QByteArray(10'000, ']') + "}" << 1;
        QTest::newRow("objects") << sound + QByteArray("{\"a\":").repeated(10'000) + "1" + QByteArray(10'001, '}') << 1;
        QTest::newRow("wrappers") << QByteArray("{\"_source\":").repeated(10'000) + "1" + QByteArray(10'000, '}') << 1;
        QTest::newRow("never closed") << QByteArray("{\"event\":").repeated(10'000) << 1;
    }

    void nesting()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, kept);
        tests::ImportWorld world;
        const auto report = world.importBytes(bytes + '\n' + tests::sampleEvent(1) + '\n');
        QVERIFY(report);
        QCOMPARE(report->totals.events, kept + 1);
        QVERIFY(world.exported().contains(bytes + '\n'));
        QVERIFY(world.exported().contains(tests::sampleEvent(1) + '\n'));
    }

    void bytesThatAreNoText()
    {
        tests::ImportWorld world;
        QByteArray invalid = tests::sampleEvent(0);
        invalid.replace("Oslo", "Os\xff\xc3");
        QByteArray nul = tests::sampleEvent(1);
        nul.replace("Lyon", QByteArray("L\0n", 3));
        const auto report = world.importBytes("{\"_source\":" + invalid + "}\n" + "{\"result\":" + nul + "}\n"
            + QByteArray(4000, '\0') + '\n' + tests::sampleEvent(2) + '\n');
        QVERIFY(report);
        QCOMPARE(report->totals.errors, 3);
        QCOMPARE(report->totals.events, 3);
        QVERIFY(world.exported().contains(invalid));
        QVERIFY(world.exported().contains(nul));
        QVERIFY(world.exported().contains(tests::sampleEvent(2) + '\n'));
    }

    void keysThatOccurTwice()
    {
        tests::ImportWorld world;
        const QByteArray twice = "{\"uuid\":\"one\",\"published\":\"2026-08-01T00:00:00Z\",\"eventType\":\"a\","
                                 "\"eventType\":\"b\",\"uuid\":\"two\"}\n";
        const auto report = world.importBytes(twice + twice + tests::sampleEvent(1));
        QVERIFY(report);
        QCOMPARE(report->totals.events, 2);
        QCOMPARE(report->totals.duplicates, 1);
        QVERIFY(world.exported().contains(twice));
        const auto header
            = world.importBytes("uuid,uuid,timestamp,event_type,actor,actor.id\na,b,2026-08-01T00:00:00Z,x,y,z\n");
        QVERIFY(header);
        QCOMPARE(header->totals.events, 1);
    }

    void csvThatIsCutOff()
    {
        tests::ImportWorld world;
        const auto report
            = world.importBytes("uuid,timestamp,event_type\na,2026-08-01T00:00:00Z,x\nb,2026-08-01T00:00:00Z,\"y");
        QVERIFY(report);
        QCOMPARE(report->totals.events, 1);
        QCOMPARE(report->damagedFiles, 1);
        compareSentence(*report, u"cut off"_s);
    }

    void cellsWithoutEnd()
    {
        tests::ImportWorld world;
        const qint64 before = peakMemory();
        const auto report
            = world.importBytes("uuid,timestamp,event_type\na,2026-08-01T00:00:00Z,x\n" + QByteArray(40 << 20, ',')
                + "\nb,2026-08-01T00:00:00Z,\"" + QByteArray(40 << 20, 'y') + "\"\nc,2026-08-01T00:00:00Z,z\n");
        QVERIFY(report);
        QCOMPARE(report->totals.events, 2);
        QCOMPARE(report->totals.errors, 2);
        QVERIFY2(
            peakMemory() - before < (qint64{256} << 20) + heldBack, qPrintable(QString::number(peakMemory() - before)));
    }

    void filesThatAreNoArchives_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("part");
        QTest::newRow("picture") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR{}", 18) << u"no archive of events"_s;
        QTest::newRow("PDF") << QByteArray("%PDF-1.7\n{}\n") << u"no archive of events"_s;
        QTest::newRow("program") << QByteArray("\x7f"
                                               "ELF\2\1\1\0\0\0\0\0\0\0\0\0\0",
            17) << u"no archive of events"_s;
        QTest::newRow("Parquet") << QByteArray("PAR1\x15\x04\x15\x10PAR1PAR1PAR1") << u"Parquet"_s;
        QTest::newRow("UTF-16") << QByteArray("\xff\xfe{\0}\0", 6) << u"UTF-16"_s;
        QTest::newRow("text") << QByteArray("nothing of the kind\n") << u"no JSON object"_s;
        QTest::newRow("zip in gzip") << tests::gzip(tests::zip({{"a", "b"}})) << u"zip archive"_s;
    }

    void filesThatAreNoArchives()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, part);
        tests::ImportWorld world;
        const auto report = world.importBytes(bytes);
        QVERIFY(report);
        QCOMPARE(report->totals.events, 0);
        QCOMPARE(report->totals.errors, 1);
        compareSentence(*report, part);
    }

    void theOpenCase()
    {
        tests::ImportWorld world;
        QVERIFY(world.importBytes(tests::sampleLines(0, 10)));
        const QString link = world.folder().filePath(u"link"_s);
        QVERIFY(QFile::link(world.store().file(), link));
        QVERIFY(isLocked(world.store().file()));
        for (const QString &name : {world.store().file(), link}) {
            const auto report = world.import({name});
            QVERIFY(!report);
            QCOMPARE(report.error().kind, event::ErrorKind::InvalidInput);
            QVERIFY(report.error().sentence.contains(u"open case itself"_s));
        }
        // Its lock stays: another process must not write to it.
        QVERIFY(isLocked(world.store().file()));
    }

    void anotherCase()
    {
        tests::ImportWorld world;
        const QString other = world.folder().filePath(u"other.duckdb"_s);
        QVERIFY(store::Store::open(other));
        const auto report = world.import({other});
        QVERIFY(report);
        compareSentence(*report, u"it is a case"_s);
        QCOMPARE(report->totals.events, 0);
    }
};

QTEST_GUILESS_MAIN(TestHostileArchives)
#include "tst_hostile_archives.moc"
