// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/LogEvent.h"

#include <QTest>
#include <random>

using namespace octotrail::event;

namespace {

const std::string sample = R"({
 "actor":{"id":"00u1","type":"User","alternateId":"bob@example.com","displayName":"Bob \u00c9","detailEntry":null},
 "client":{"userAgent":{"rawUserAgent":"UA","os":"Mac OS X","browser":"CHROME"},"zone":"null","device":"Computer","id":null,
  "ipAddress":"203.0.113.7","geographicalContext":{"city":"Oslo","state":null,"country":"Norway","postalCode":10013,
  "geolocation":{"lat":59.9,"lon":"10.7"}}},
 "authenticationContext":{"externalSessionId":"s1","authenticationStep":0},
 "displayMessage":"User login to Okta","eventType":"user.session.start","outcome":{"result":"SUCCESS","reason":null},
 "published":"2024-08-13T15:58:20.353Z","securityContext":{"asNumber":15169,"isProxy":false},"severity":"INFO",
 "debugContext":{"debugData":{"requestUri":"/login","risk":"{level=LOW}","promptingPolicyTypes":"OKTA_SIGN_ON","n":5,
  "flag":true,"nothing":null,"logOnlySecurityData":{"risk":{"level":"LOW"}}}},
 "transaction":{"type":"WEB","id":"t1","detail":{}},"uuid":"u-1","version":0,
 "target":[{"id":"0oa","type":"AppInstance","alternateId":"Salesforce","displayName":"SF"},{"id":"00u2","type":"User","alternateId":null}]
})";

QString text(const LogEvent &event, std::string_view path)
{
    const auto value = event.text(*fieldByPath(path));
    return value ? QString::fromUtf8(value->data(), static_cast<qsizetype>(value->size())) : QString();
}

} // namespace

class TestLogEvent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheFieldsOfAnEvent()
    {
        const auto event = LogEvent::fromBytes(sample);
        QCOMPARE(event.bytes(), sample);
        QCOMPARE(event.defects(), QString());
        QCOMPARE(event.uuid(), std::string_view("u-1"));
        QCOMPARE(event.published(), parseTimestamp("2024-08-13T15:58:20.353Z"));
        QCOMPARE(text(event, "actor.displayName"), QString::fromUtf8("Bob \u00c9"));
        QCOMPARE(text(event, "version"), QStringLiteral("0"));
        QCOMPARE(text(event, "client.zone"), QStringLiteral("null"));
        QCOMPARE(text(event, "client.geographicalContext.postalCode"), QStringLiteral("10013"));
        QCOMPARE(text(event, "client.geographicalContext.geolocation.lat"), QStringLiteral("59.9"));
        QCOMPARE(text(event, "client.geographicalContext.geolocation.lon"), QStringLiteral("10.7"));
        QCOMPARE(text(event, "securityContext.asNumber"), QStringLiteral("15169"));
        QCOMPARE(text(event, "securityContext.isProxy"), QStringLiteral("false"));
        QVERIFY(!event.text(field::OutcomeReason));
        QVERIFY(!event.text(*fieldByPath("client.id")));
        QCOMPARE(
            text(event, "debugContext.debugData.logOnlySecurityData"), QStringLiteral(R"({"risk":{"level":"LOW"}})"));
    }

    void targetsAndDebugDataKeepTheirOrder()
    {
        const auto event = LogEvent::fromBytes(sample);
        const auto targets = event.targets();
        QCOMPARE(targets.size(), 2u);
        QCOMPARE(targets[0].alternateId, std::optional<std::string_view>("Salesforce"));
        QVERIFY(!targets[1].alternateId);
        QVERIFY(!targets[1].displayName);
        const auto data = event.debugData();
        QCOMPARE(data.size(), 3u);
        QCOMPARE(data[0].first, std::string_view("promptingPolicyTypes"));
        QCOMPARE(data[1].second, std::string_view("5"));
        QCOMPARE(data[2].second, std::string_view("true"));
    }

    void everyFieldIsFoundUnderItsPath()
    {
        for (FieldId id = 0; id < fields().size(); ++id) {
            QCOMPARE(fieldByPath(fields()[id].path), std::optional(id));
        }
        QCOMPARE(fieldByPath("ACTOR.alternateid"), std::optional(field::ActorAlternateId));
        QVERIFY(!fieldByPath("actor"));
    }

    void oddShapesAreNoReasonToStop_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("defect");
        QTest::newRow("null target") << QByteArray(R"({"uuid":"u","published":"2024-01-01T00:00:00Z","target":null})")
                                     << QString();
        QTest::newRow("target object") << QByteArray(
            R"({"uuid":"u","published":"2024-01-01T00:00:00Z","target":{"id":"x"}})")
                                       << QString();
        QTest::newRow("target of scalars")
            << QByteArray(R"({"uuid":"u","published":"2024-01-01T00:00:00Z","target":[1,"x",null,[]]})") << QString();
        QTest::newRow("actor a text") << QByteArray(
            R"({"uuid":"u","published":"2024-01-01T00:00:00Z","actor":"x","client":5})")
                                      << QString();
        QTest::newRow("debugData a list")
            << QByteArray(R"({"uuid":"u","published":"2024-01-01T00:00:00Z","debugContext":{"debugData":[1]}})")
            << QString();
        QTest::newRow("no uuid") << QByteArray(R"({"published":"2024-01-01T00:00:00Z"})") << QStringLiteral("no uuid");
        QTest::newRow("bad date") << QByteArray(R"({"uuid":"u","published":"yesterday"})")
                                  << QStringLiteral("no valid time of publishing");
        QTest::newRow("empty") << QByteArray("{}") << QStringLiteral("no uuid; no valid time of publishing");
        QTest::newRow("bad utf-8") << QByteArray(
            "{\"uuid\":\"u\",\"published\":\"2024-01-01T00:00:00Z\",\"severity\":\"\xc3\x28\"}")
                                   << QStringLiteral("not valid UTF-8");
    }
    void oddShapesAreNoReasonToStop()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, defect);
        const auto event = LogEvent::fromBytes(json.toStdString());
        QCOMPARE(event.bytes(), json.toStdString());
        QCOMPARE(event.defects(), defect);
        QVERIFY(!event.uuid().empty());
    }

    void whatCanBeReadOfBrokenJsonIsKept()
    {
        const auto event = LogEvent::fromBytes(R"({"uuid":"u-9","eventType":"a.b","severity":})");
        QVERIFY(event.defects().startsWith(QStringLiteral("not a valid JSON object")));
        QVERIFY2(!event.defects().endsWith(QChar(u'.')), qPrintable(event.defects()));
        QCOMPARE(event.uuid(), std::string_view("u-9"));
        QCOMPARE(text(event, "eventType"), QStringLiteral("a.b"));
        const auto noJson = LogEvent::fromBytes("hello");
        QVERIFY(noJson.uuid().starts_with("sha256:"));
        QCOMPARE(noJson.uuid(), LogEvent::fromBytes("hello").uuid());
        QVERIFY(noJson.uuid() != LogEvent::fromBytes("hello!").uuid());
        QVERIFY(!LogEvent::fromBytes(R"({"uuid":"u","published":"2024-01-01T00:00:00Z"} x)").defects().isEmpty());
    }

    void copiesAndMovesStayWhole()
    {
        LogEvent event;
        {
            const auto other = LogEvent::fromBytes(sample);
            event = other;
        }
        const LogEvent moved = std::move(event);
        QCOMPARE(text(moved, "actor.alternateId"), QStringLiteral("bob@example.com"));
        QCOMPARE(moved.targets().size(), 2u);
    }

    void noPrefixOrMutationCrashes()
    {
        EventReader reader;
        for (std::size_t n = 0; n < sample.size(); ++n) {
            const auto event = reader.read(sample.substr(0, n));
            QVERIFY(!event.uuid().empty());
        }
        std::mt19937 random(3);
        for (int i = 0; i < 20'000; ++i) {
            std::string mutated = sample;
            for (int k = 0; k < 3; ++k) {
                mutated[random() % mutated.size()] = static_cast<char>(random());
            }
            const auto event = reader.read(mutated);
            for (FieldId id = 0; id < fields().size(); ++id) {
                if (const auto value = event.text(id)) {
                    QVERIFY(value->size() <= 3 * sample.size());
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestLogEvent)
#include "tst_log_event.moc"
