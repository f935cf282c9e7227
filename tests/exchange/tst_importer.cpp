// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ImportWorld.h"
#include "Packing.h"
#include "SampleEvents.h"

#include <QFile>
#include <QTest>
#include <optional>
#include <thread>
#include <unistd.h>

using namespace octotrail;
using namespace Qt::StringLiterals;

class TestImporter : public QObject
{
    Q_OBJECT

private:
    QString file(const QByteArray &bytes, const QString &name = u"events"_s) { return m_world->file(bytes, name); }
    event::Result<exchange::ImportReport> import(const QStringList &files) { return m_world->import(files); }
    event::Result<exchange::ImportReport> importBytes(const QByteArray &bytes) { return m_world->importBytes(bytes); }
    QByteArray exported() { return m_world->exported(); }

    std::optional<tests::ImportWorld> m_world;

private Q_SLOTS:
    void init() { m_world.emplace(); }
    void cleanup() { m_world.reset(); }

    void everyForm_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray lines = tests::sampleLines(0, 500);
        QByteArray array = "[\n" + lines.trimmed().replace("\n", ",\n") + "\n]";
        QTest::newRow("NDJSON") << lines;
        QTest::newRow("NDJSON with mark, CRLF, blank lines, no last line end")
            << "\xef\xbb\xbf" + QByteArray(lines).replace("\n", "\r\n\r\n").trimmed();
        QTest::newRow("array") << array;
        QTest::newRow("array on one line") << QByteArray(array).replace("\n", "");
        QTest::newRow("array, CRLF, mark") << "\xef\xbb\xbf" + QByteArray(array).replace("\n", "\r\n");
        QTest::newRow("gzip of NDJSON") << tests::gzip(lines);
        QTest::newRow("zstd of NDJSON") << tests::zstd(lines);
        QTest::newRow("gzip of array") << tests::gzip(array);
        QTest::newRow("zstd of array") << tests::zstd(array);
        QTest::newRow("pages") << "[" + tests::sampleLines(0, 250).trimmed().replace('\n', ',') + "]\n["
                + tests::sampleLines(250, 500).trimmed().replace('\n', ',') + "]";
    }

    void everyForm()
    {
        QFETCH(QByteArray, bytes);
        const auto report = importBytes(bytes);
        QVERIFY2(report, report ? "" : qPrintable(report.error().sentence));
        QCOMPARE(report->totals.events, 500);
        QCOMPARE(report->totals.duplicates, 0);
        QCOMPARE(report->totals.errors, 0);
        QCOMPARE(report->totals.bytesRead, bytes.size());
        QCOMPARE(report->totals.bytesTotal, bytes.size());
        QVERIFY(report->problems.isEmpty());
        QCOMPARE(exported(), tests::sampleLines(0, 500));
    }

    void namesTheSource()
    {
        QVERIFY(importBytes(tests::sampleLines(0, 5)));
        QVERIFY(importBytes(tests::sampleLines(5, 10)));
        const auto sources = m_world->store().sources().result();
        QVERIFY(sources);
        QCOMPARE(sources->size(), 1);
        QCOMPARE(sources->front().name, u"archive"_s);
        QVERIFY(!sources->front().collects);
        const auto counts = m_world->store().counts(sources->front().id).result();
        QVERIFY(counts);
        QCOMPARE(counts->events, 10);
    }

    void addsNothingTwice()
    {
        QVERIFY(importBytes(tests::sampleLines(0, 300)));
        const auto again = import({file(tests::sampleLines(100, 400)), file(tests::sampleLines(0, 50), u"second"_s)});
        QVERIFY(again);
        QCOMPARE(again->totals.events, 100);
        QCOMPARE(again->totals.duplicates, 250);
        QCOMPARE(exported(), tests::sampleLines(0, 400));
    }

    void duplicatesInOneFile()
    {
        const auto report = importBytes(tests::sampleLines(0, 100) + tests::sampleLines(50, 150));
        QVERIFY(report);
        QCOMPARE(report->totals.events, 150);
        QCOMPARE(report->totals.duplicates, 50);
    }

    void malformedLinesCostThemselvesOnly()
    {
        const QByteArray bytes = tests::sampleEvent(0) + "\nnot json\n" + tests::sampleEvent(1) + "\n{\"uuid\":\"x\",\n"
            + tests::sampleEvent(2) + "\n[1]\n{\"no\":\"uuid\"}\n" + tests::sampleEvent(3);
        const auto report = importBytes(bytes);
        QVERIFY(report);
        QCOMPARE(report->totals.events, 6);
        QCOMPARE(report->totals.errors, 4);
        QCOMPARE(report->damagedFiles, 0);
        QList<qint64> lines;
        for (const auto &problem : report->problems) {
            lines.append(problem.line);
            QVERIFY(!problem.sentence.isEmpty());
            QVERIFY(problem.file.endsWith(u"events"_s));
        }
        QCOMPARE(lines, (QList<qint64>{2, 4, 6, 7}));
        const QByteArray kept = exported();
        QVERIFY(kept.contains("{\"uuid\":\"x\",\n"));
        QVERIFY(kept.contains("{\"no\":\"uuid\"}\n"));
        QVERIFY(!kept.contains("not json"));
        for (int n = 0; n < 4; ++n) {
            QVERIFY(kept.contains(tests::sampleEvent(n) + '\n'));
        }
    }

    void bytesThatAreNoText()
    {
        QByteArray invalid = tests::sampleEvent(0);
        invalid.replace("Oslo", "Os\xff\xc3");
        QByteArray nul = tests::sampleEvent(1);
        nul.replace("Lyon", QByteArray("L\0n", 3));
        const auto report
            = importBytes(invalid + '\n' + nul + '\n' + QByteArray(40, '\0') + '\n' + tests::sampleEvent(2));
        QVERIFY(report);
        QCOMPARE(report->totals.events, 3);
        QCOMPARE(report->totals.errors, 3);
        const QByteArray kept = exported();
        QVERIFY(kept.contains(invalid + '\n'));
        QVERIFY(kept.contains(nul + '\n'));
        QVERIFY(kept.contains(tests::sampleEvent(2) + '\n'));
    }

    void aLineOf20Megabytes()
    {
        const QByteArray big = "{\"uuid\":\"big\",\"x\":\"" + QByteArray(20 << 20, 'x') + "\"}";
        for (const QByteArray &bytes : {tests::sampleEvent(0) + '\n' + big + '\n' + tests::sampleEvent(1),
                 "[" + tests::sampleEvent(2) + ",\n" + big + ",\n" + tests::sampleEvent(3) + "]"}) {
            const auto report = importBytes(bytes);
            QVERIFY(report);
            QCOMPARE(report->totals.events, 2);
            QCOMPARE(report->totals.errors, 1);
            QCOMPARE(report->problems.front().line, 2);
            QVERIFY(report->problems.front().sentence.contains(u"16 MB"_s));
        }
    }

    void deepNesting()
    {
        const QByteArray deep = "{\"uuid\":\"deep\",\"published\":\"2026-08-01T00:00:00Z\",\"x\":"
            + QByteArray(10'000, '[') + QByteArray(10'000, ']') + "}";
        const auto report = importBytes(deep + '\n' + tests::sampleEvent(1) + '\n');
        QVERIFY(report);
        QCOMPARE(report->totals.events, 2);
        QVERIFY(exported().contains(deep + '\n'));
    }

    void cutOffArchive_data()
    {
        QTest::addColumn<QByteArray>("whole");
        QTest::newRow("gzip") << tests::gzip(tests::sampleLines(0, 2000));
        QTest::newRow("zstd") << tests::zstd(tests::sampleLines(0, 2000));
        QTest::newRow("array") << "[" + tests::sampleLines(0, 2000).trimmed().replace('\n', ',') + "]";
    }

    void cutOffArchive()
    {
        QFETCH(QByteArray, whole);
        const auto cut = importBytes(whole.left(whole.size() * 3 / 4));
        QVERIFY(cut);
        QCOMPARE(cut->damagedFiles, 1);
        QCOMPARE(cut->totals.errors, 1);
        QVERIFY2(
            cut->problems.front().sentence.contains(u"ends too early"_s), qPrintable(cut->problems.front().sentence));
        QVERIFY(cut->totals.events > 0);
        QVERIFY(cut->totals.events < 2000);
        QVERIFY(tests::sampleLines(0, 2000).startsWith(exported()));
        // The fragment that was left out stands in nobody's way.
        const auto repaired = importBytes(whole);
        QVERIFY(repaired);
        QCOMPARE(repaired->totals.events + repaired->totals.duplicates, 2000);
        QCOMPARE(exported(), tests::sampleLines(0, 2000));
    }

    void oneDamagedFileAmongOthers()
    {
        const auto report = import({file(tests::sampleLines(0, 10), u"a"_s),
            file(tests::gzip(tests::sampleLines(10, 20)).left(100), u"b"_s), file(tests::sampleLines(20, 30), u"c"_s)});
        QVERIFY(report);
        QCOMPARE(report->damagedFiles, 1);
        QVERIFY(report->problems.front().sentence.contains(u"/b"_s));
        QVERIFY(exported().contains(tests::sampleEvent(29)));
    }

    void nothingInIt_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("white space") << QByteArray("\n\r\n  \n");
        QTest::newRow("empty array") << QByteArray("[]\n");
        QTest::newRow("empty gzip") << tests::gzip({});
    }

    void nothingInIt()
    {
        QFETCH(QByteArray, bytes);
        const auto report = importBytes(bytes);
        QVERIFY(report);
        QCOMPARE(report->totals.events, 0);
        QCOMPARE(report->totals.errors, 0);
        QVERIFY(m_world->store().sources().result()->empty());
    }

    void problemsAreBounded()
    {
        const auto report = importBytes(QByteArray("garbage\n").repeated(100'500));
        QVERIFY(report);
        QCOMPARE(report->totals.errors, 100'500);
        QCOMPARE(report->problems.size(), 100'000);
    }

    void aMissingFileStopsBeforeAnythingIsStored()
    {
        const auto report = import({file(tests::sampleLines(0, 10)), m_world->folder().filePath(u"missing"_s)});
        QVERIFY(!report);
        QCOMPARE(report.error().kind, event::ErrorKind::InvalidInput);
        QVERIFY(report.error().sentence.contains(u"missing"_s));
        QCOMPARE(m_world->store().count({}).result(), 0);
    }

    void readsAPipe()
    {
        int ends[2];
        QCOMPARE(::pipe(ends), 0);
        const QByteArray lines = tests::sampleLines(0, 300);
        std::thread writer([&] {
            for (qsizetype at = 0; at < lines.size(); at += 1000) {
                const QByteArray piece = lines.mid(at, 1000);
                if (::write(ends[1], piece.constData(), static_cast<size_t>(piece.size())) != piece.size()) {
                    qFatal("cannot write");
                }
            }
            ::close(ends[1]);
        });
        const auto report = import({u"/dev/fd/%1"_s.arg(ends[0])});
        writer.join();
        ::close(ends[0]);
        QVERIFY(report);
        QCOMPARE(report->totals.events, 300);
        QCOMPARE(report->totals.bytesTotal, 0);
        QCOMPARE(exported(), lines);
    }

    void stopsAtASilentPipe()
    {
        int ends[2];
        QCOMPARE(::pipe(ends), 0);
        std::stop_source stop;
        std::thread other([&] { stop.request_stop(); });
        const auto report = exchange::importEvents(
            m_world->store(), {u"/dev/fd/%1"_s.arg(ends[0])}, u"archive"_s, {}, stop.get_token());
        other.join();
        ::close(ends[0]);
        ::close(ends[1]);
        QVERIFY(!report.status);
        QCOMPARE(report.status.error().kind, event::ErrorKind::Cancelled);
    }

    void cancelKeepsWhatWasCommitted()
    {
        constexpr int many = 140'000; // more than is committed together
        const QString name = file("no event\n" + tests::sampleLines(0, many));
        std::stop_source stop;
        exchange::ImportProgress last;
        const auto report = exchange::importEvents(
            m_world->store(), {name}, u"archive"_s,
            [&](const exchange::ImportProgress &progress) {
                last = progress;
                if (progress.events > 0) {
                    stop.request_stop();
                }
            },
            stop.get_token());
        QVERIFY(!report.status);
        QCOMPARE(report.status.error().kind, event::ErrorKind::Cancelled);
        // What was skipped by then is told as if it had come to its end.
        QCOMPARE(report.totals.errors, 1);
        QCOMPARE(report.problems.size(), 1);
        QCOMPARE(report.problems.first().line, 1);
        QCOMPARE(report.totals.events, last.events);
        QVERIFY(last.events > 0);
        QVERIFY(last.events < many);
        QCOMPARE(m_world->store().count({}).result(), last.events);
        const auto rest = import({name});
        QVERIFY(rest);
        QCOMPARE(rest->totals.duplicates, last.events);
        QCOMPARE(exported(), tests::sampleLines(0, many));
    }

    void tellsProgress()
    {
        const QString name = file(tests::sampleLines(0, 22'000));
        qint64 calls = 0;
        exchange::ImportProgress last;
        const auto report = exchange::importEvents(m_world->store(), {name}, u"archive"_s,
            [&](const exchange::ImportProgress &progress) {
                ++calls;
                QVERIFY(progress.bytesRead >= last.bytesRead);
                QVERIFY(progress.events >= last.events);
                last = progress;
            },
            {});
        QVERIFY(report.status);
        QVERIFY(calls >= 2);
        QCOMPARE(last.events, 22'000);
        QCOMPARE(last.bytesRead, QFile(name).size());
    }
};

QTEST_GUILESS_MAIN(TestImporter)
#include "tst_importer.moc"
