// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Packing.h"
#include "Program.h"
#include "SampleEvents.h"

#include <QTemporaryDir>
#include <QTest>

using namespace octotrail::tests;
using namespace Qt::StringLiterals;

class TestFilterCommand : public QObject
{
    Q_OBJECT

private:
    QString file(const QByteArray &bytes, const QString &name)
    {
        QFile out(m_folder.filePath(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size()) {
            qFatal("cannot write");
        }
        return out.fileName();
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void printsMatchingLines()
    {
        QByteArray expected;
        for (int n = 0; n < 1000; n += 7) {
            expected += sampleEvent(n) + '\n';
        }
        const Outcome outcome = run({u"filter"_s, u"outcome.result eq \"FAILURE\""_s}, sampleLines(0, 1000));
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out, expected);
        QCOMPARE(outcome.err, QByteArray());
    }

    void linesStayAsTheyAre()
    {
        const QByteArray lines = "  " + sampleEvent(0) + " \t\r\n" + sampleEvent(1) + "\r\n\r\n" + sampleEvent(7);
        const Outcome outcome = run({u"filter"_s, u"outcome.result eq \"FAILURE\""_s}, lines);
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out, "  " + sampleEvent(0) + " \t\r\n" + sampleEvent(7) + '\n');
    }

    void readsFilesInOrder()
    {
        const Outcome outcome = run({u"filter"_s, u"uuid pr"_s, file(sampleLines(5, 10), u"b"_s),
            file(gzip(sampleLines(0, 5)), u"a.gz"_s), file(zstd(sampleLines(10, 12)), u"c.zst"_s)});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out, sampleLines(5, 10) + sampleLines(0, 5) + sampleLines(10, 12));
    }

    void words()
    {
        const Outcome outcome = run({u"filter"_s, u"OSLO user8@example.com"_s}, sampleLines(0, 200));
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out, sampleEvent(8) + '\n' + sampleEvent(8 + 4 * 37) + '\n');
    }

    void allOfAnArray()
    {
        const QByteArray array = "[\n" + sampleEvent(0) + ",\n" + sampleEvent(1) + "\n]";
        const Outcome outcome = run({u"filter"_s, u"client.geographicalContext.city eq \"Lyon\""_s}, array);
        QCOMPARE(outcome.out, sampleEvent(1) + '\n');
    }

    void nothingMatches()
    {
        const Outcome outcome = run({u"filter"_s, u"eventType eq \"none\""_s}, sampleLines(0, 10));
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out, QByteArray());
    }

    void linesThatAreNoObjects()
    {
        const Outcome outcome
            = run({u"filter"_s, u"not (eventType pr)"_s}, "what\n[]\n{\"a\":1}\n" + sampleLines(0, 1));
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out, QByteArray("{\"a\":1}\n"));
        QVERIFY2(outcome.err.contains("skipped 2 lines"), outcome.err.constData());
    }

    void syntaxErrors_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QByteArray>("column");
        QTest::newRow("no value") << u"eventType eq"_s << QByteArray("olumn 1");
        QTest::newRow("open bracket") << u"(eventType eq \"a\""_s << QByteArray("olumn");
        QTest::newRow("bad literal") << u"eventType eq abc"_s << QByteArray("olumn 14");
        QTest::newRow("bad network") << u"client.ipAddress cidr \"10.0.0.0/99\""_s << QByteArray("olumn 23");
    }

    void syntaxErrors()
    {
        QFETCH(QString, expression);
        QFETCH(QByteArray, column);
        const Outcome outcome = run({u"filter"_s, expression}, sampleLines(0, 3));
        QCOMPARE(outcome.code, 2);
        QCOMPARE(outcome.out, QByteArray());
        QVERIFY2(outcome.err.contains(column), outcome.err.constData());
    }

    void wrongUsage()
    {
        QCOMPARE(run({u"filter"_s}).code, 2);
        const Outcome missing = run({u"filter"_s, u"uuid pr"_s, m_folder.filePath(u"missing"_s)});
        QCOMPARE(missing.code, 2);
        QVERIFY(missing.err.contains("missing"));
        QCOMPARE(run({u"filter"_s, u"uuid pr"_s, u"--nonsense"_s}).code, 2);
    }

    void aFileNamedAsACommand()
    {
        const Outcome outcome = shell(
            u"cd \"$1\" && \"$0\" filter 'uuid pr' count"_s, {QFileInfo(file(sampleLines(0, 1), u"count"_s)).path()});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out, sampleLines(0, 1));
    }

    /// Lines of a live stream come out as they come in.
    void followsAStream()
    {
        const auto process = start({u"filter"_s, u"uuid pr"_s});
        for (int n = 0; n < 3; ++n) {
            process->write(sampleLines(n, n + 1));
            QTRY_VERIFY_WITH_TIMEOUT(process->waitForReadyRead(100) || process->canReadLine(), 10'000);
            QCOMPARE(process->readLine(), sampleLines(n, n + 1));
        }
        process->closeWriteChannel();
        QCOMPARE(finish(*process).code, 0);
    }

    void endsQuietlyWithItsReader()
    {
        const Outcome outcome = shell(u"\"$0\" filter 'uuid pr' \"$1\" | head -n 1; exit ${PIPESTATUS[0]}"_s,
            {file(sampleLines(0, 20'000), u"many"_s)});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out, sampleLines(0, 1));
        QCOMPARE(outcome.err, QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestFilterCommand)
#include "tst_filter_command.moc"
