// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Packing.h"
#include "Program.h"
#include "SampleEvents.h"
#include "store/Store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sys/stat.h>

using namespace octotrail;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;

/// import, export and count, and what all commands share.
class TestStoreCommands : public QObject
{
    Q_OBJECT

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QString storeFile() const { return path(u"case.duckdb"_s); }

    QString file(const QByteArray &bytes, const QString &name)
    {
        QFile out(path(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size()) {
            qFatal("cannot write");
        }
        return out.fileName();
    }

    Outcome inStore(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return run(QStringList{u"--store"_s, storeFile()} + arguments, input);
    }

    void importSamples(int count)
    {
        const Outcome outcome = inStore({u"import"_s, u"-"_s}, sampleLines(0, count));
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.lastMessage(), "imported " + QByteArray::number(count) + " events, 0 duplicates, 0 errors");
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void helpAndVersion()
    {
        const Outcome help = run({u"--help"_s});
        QCOMPARE(help.code, 0);
        for (const char *command : {"simulate", "collect", "import", "export", "count", "filter"}) {
            QVERIFY(help.out.contains(command));
        }
        const Outcome commandHelp = run({u"export"_s, u"--help"_s});
        QCOMPARE(commandHelp.code, 0);
        QVERIFY(commandHelp.out.contains("--fields"));
        const Outcome version = run({u"--version"_s});
        QCOMPARE(version.code, 0);
        QCOMPARE(version.out, QByteArray("octotrail " OCTOTRAIL_VERSION "\n"));
        QCOMPARE(version.err, QByteArray());
    }

    void wrongUsage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("unknown command") << QStringList{u"frobnicate"_s};
        QTest::newRow("unknown option") << QStringList{u"count"_s, u"--nonsense"_s};
        QTest::newRow("missing value") << QStringList{u"count"_s, u"--filter"_s};
        QTest::newRow("import of nothing") << QStringList{u"import"_s};
        QTest::newRow("bad time") << QStringList{u"count"_s, u"--since"_s, u"yesterday"_s};
        QTest::newRow("empty range") << QStringList{
            u"count"_s, u"--since"_s, u"2026-08-02"_s, u"--until"_s, u"2026-08-01"_s};
        QTest::newRow("bad filter") << QStringList{u"count"_s, u"--filter"_s, u"eventType eq"_s};
        QTest::newRow("words for a filter") << QStringList{u"count"_s, u"--filter"_s, u"just words"_s};
        QTest::newRow("bad field") << QStringList{u"count"_s, u"--by"_s, u"a..b"_s};
        QTest::newRow("unknown format") << QStringList{u"export"_s, u"--format"_s, u"xlsx"_s};
        QTest::newRow("no format") << QStringList{u"export"_s};
        QTest::newRow("Parquet to standard output") << QStringList{u"export"_s, u"--format"_s, u"parquet"_s};
        QTest::newRow("bad fields") << QStringList{u"export"_s, u"--format"_s, u"csv"_s, u"--fields"_s, u"uuid,a..b"_s};
        QTest::newRow("missing file") << QStringList{u"import"_s, u"/no/such/file.json"_s};
        QTest::newRow("demo with a command") << QStringList{u"--demo"_s, u"count"_s};
    }

    void wrongUsage()
    {
        QFETCH(QStringList, arguments);
        importSamples(1);
        const Outcome outcome = inStore(arguments);
        QCOMPARE(outcome.code, 2);
        QCOMPARE(outcome.out, QByteArray());
        QVERIFY(!outcome.err.isEmpty());
        QCOMPARE(inStore({u"count"_s}).out, QByteArray("1\n"));
    }

    void noDisplay()
    {
        const Outcome outcome = run({u"--store"_s, storeFile()});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.contains("display"), outcome.err.constData());
    }

    void roundTrip()
    {
        importSamples(2000);
        const Outcome outcome = inStore({u"export"_s, u"--format"_s, u"ndjson"_s});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out, sampleLines(0, 2000));
        const Outcome again = inStore({u"import"_s, u"-"_s}, outcome.out + sampleLines(2000, 2010));
        QCOMPARE(again.code, 0);
        QCOMPARE(again.lastMessage(), QByteArray("imported 10 events, 2000 duplicates, 0 errors"));
    }

    void theStoreStandsBeforeOrBehindTheCommand()
    {
        importSamples(3);
        QCOMPARE(run({u"--store"_s, storeFile(), u"count"_s}).out, QByteArray("3\n"));
        QCOMPARE(run({u"count"_s, u"--store"_s, storeFile()}).out, QByteArray("3\n"));
    }

    void theStoreOfTheApplication()
    {
        const QStringList home{u"XDG_DATA_HOME="_s + path(u"data"_s)};
        const Outcome before = run({u"count"_s}, {}, home);
        QCOMPARE(before.code, 1);
        QCOMPARE(run({u"import"_s, u"-"_s}, sampleLines(0, 4), home).code, 0);
        QCOMPARE(run({u"count"_s}, {}, home).out, QByteArray("4\n"));
    }

    void importsEveryForm()
    {
        const QByteArray array = "[" + sampleLines(10, 20).trimmed().replace('\n', ',') + "]";
        const Outcome outcome = inStore({u"import"_s, file(sampleLines(0, 10), u"a.ndjson"_s), file(array, u"b.json"_s),
            file(gzip(sampleLines(20, 30)), u"c.gz"_s), file(zstd(sampleLines(30, 40)), u"d"_s), u"--source"_s,
            u"x"_s});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.lastMessage(), QByteArray("imported 40 events, 0 duplicates, 0 errors"));
        QCOMPARE(outcome.out, QByteArray());
        QCOMPARE(inStore({u"count"_s, u"--by"_s, u"source"_s}).out, QByteArray("x\t40\n"));
    }

    void importsAroundBadLines()
    {
        const QString name = file("nonsense\n" + sampleLines(0, 2) + "{\"broken\n" + sampleLines(2, 3), u"bad"_s);
        const Outcome outcome = inStore({u"import"_s, name});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.lastMessage(), QByteArray("imported 4 events, 0 duplicates, 2 errors"));
        QVERIFY2(outcome.err.contains("bad, line 1: "), outcome.err.constData());
        QVERIFY2(outcome.err.contains("bad, line 4: "), outcome.err.constData());
    }

    void importsWhatIsNoArchive()
    {
        const Outcome garbage = inStore({u"import"_s,
            file("\x7f"
                 "ELF\n\n\x01\x02",
                u"garbage"_s)});
        QCOMPARE(garbage.code, 2);
        QCOMPARE(garbage.lastMessage(), QByteArray("imported 0 events, 0 duplicates, 1 errors"));
        const Outcome cut = inStore({u"import"_s, file(gzip(sampleLines(0, 50)).chopped(20), u"cut.gz"_s)});
        QCOMPARE(cut.code, 2);
        QVERIFY(cut.err.contains("ends too early"));
        QCOMPARE(inStore({u"import"_s, m_folder->path()}).code, 2);
    }

    void anInterruptedImportKeepsWhatItStored()
    {
        const QString skipped = path(u"skipped.csv"_s);
        const auto process
            = start({u"--store"_s, storeFile(), u"import"_s, u"-"_s, u"--source"_s, u"x"_s, u"--report"_s, skipped});
        // More than a batch, and then silence.
        const QByteArray lines = "nonsense\n" + sampleLines(0, 20'000);
        process->write(lines);
        QTRY_COMPARE_WITH_TIMEOUT((process->waitForBytesWritten(100), process->bytesToWrite()), 0, 30'000);
        ::kill(static_cast<pid_t>(process->processId()), SIGINT);
        const Outcome outcome = finish(*process);
        QCOMPARE(outcome.code, 1);
        QVERIFY(outcome.lastMessage().startsWith("imported "));
        const QByteArray stored = outcome.lastMessage().split(' ')[1];
        QVERIFY(stored.toInt() > 0);
        QCOMPARE(inStore({u"count"_s}).out, stored + '\n');
        // What was skipped by then is told, and reported.
        QVERIFY2(outcome.lastMessage().endsWith(", 1 errors"), outcome.err.constData());
        QVERIFY2(outcome.err.contains("line 1: "), outcome.err.constData());
        QFile report(skipped);
        QVERIFY(report.open(QIODevice::ReadOnly));
        QCOMPARE(report.readAll().count('\n'), 2);
    }

    /// Killed at ten moments, each time when it has read more, and started again: none lost, none twice.
    void anImportSurvivesBeingKilled()
    {
        constexpr int kills = 10;
        constexpr int piece = 1'000;
        constexpr int many = kills * piece;
        QRandomGenerator random(QRandomGenerator::global()->generate());
        int stored = 0;
        for (int i = 0; i < kills; ++i) {
            const auto process = start({u"--store"_s, storeFile(), u"import"_s, u"-"_s});
            for (int read = 0; read <= i; ++read) {
                QTest::qWait(random.bounded(1, 400)); // in which what was read before may be committed
                process->write(sampleLines(read * piece, (read + 1) * piece));
                QTRY_COMPARE_WITH_TIMEOUT((process->waitForBytesWritten(100), process->bytesToWrite()), 0, 60'000);
            }
            QTest::qWait(random.bounded(1, 100));
            QCOMPARE(process->state(), QProcess::Running);
            process->kill();
            QVERIFY(process->waitForFinished());
            const Outcome counted = inStore({u"count"_s});
            QVERIFY2(counted.code == 0, counted.err.constData());
            QVERIFY(counted.out.toInt() >= stored);
            stored = counted.out.toInt();
        }
        const QByteArray lines = sampleLines(0, many);
        const Outcome last = inStore({u"import"_s, file(lines, u"log.ndjson"_s)});
        QVERIFY2(last.code == 0, last.err.constData());
        qInfo("the last run %s", last.lastMessage().constData());
        QCOMPARE(last.lastMessage(),
            QByteArray("imported " + QByteArray::number(many - stored) + " events, " + QByteArray::number(stored)
                + " duplicates, 0 errors"));
        QCOMPARE(inStore({u"count"_s}).out, QByteArray::number(many) + '\n');
        QVERIFY(inStore({u"export"_s, u"--format"_s, u"ndjson"_s}).out == lines);
        QCOMPARE(inStore({u"verify"_s}).code, 0);
    }

    void counts()
    {
        importSamples(700);
        QCOMPARE(inStore({u"count"_s}).out, QByteArray("700\n"));
        QCOMPARE(inStore({u"count"_s, u"--filter"_s, u"outcome.result eq \"FAILURE\""_s}).out, QByteArray("100\n"));
        QCOMPARE(inStore({u"count"_s, u"--search"_s, u"user3@example.com oslo"_s}).out, QByteArray("5\n"));
        QCOMPARE(
            inStore({u"count"_s, u"--since"_s, u"2026-08-01T00:01:40Z"_s, u"--until"_s, u"2026-08-01T02:05:00+02:00"_s})
                .out,
            QByteArray("200\n"));
        QCOMPARE(inStore({u"count"_s, u"--by"_s, u"outcome.result"_s}).out, QByteArray("SUCCESS\t600\nFAILURE\t100\n"));
        QCOMPARE(inStore({u"count"_s, u"--by"_s, u"outcome.reason"_s, u"--filter"_s, u"severity eq \"INFO\""_s}).out,
            QByteArray("\t600\nINVALID_CREDENTIALS\t100\n"));
        QCOMPARE(inStore({u"count"_s, u"--filter"_s, u"eventType eq \"none\""_s}).out, QByteArray("0\n"));
    }

    void aValueCannotLeaveItsLine()
    {
        const Outcome imported = inStore({u"import"_s, u"-"_s},
            "{\"uuid\":\"a\",\"published\":\"2026-08-01T00:00:00Z\",\"displayMessage\":\"a\\tb\\nc\\u001b[2J\"}");
        QCOMPARE(imported.code, 0);
        QCOMPARE(inStore({u"count"_s, u"--by"_s, u"displayMessage"_s}).out, QByteArray("a b c [2J\t1\n"));
    }

    void exportsChosenEvents()
    {
        importSamples(100);
        const Outcome outcome
            = inStore({u"export"_s, u"--format"_s, u"ndjson"_s, u"--filter"_s, u"outcome.result eq \"FAILURE\""_s,
                u"--since"_s, u"2026-08-01T00:00:10Z"_s, u"--until"_s, u"2026-08-01T00:00:30Z"_s});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out, sampleEvent(14) + '\n' + sampleEvent(21) + '\n' + sampleEvent(28) + '\n');
        QCOMPARE(outcome.err, QByteArray("exported 3 events\n"));
    }

    /// Whatever order they arrived in.
    void exportsNewestLast()
    {
        QCOMPARE(inStore({u"import"_s, u"-"_s}, sampleLines(50, 100)).code, 0);
        QCOMPARE(inStore({u"import"_s, u"-"_s}, sampleLines(0, 50)).code, 0);
        QCOMPARE(inStore({u"export"_s, u"--format"_s, u"ndjson"_s}).out, sampleLines(0, 100));
    }

    void exportsCsv()
    {
        importSamples(2);
        const Outcome outcome = inStore(
            {u"export"_s, u"--format"_s, u"csv"_s, u"--fields"_s, u"published,actor.alternateId,target.displayName"_s});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out,
            QByteArray("published,actor.alternateId,target.displayName\r\n"
                       "2026-08-01T00:00:00.000Z,user0@example.com,\"Salesforce, Inc.; Everyone\"\r\n"
                       "2026-08-01T00:00:01.001Z,user1@example.com,\"Salesforce, Inc.; Everyone\"\r\n"));
    }

    void exportsJson()
    {
        importSamples(5);
        const auto array = QJsonDocument::fromJson(inStore({u"export"_s, u"--format"_s, u"json"_s}).out).array();
        QCOMPARE(array.size(), 5);
        QCOMPARE(array[3], QJsonValue(QJsonDocument::fromJson(sampleEvent(3)).object()));
    }

    void exportsToFiles()
    {
        importSamples(20);
        for (const QString &name : {u"out.ndjson"_s, u"out.csv"_s, u"out.json"_s, u"out.parquet"_s}) {
            const Outcome outcome = inStore({u"export"_s, u"-o"_s, path(name)});
            QCOMPARE(outcome.code, 0);
            QCOMPARE(outcome.out, QByteArray());
            QCOMPARE(outcome.lastMessage(), QByteArray("exported 20 events"));
            struct stat status
            {
            };
            QCOMPARE(::stat(QFile::encodeName(path(name)).constData(), &status), 0);
            QCOMPARE(status.st_mode & 0777, 0600U);
            QVERIFY(status.st_size > 0);
            QVERIFY(QFile::exists(path(name) + u".manifest.json"_s));
        }
        QCOMPARE(inStore({u"export"_s, u"--no-manifest"_s, u"-o"_s, path(u"alone.csv"_s)}).code, 0);
        QVERIFY(QFile::exists(path(u"alone.csv"_s)) && !QFile::exists(path(u"alone.csv.manifest.json"_s)));
        QFile lines(path(u"out.ndjson"_s));
        QVERIFY(lines.open(QIODevice::ReadOnly));
        QCOMPARE(lines.readAll(), sampleLines(0, 20));
        QCOMPARE(inStore({u"export"_s, u"-o"_s, path(u"no/folder/out.csv"_s)}).code, 1);
    }

    void endsQuietlyWithItsReader()
    {
        importSamples(5000);
        const Outcome outcome = shell(
            u"\"$0\" --store \"$1\" export --format ndjson | head -n 1; exit ${PIPESTATUS[0]}"_s, {storeFile()});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out, sampleLines(0, 1));
        QCOMPARE(outcome.err, QByteArray());
    }

    void aDiskThatIsFull()
    {
        if (!QFileInfo::exists(u"/dev/full"_s)) {
            QSKIP("There is no /dev/full here.");
        }
        importSamples(100);
        const Outcome outcome = shell(u"\"$0\" --store \"$1\" export --format ndjson > /dev/full"_s, {storeFile()});
        QCOMPARE(outcome.code, 1);
        QVERIFY(!outcome.err.isEmpty());
    }

    void storesThatCannotBeUsed()
    {
        const QString missing = path(u"missing.duckdb"_s);
        for (const QStringList &command :
            {QStringList{u"count"_s}, QStringList{u"export"_s, u"--format"_s, u"csv"_s}}) {
            const Outcome outcome = run(command + QStringList{u"--store"_s, missing});
            QCOMPARE(outcome.code, 1);
            QVERIFY(outcome.err.contains("missing.duckdb"));
        }
        QVERIFY(!QFile::exists(missing));

        const QByteArray foreign = "SQLite format 3 and so on\n" + QByteArray(8192, 'x');
        const QString foreignFile = file(foreign, u"foreign.db"_s);
        for (const QStringList &command :
            {QStringList{u"count"_s}, QStringList{u"import"_s, file(sampleLines(0, 1), u"one"_s)}}) {
            const Outcome outcome = run(QStringList{u"--store"_s, foreignFile} + command);
            QCOMPARE(outcome.code, 1);
            QVERIFY(!outcome.err.isEmpty());
        }
        QFile untouched(foreignFile);
        QVERIFY(untouched.open(QIODevice::ReadOnly));
        QCOMPARE(untouched.readAll(), foreign);

        QCOMPARE(run({u"--store"_s, u"/dev/null/case.duckdb"_s, u"import"_s, u"-"_s}, sampleLines(0, 1)).code, 1);
    }

    void verifies()
    {
        importSamples(50);
        const Outcome first = inStore({u"verify"_s});
        QCOMPARE(first.code, 0);
        const QRegularExpression form(u"^sound 50 events, 1 entries, head ([0-9a-f]{64})\\n$"_s);
        const auto match = form.match(QString::fromUtf8(first.out));
        QVERIFY2(match.hasMatch(), first.out.constData());

        QCOMPARE(inStore({u"import"_s, u"-"_s}, sampleLines(50, 60)).code, 0);
        QCOMPARE(inStore({u"verify"_s, u"--bytes-only"_s, u"--head"_s, match.captured(1)}).code, 0);
        const Outcome other = inStore({u"verify"_s, u"--head"_s, QString(64, u'0')});
        QCOMPARE(other.code, 1);
        QVERIFY(other.out.startsWith("altered 60 events"));
        QVERIFY(other.err.contains("noted down"));
        QCOMPARE(inStore({u"verify"_s, u"--head"_s, u"xyz"_s}).code, 2);
    }

    void aStoreThatIsOpenElsewhere()
    {
        importSamples(1);
        const auto here = store::Store::open(storeFile());
        QVERIFY(here);
        const Outcome outcome = inStore({u"count"_s});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(!outcome.err.trimmed().isEmpty(), outcome.err.constData());
    }

    /// A locale without UTF-8 changes neither texts nor file names.
    void aPlainLocale()
    {
        const Outcome imported
            = run({u"--store"_s, path(u"häuser.duckdb"_s), u"import"_s, u"-"_s, u"--source"_s, u"Zoë"_s},
                sampleLines(0, 2), {u"LC_ALL=C"_s});
        QCOMPARE(imported.code, 0);
        QCOMPARE(imported.err, QByteArray("imported 2 events, 0 duplicates, 0 errors\n"));
        const Outcome counted
            = run({u"--store"_s, path(u"häuser.duckdb"_s), u"count"_s, u"--by"_s, u"source"_s}, {}, {u"LC_ALL=C"_s});
        QCOMPARE(counted.out, QByteArray("Zo\xc3\xab\t2\n"));
    }
};

QTEST_GUILESS_MAIN(TestStoreCommands)
#include "tst_store_commands.moc"
