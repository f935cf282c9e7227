// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ImportWorld.h"
#include "Packing.h"
#include "SampleEvents.h"
#include "event/Json.h"
#include "event/LogEvent.h"
#include "exchange/ImportPace.h"
#include "exchange/ImportPreview.h"
#include "exchange/ProblemReport.h"

#include <QTest>

using namespace octotrail;
using namespace Qt::StringLiterals;

namespace {

QByteArray quoted(const QByteArray &text)
{
    return QByteArray::fromStdString(event::quoteJson(text.toStdString()));
}

/// The Admin Console's columns, and a row of them.
const QByteArray csvHeader
    = "severity,event_type,display_message,uuid,version,timestamp,outcome.result,outcome.reason,actor.id,actor.type,"
      "actor.display_name,actor.alternate_id,authentication_context.authentication_step,"
      "authentication_context.external_session_id,client.ip_address,client.user_agent.raw_user_agent,"
      "client.geographical_context.city,client.geographical_context.geolocation.lat,transaction.id,"
      "debug_context.debug_data.request_uri,legacy_event_type,target0.id,target0.type,target0.alternate_id,"
      "target0.display_name,target1.id,target1.type,request.ip_chain.ip,"
      "request.ip_chain.geographical_context.geolocation.state\n";

QByteArray csvRow(const QByteArray &uuid, const QByteArray &time)
{
    return "INFO,user.session.start,\"User login, to \"\"Okta\"\"\nagain\"," + uuid + ",0," + time
        + ",FAILURE,INVALID_CREDENTIALS,00u1,User,=Zo\xc3\xab,user@example.com,0,102x,203.0.113.7,Mozilla/"
          "5.0,Oslo,-33.50,"
          "tx1,/api/v1/authn,core.user_auth.login_failed,0oa1,AppInstance,Salesforce,\"Sales, Inc.\",,,203.0.113.9,"
          "Norway\n";
}

} // namespace

class TestArchives : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wrappers_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("tool");
        const QByteArray event = tests::sampleEvent(1);
        const QByteArray body = event.mid(1, event.size() - 2);
        QTest::newRow("Panther, behind") << "{" + body
                + ",\"p_log_type\":\"Okta.SystemLog\",\"p_event_time\":\"2026-08-01 00:00:01\",\"p_any_ip_addresses\":"
                  "[\"203.0.113.1\",\"}\"],\"p_enrichment\":{\"a\":{\"b\":[1,2]}}}"
                                         << u"Panther"_s;
        QTest::newRow("Panther, before") << "{\"p_log_type\":\"Okta.SystemLog\",\"p_row_id\":\"x\"," + body + "}"
                                         << u"Panther"_s;
        QTest::newRow("Elastic, hit")
            << "{\"_index\":\"logs\",\"_source\":{\"@timestamp\":\"2026\",\"event\":{\"kind\":"
               "\"event\",\"original\":"
                + quoted(event) + "},\"okta\":{\"uuid\":\"other\",\"event_type\":\"x\"}}}"
            << u"Elastic"_s;
        QTest::newRow("Elastic, dotted") << "{\"event.original\":" + quoted(event) + "}" << u"Elastic"_s;
        QTest::newRow("Elastic, fields") << "{\"_id\":\"1\",\"fields\":{\"event.original\":[" + quoted(event) + "]}}"
                                         << u"Elastic"_s;
        QTest::newRow("Elastic, message")
            << "{\"@timestamp\":\"2026\",\"message\":" + quoted(event) + "}" << u"Elastic"_s;
        QTest::newRow("Elastic, source as it was") << "{\"_source\":" + event + "}" << u"Elastic"_s;
        QTest::newRow("Elastic, answer") << "{\"took\":3,\"hits\":{\"total\":{\"value\":1},\"hits\":[{\"_source\":"
                + event + "}]}}" << u"Elastic"_s;
        QTest::newRow("Splunk, result with raw and fields")
            << "{\"preview\":false,\"result\":{\"_raw\":" + quoted(event)
                + ",\"uuid\":\"other\",\"eventType\":\"user.session.start\",\"published\":\"2026-08-01T00:00:00Z\"}}"
            << u"Splunk"_s;
        QTest::newRow("Splunk, result") << "{\"preview\":false,\"result\":" + event + "}" << u"Splunk"_s;
        QTest::newRow("Splunk, fields beside raw") << "{\"_raw\":" + quoted(event) + "," + body + "}" << u"Splunk"_s;
        QTest::newRow("Splunk, collector")
            << "{\"time\":1,\"sourcetype\":\"okta\",\"event\":" + event + "}" << u"another tool"_s;
        QTest::newRow("EventBridge") << "{\"version\":\"0\",\"id\":\"7\",\"detail-type\":\"SystemLog\",\"source\":"
                                        "\"aws.partner/okta.com/x\",\"detail\":"
                + event + "}" << u"Amazon EventBridge"_s;
        QTest::newRow("event hook")
            << "{\"eventType\":\"com.okta.event_hook\",\"eventTypeVersion\":\"1.0\",\"eventId\":"
               "\"h\",\"data\":{\"events\":["
                + event + "]},\"eventTime\":\"2026-08-01T00:00:02Z\"}"
            << u"Okta event hooks"_s;
        QTest::newRow("Panther in Elastic")
            << "{\"_source\":{" + body + ",\"p_log_type\":\"Okta.SystemLog\"}}" << u"Elastic"_s;
    }

    /// What is inside comes out to the byte, and is known again as the event that Okta's API gave.
    void wrappers()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, tool);
        tests::ImportWorld world;
        const QString archive = world.file(bytes + '\n' + tests::sampleEvent(2) + '\n');
        const auto preview = exchange::previewImport({archive}, {}, {}, {});
        QVERIFY(preview);
        QCOMPARE(preview->wrappers, QStringList{tool});
        QCOMPARE(preview->events, 2);
        const auto report = world.import({archive});
        QVERIFY(report);
        QCOMPARE(report->totals.errors, 0);
        QCOMPARE(report->rebuilt, 0);
        QCOMPARE(world.exported(), tests::sampleLines(1, 3));
        QCOMPARE(world.importBytes(tests::sampleLines(0, 3))->totals.duplicates, 2);
    }

    /// An event that only speaks of such names is nobody's wrapper.
    void anEventIsNoWrapper()
    {
        tests::ImportWorld world;
        QByteArray event = tests::sampleEvent(1);
        event.replace("\"own1\":\"1\"", "\"_raw\":\"{}\",\"p_log_type\":\"{}\"");
        QVERIFY(event.contains("p_log_type"));
        QVERIFY(world.importBytes(event));
        QCOMPARE(world.exported(), event + '\n');
    }

    void elasticsFields()
    {
        tests::ImportWorld world;
        const auto report = world.importBytes(
            "{\"_source\":{\"@timestamp\":\"2026-08-01T00:00:00.123Z\",\"event\":{\"kind\":\"event\"},\"okta\":{"
            "\"uuid\":"
            "\"e1\",\"event_type\":\"user.session.start\",\"actor\":{\"alternate_id\":\"a@example.com\"},\"client\":{"
            "\"ip\":\"203.0.113.7\",\"user_agent\":{\"raw_user_agent\":\"M\"}},\"debug_context\":{\"debug_data\":{"
            "\"request_uri\":\"/x\",\"flattened\":{\"requestUri\":\"/x\",\"own_name\":\"1\"}}},\"security_context\":{"
            "\"as\":{\"number\":64500,\"organization\":{\"name\":\"Example\"}},\"is_proxy\":false},\"target\":[{"
            "\"alternate_id\":\"t\",\"type\":\"User\"}]}}}\n");
        QVERIFY(report);
        QCOMPARE(report->totals.events, 1);
        QCOMPARE(report->totals.errors, 0);
        QCOMPARE(report->rebuilt, 1);
        QCOMPARE(world.exported(),
            QByteArray(
                "{\"uuid\":\"e1\",\"eventType\":\"user.session.start\",\"actor\":{\"alternateId\":\"a@example.com\"},"
                "\"client\":{\"ipAddress\":\"203.0.113.7\",\"userAgent\":{\"rawUserAgent\":\"M\"}},"
                "\"debugContext\":{\"debugData\":{\"requestUri\":\"/x\",\"own_name\":\"1\"}},\"securityContext\":{"
                "\"asNumber\":64500,\"asOrg\":\"Example\",\"isProxy\":false},\"target\":[{\"alternateId\":\"t\","
                "\"type\":\"User\"}],\"published\":\"2026-08-01T00:00:00.123Z\",\"_octotrail\":{\"rebuiltFrom\":"
                "\"Elastic's fields\"}}\n"));
    }

    /// Answers of search engines hold more than one record may.
    void anAnswerOf20Megabytes_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("Elastic") << QByteArray("{\"took\":1,\"_shards\":{\"failed\":0},\n\"hits\":{\"hits\":[")
                                 << QByteArray("]}}\n");
        QTest::newRow("Splunk") << QByteArray("{\"preview\":false,\"results\":[") << QByteArray("]}");
    }

    void anAnswerOf20Megabytes()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        tests::ImportWorld world;
        constexpr int many = 15'000;
        const QByteArray lines = tests::sampleLines(0, many);
        const QByteArray hits = "{\"_source\":" + lines.trimmed().replace("\n", "},{\"_source\":") + "}";
        QVERIFY(hits.size() > (16 << 20));
        const auto report = world.importBytes(before + hits + after);
        QVERIFY(report);
        QCOMPARE(report->totals.errors, 0);
        QCOMPARE(report->damagedFiles, 0);
        QCOMPARE(report->totals.events, many);
        QCOMPARE(world.exported(), lines);
    }

    void adminConsole_data()
    {
        QTest::addColumn<bool>("mark");
        QTest::addColumn<bool>("carriageReturns");
        QTest::newRow("plain") << false << false;
        QTest::newRow("byte order mark and CRLF") << true << true;
    }

    void adminConsole()
    {
        QFETCH(bool, mark);
        QFETCH(bool, carriageReturns);
        tests::ImportWorld world;
        QByteArray csv
            = csvHeader + csvRow("c1", "2026-08-01T00:00:01.123Z") + csvRow("c2", "2026-08-01T00:00:02.000Z");
        if (carriageReturns) {
            csv.replace("\n", "\r\n");
        }
        const auto report = world.importBytes((mark ? "\xef\xbb\xbf" : "") + csv);
        QVERIFY(report);
        QCOMPARE(report->totals.errors, 0);
        QCOMPARE(report->totals.events, 2);
        QCOMPARE(report->rebuilt, 2);
        const auto event = event::LogEvent::fromBytes(world.exported().split('\n').front().toStdString());
        QCOMPARE(event.defects(), QString());
        QCOMPARE(event.uuid(), "c1");
        QCOMPARE(event::formatTimestamp(*event.published()), "2026-08-01T00:00:01.123Z");
        QCOMPARE(event.text(event::field::EventType).value(), "user.session.start");
        QCOMPARE(QString::fromUtf8(event.text(event::field::DisplayMessage).value().data())
                     .startsWith(u"User login, to \"Okta\""_s),
            true);
        QCOMPARE(event.text(event::field::ActorDisplayName).value(), "=Zo\xc3\xab");
        QCOMPARE(event.targets().size(), std::size_t{1});
        QCOMPARE(event.targets().front().displayName.value(), "Sales, Inc.");
        const auto at = [&](const char *path) {
            QByteArray found;
            event::visitValues(event.bytes(), event::FieldPath(path), [&](std::string_view text, event::JsonKind) {
                found = QByteArray(text.data(), static_cast<qsizetype>(text.size()));
                return false;
            });
            return found;
        };
        QCOMPARE(at("client.geographicalContext.geolocation.lat"), "-33.50");
        QCOMPARE(at("debugContext.debugData.requestUri"), "/api/v1/authn");
        QCOMPARE(at("request.ipChain.ip"), "203.0.113.9");
        QCOMPARE(at("request.ipChain.geographicalContext.state"), "Norway");
        QCOMPARE(at("_octotrail.rebuiltFrom"), "CSV of the Admin Console");
        QCOMPARE(at("authenticationContext.externalSessionId"), "102x");
    }

    /// What Okta's API gave stays, and is not doubled by a row of CSV.
    void adminConsoleAfterTheApi()
    {
        tests::ImportWorld world;
        QVERIFY(world.importBytes(tests::sampleLines(0, 10)));
        const auto known = event::LogEvent::fromBytes(tests::sampleEvent(3).toStdString());
        const auto report = world.importBytes(csvHeader
            + csvRow(QByteArray::fromStdString(std::string(known.uuid())),
                QByteArray::fromStdString(event::formatTimestamp(*known.published()))));
        QVERIFY(report);
        QCOMPARE(report->totals.events, 0);
        QCOMPARE(report->totals.duplicates, 1);
        QCOMPARE(world.exported(), tests::sampleLines(0, 10));
    }

    void rowsThatAreNone()
    {
        tests::ImportWorld world;
        const QByteArray good = csvRow("c1", "2026-08-01T00:00:01.123Z");
        const QByteArray cut = csvRow("c2", "2026-08-01T00:00:02Z").left(120);
        const auto report = world.importBytes(csvHeader + "INFO,few,cells\n" + csvRow("", "2026-08-01T00:00:02Z")
            + csvRow("c3", "yesterday") + good + cut);
        QVERIFY(report);
        QCOMPARE(report->totals.events, 1);
        QCOMPARE(report->totals.errors, 4);
        QList<qint64> lines;
        for (const auto &problem : report->problems) {
            lines << problem.line;
        }
        QCOMPARE(lines, (QList<qint64>{2, 3, 5, 9}));
    }

    void zip()
    {
        tests::ImportWorld world;
        const QByteArray lines = tests::sampleLines(0, 300);
        const auto bytes = tests::zip({{"logs/", {}}, {"logs/a.ndjson", lines.left(lines.size() / 2)},
            {"__MACOSX/logs/._a.ndjson", "\0\5"}, {"b.json.gz", tests::gzip("[" + tests::sampleEvent(300) + "]")},
            {"../../etc/c.csv", csvHeader + csvRow("c1", "2026-08-02T00:00:01.123Z")}, {"README.txt", "no event\n"}});
        const QString archive = world.file(bytes, u"a.zip"_s);
        const auto preview = exchange::previewImport({archive}, {}, {}, {});
        QVERIFY(preview);
        QCOMPARE(preview->formats, (QStringList{u"NDJSON"_s, u"JSON array"_s, u"CSV of the Admin Console"_s}));
        QCOMPARE(preview->packings, (QStringList{u"zip"_s, u"gzip"_s}));
        QCOMPARE(preview->rebuilt, 1);
        const auto report = world.import({archive});
        QVERIFY(report);
        QCOMPARE(report->totals.bytesRead, bytes.size());
        QCOMPARE(report->rebuilt, 1);
        const QByteArray whole = world.exported();
        QVERIFY(whole.startsWith(lines.left(lines.left(lines.size() / 2).lastIndexOf('\n'))));
        QVERIFY(whole.contains(tests::sampleEvent(300)));
        QVERIFY(whole.contains("\"uuid\":\"c1\""));
        // The line that was cut in two, and the text.
        QCOMPARE(report->totals.errors, 2);
        QVERIFY(report->problems.back().file.endsWith(u"a.zip \u203a README.txt"_s));
        QVERIFY(!QFile::exists(world.folder().filePath(u"../../etc/c.csv"_s)));
    }

    void preview()
    {
        tests::ImportWorld world;
        const QString archive = world.file(
            tests::gzip("oops\n" + tests::sampleLines(0, 4000) + "{\"no\":\"uuid\"}\n"), u"events.ndjson.gz"_s);
        qint64 told = 0;
        const auto preview = exchange::previewImport({archive}, world.store().file(),
            [&](const exchange::ImportPreview &seen) {
                ++told;
                QVERIFY(!seen.isWhole);
            },
            {});
        QVERIFY(preview);
        QVERIFY(preview->isWhole);
        QVERIFY(told >= 1);
        QCOMPARE(preview->formats, QStringList{u"NDJSON"_s});
        QCOMPARE(preview->packings, QStringList{u"gzip"_s});
        QVERIFY(preview->wrappers.isEmpty());
        QCOMPARE(preview->events, 4001);
        QCOMPARE(event::formatTimestamp(*preview->first), "2026-08-01T00:00:00.000Z");
        QCOMPARE(event::formatTimestamp(*preview->last), "2026-08-01T01:06:39.999Z");
        QCOMPARE(preview->rows.size(), 50);
        QCOMPARE(preview->rows[1].actor, u"user1@example.com"_s);
        QCOMPARE(preview->problemCount, 2);
        QCOMPARE(preview->problems[0].line, 1);
        QCOMPARE(preview->problems[1].line, 4002);
        QCOMPARE(preview->bytesRead, preview->bytesTotal);
        QCOMPARE(*world.store().count({}).result(), 0);
    }

    void previewStops()
    {
        tests::ImportWorld world;
        std::stop_source stop;
        stop.request_stop();
        const auto preview = exchange::previewImport({world.file(tests::sampleLines(0, 10))}, {}, {}, stop.get_token());
        QVERIFY(!preview);
        QCOMPARE(preview.error().kind, event::ErrorKind::Cancelled);
    }

    void reportOfProblems()
    {
        tests::ImportWorld world;
        const QString name = world.folder().filePath(u"report.csv"_s);
        QVERIFY(exchange::writeProblemReport(
            {{u"=a.json"_s, 3, u"wrong, \"really\""_s}, {u"b.json"_s, 0, u"cut off"_s}}, 5, name));
        QFile file(name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(),
            QByteArray("file,line,problem\r\n\"'=a.json\",3,\"wrong, \"\"really\"\"\"\r\nb.json,,cut off\r\n,,\"... "
                       "and 3 more, "
                       "which are not listed.\"\r\n"));
        QVERIFY((file.permissions() & (QFile::ReadGroup | QFile::ReadOther)) == 0);
        QVERIFY(!exchange::writeProblemReport({}, 0, world.folder().filePath(u"none/report.csv"_s)));
    }

    void pace()
    {
        using namespace std::chrono_literals;
        const QLocale locale(QLocale::English);
        exchange::ImportProgress progress;
        progress.bytesRead = 12'400'000;
        progress.bytesTotal = 80'000'000;
        progress.events = 5000;
        QCOMPARE(exchange::importPace(progress, 500ms, locale), u"12.4 of 80.0 MB"_s);
        QCOMPARE(exchange::importPace(progress, 2s, locale), u"12.4 of 80.0 MB, 2,500 events/s, 11 s left"_s);
        progress.bytesTotal = 0;
        QCOMPARE(exchange::importPace(progress, 2s, locale), u"12.4 MB, 2,500 events/s"_s);
    }
};

QTEST_GUILESS_MAIN(TestArchives)
#include "tst_archives.moc"
