// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Client.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace octotrail;
using namespace Qt::StringLiterals;
using simulator::Simulator;

/// An NDJSON file as the log.
class TestReplay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void servesLinesVerbatim()
    {
        const std::vector<std::string> lines{
            "{\"uuid\":\"1\",\"published\":\"2020-03-01T10:00:00.000Z\",\"odd\" : [ 1.0e+2 , \"\\u00e4\\/\" ]}",
            "{ \"published\" : \"2020-03-01T09:00:00Z\", \"uuid\":\"2\" }",
            "{\"uuid\":\"3\",\"published\":\"2020-03-01T10:00:01.5+01:00\",\"published\":null}",
            "{\"uuid\":\"4\"}",
            "{\"uuid\":\"5\",\"published\":\"never\",\"emoji\":\"\xf0\x9f\x90\x99\"}",
            "{\"uuid\":\"6\",\"broken\":+-1e,\"published\":\"2020-03-01T11:00:00.000Z\"}",
        };
        QByteArray file = "\n";
        for (const std::string &line : lines) {
            file += QByteArray::fromStdString(line) + (line.size() % 2 ? "\r\n\n" : " \n");
        }
        file.chop(1); // the last line need not end
        const auto simulator = replaying(file);
        QVERIFY(simulator);
        QCOMPARE(simulator->log(), lines);
        QVERIFY(simulator->stories().empty());
        Client client(*simulator);
        const Answer answer = client.get(u"/api/v1/logs?limit=4"_s);
        QCOMPARE(answer.body.toStdString(), '[' + lines[0] + ',' + lines[1] + ',' + lines[2] + ',' + lines[3] + ']');
        const Answer rest = client.get(answer.next());
        QCOMPARE(rest.body.toStdString(), '[' + lines[4] + ',' + lines[5] + ']');
        QCOMPARE(client.get(rest.next()).body, "[]");
        // Bounded requests go by published; what has none is placed beside its predecessor.
        const Answer bounded = client.get(u"/api/v1/logs?since=2020-03-01T08:30:00Z&until=2020-03-01T09:30:00Z"_s);
        QCOMPARE(bounded.body.toStdString(), '[' + lines[1] + ',' + lines[2] + ']');
    }

    void sinceMeansPersistence()
    {
        QByteArray file;
        for (int hour = 10; hour < 20; ++hour) {
            file += "{\"published\":\"2021-05-05T" + QByteArray::number(hour) + ":00:00.000Z\"}\n";
        }
        const auto simulator = replaying(file);
        Client client(*simulator);
        const auto countSince = [&](const std::string &since) {
            return client.collect(u"/api/v1/logs?since="_s + QString::fromStdString(since)).size();
        };
        QCOMPARE(countSince("2021-05-05T15:00:00Z"), 5U);
        QCOMPARE(countSince("2021-05-05T15:00:00.001Z"), 4U);
        QCOMPARE(countSince("2019-01-01T00:00:00Z"), 10U); // far beyond what Okta keeps
        // The file was persisted when it was read: the last days hold all of it, from now on there is nothing.
        QCOMPARE(countSince(event::formatTimestamp(event::now() - std::chrono::hours(24 * 7))), 10U);
        QCOMPARE(client.collect(u"/api/v1/logs"_s).size(), 10U);
        QCOMPARE(countSince(event::formatTimestamp(event::now())), 0U);
    }

    void filtersAndSearches()
    {
        const auto simulator
            = replaying("{\"uuid\":\"a\",\"eventType\":\"x.y\",\"actor\":{\"displayName\":\"Ann Bee\"}}\n"
                        "{\"uuid\":\"b\",\"eventType\":\"x.z\"}\n{\"uuid\":\"c\",\"eventType\":}\n");
        Client client(*simulator);
        QCOMPARE(client.collect(u"/api/v1/logs?filter=eventType%20eq%20%22X.Z%22"_s).size(), 1U);
        QCOMPARE(client.collect(u"/api/v1/logs?q=bee"_s).size(), 1U);
        QCOMPARE(client.collect(u"/api/v1/logs?q=be"_s).size(), 0U);
    }

    void servesManyQuickly()
    {
        QByteArray file;
        const int count = 60'000;
        file.reserve(count * 1100);
        const QByteArray padding(900, 'x');
        for (int i = 0; i < count; ++i) {
            file += "{\"uuid\":\"" + QByteArray::number(i) + "\",\"published\":\"2026-01-01T00:00:00.000Z\",\"text\":\""
                + padding + "\"}\n";
        }
        const auto simulator = replaying(file);
        Client client(*simulator);
        QElapsedTimer timer;
        timer.start();
        std::size_t served = 0;
        QByteArray bytes;
        for (QUrl at = client.url(u"/api/v1/logs?limit=1000"_s);;) {
            const Answer answer = client.get(at);
            QCOMPARE(answer.status, 200);
            if (answer.body == "[]") {
                break;
            }
            bytes += answer.body.mid(1, answer.body.size() - 2).replace("},{", "}\n{") + '\n';
            at = answer.next();
            ++served;
        }
        qInfo("%lld events/s with a client in Qt", count * 1000LL / std::max<qint64>(1, timer.elapsed()));
        QCOMPARE(served, 60U);
        QVERIFY(bytes == file);
    }

    void refusesWhatIsNoNdjson()
    {
        const auto sentence = [&](const QByteArray &content) {
            Simulator::Options options;
            options.eventsFile = written(content);
            const auto simulator = Simulator::start(options);
            return simulator ? QString() : simulator.error().sentence;
        };
        QVERIFY(sentence("[{\"uuid\":\"1\"}]\n").contains(u"Line 1 of"_s));
        QVERIFY(sentence("{}\n\n{\"uuid\":\n").contains(u"Line 3 of"_s));
        QVERIFY(sentence("").isEmpty()); // an organization where nothing happened
        Simulator::Options options;
        options.eventsFile = m_folder.filePath(u"absent.ndjson"_s);
        const auto absent = Simulator::start(options);
        QVERIFY(!absent && absent.error().sentence.contains(u"absent.ndjson"_s));
    }

private:
    QString written(const QByteArray &content)
    {
        QFile file(m_folder.filePath(QString::number(++m_files) + u".ndjson"_s));
        if (file.open(QIODevice::WriteOnly)) {
            file.write(content);
        }
        return file.fileName();
    }
    std::unique_ptr<Simulator> replaying(const QByteArray &content)
    {
        Simulator::Options options;
        options.users = 10;
        options.logsPerWindow = 1'000'000;
        options.eventsFile = written(content);
        return startedWith(options);
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

QTEST_GUILESS_MAIN(TestReplay)
#include "tst_replay.moc"
