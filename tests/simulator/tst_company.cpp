// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Client.h"
#include "event/LogEvent.h"
#include "simulator/Company.h"
#include "simulator/EventLog.h"
#include "simulator/Timeline.h"

#include <QJsonArray>
#include <QTcpServer>
#include <QTest>
#include <algorithm>
#include <map>
#include <set>

using namespace octotrail;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using event::Timestamp;
using simulator::Simulator;
using simulator::Story;

namespace {

QJsonObject parsed(const std::string &line)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
}

QString textAt(const QJsonObject &object, const QString &path)
{
    QJsonValue value = object;
    for (const QString &name : path.split(u'.')) {
        value = value[name];
    }
    return value.toString();
}

} // namespace

/// The invented company: deterministic, with Okta's layout, its sessions and its attacks.
class TestCompany : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Simulator::Options options = fixedLog();
        options.history = std::chrono::hours(24);
        options.users = 150;
        m_simulator = startedWith(options);
        QVERIFY(m_simulator);
        m_lines = m_simulator->log();
        for (const std::string &line : m_lines) {
            m_events.push_back(parsed(line));
            m_byUuid[textAt(m_events.back(), u"uuid"_s).toStdString()] = m_events.size() - 1;
        }
        for (const Story &story : m_simulator->stories()) {
            m_stories[story.name] = story;
            m_inStories.insert(story.uuids.begin(), story.uuids.end());
        }
    }

    void isDeterministic()
    {
        const auto options = fixedLog();
        const auto log = startedWith(options)->log();
        const auto again = startedWith(options);
        QCOMPARE(again->log(), log);
        QCOMPARE(again->token(), startedWith(options)->token());
        QCOMPARE(again->token().size(), 42);
        QVERIFY(again->token().startsWith(u"00"_s));
        auto other = options;
        other.seed = 2;
        const auto different = startedWith(other);
        QVERIFY(different->log() != log);
        QVERIFY(different->token() != again->token());
    }

    void stepsOfTimeDoNotMatter()
    {
        const Timestamp start = *event::parseTimestamp("2026-06-03T15:00:00Z");
        const auto told = [&](std::chrono::milliseconds step) {
            const simulator::Company company(30, 5, start);
            simulator::EventLog log;
            simulator::Timeline timeline(company, {5, start, std::chrono::hours(1), 200, 20, {}, true}, log);
            for (Timestamp now = start; now < start + 4min; now += step) {
                timeline.advance(now);
            }
            timeline.advance(start + 4min);
            return log.lines();
        };
        const auto log = told(4min);
        QVERIFY(log.size() > 1000);
        QVERIFY(told(200ms) == log);
        QVERIFY(told(17s) == log);
    }

    void attacksSoonAfterItsStart()
    {
        const Timestamp start = *event::parseTimestamp("2026-06-07T03:00:00Z"); // a quiet Sunday
        const simulator::Company company(30, 5, start);
        simulator::EventLog log;
        simulator::Timeline timeline(company, {5, start, std::chrono::hours(0), 60, 20, {}, true}, log);
        timeline.advance(start + 30s);
        QCOMPARE(timeline.stories().size(), 1U);
        QVERIFY(log.size() > 5);
        timeline.advance(start + 35min);
        std::set<QString> names;
        for (const Story &story : timeline.stories()) {
            names.insert(story.name);
        }
        QCOMPARE(names.size(), 12U); // each of them within half an hour
    }

    void livesOnInRealTime()
    {
        Simulator::Options options = fixedLog();
        options.start.reset();
        options.live = true;
        options.eventsPerMinute = 6000;
        const auto simulator = startedWith(options);
        const std::vector<std::string> before = simulator->log();
        QTRY_VERIFY_WITH_TIMEOUT(simulator->log().size() > before.size() + 50, 10'000);
        const std::vector<std::string> after = simulator->log();
        QVERIFY(std::equal(before.begin(), before.end(), after.begin()));
        const auto published = *event::LogEvent::fromBytes(after.back()).published();
        QVERIFY(std::chrono::abs(event::now() - published) < 1min);
        // What is polled is what the log says.
        Client client(*simulator);
        const auto served = client.collect(u"/api/v1/logs?limit=1000&since="_s
            + QString::fromStdString(event::formatTimestamp(event::now() - std::chrono::hours(3))));
        const auto log = simulator->log();
        QVERIFY(served.size() >= after.size() && served.size() <= log.size());
        QVERIFY(std::equal(served.begin(), served.end(), log.begin()));
    }

    void hasOktasLayout()
    {
        const QStringList members{u"actor"_s, u"authenticationContext"_s, u"client"_s, u"debugContext"_s, u"device"_s,
            u"displayMessage"_s, u"eventType"_s, u"legacyEventType"_s, u"outcome"_s, u"published"_s, u"request"_s,
            u"securityContext"_s, u"severity"_s, u"target"_s, u"transaction"_s, u"uuid"_s, u"version"_s};
        const QStringList actorMembers{u"alternateId"_s, u"detailEntry"_s, u"displayName"_s, u"id"_s, u"type"_s};
        const QStringList severities{u"DEBUG"_s, u"INFO"_s, u"WARN"_s, u"ERROR"_s};
        static const QRegularExpression time(uR"(^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$)"_s);
        for (std::size_t i = 0; i < m_events.size(); ++i) {
            const QJsonObject &event = m_events[i];
            QVERIFY2(event.keys() == members, m_lines[i].c_str());
            QCOMPARE(event[u"actor"_s].toObject().keys(), actorMembers);
            QVERIFY(!textAt(event, u"actor.id"_s).isEmpty() && !textAt(event, u"displayMessage"_s).isEmpty());
            QVERIFY(severities.contains(textAt(event, u"severity"_s)));
            QVERIFY(time.match(textAt(event, u"published"_s)).hasMatch());
            QCOMPARE(textAt(event, u"uuid"_s).size(), 36);
            QCOMPARE(textAt(event, u"version"_s), u"0"_s);
            QVERIFY(event[u"target"_s].isArray());
            QVERIFY(!textAt(event, u"transaction.id"_s).isEmpty());
            const bool web = textAt(event, u"transaction.type"_s) == u"WEB"_s;
            QVERIFY(web || textAt(event, u"transaction.type"_s) == u"JOB"_s);
            const QJsonArray chain = event[u"request"_s][u"ipChain"_s].toArray();
            QCOMPARE(chain.size(), web ? 1 : 0);
            const QJsonObject debugData = event[u"debugContext"_s][u"debugData"_s].toObject();
            for (const QJsonValue value : debugData) {
                QVERIFY2(value.isString(), m_lines[i].c_str());
            }
            if (web) {
                QCOMPARE(textAt(chain[0].toObject(), u"ip"_s), textAt(event, u"client.ipAddress"_s));
                QCOMPARE(textAt(debugData, u"requestId"_s), textAt(event, u"transaction.id"_s));
                QVERIFY(!textAt(event, u"client.userAgent.rawUserAgent"_s).isEmpty());
                QVERIFY(event[u"client"_s][u"geographicalContext"_s][u"geolocation"_s][u"lat"_s].isDouble());
                QVERIFY(event[u"securityContext"_s][u"asNumber"_s].isDouble());
                QVERIFY(event[u"securityContext"_s][u"isProxy"_s].isBool());
            }
        }
        QCOMPARE(m_byUuid.size(), m_events.size());
    }

    void tellsRiskInOktasOddForms()
    {
        int withRisk = 0;
        for (const QJsonObject &event : m_events) {
            const QJsonObject debugData = event[u"debugContext"_s][u"debugData"_s].toObject();
            if (!debugData.contains(u"risk"_s)) {
                continue;
            }
            ++withRisk;
            const QString risk = textAt(debugData, u"risk"_s);
            QVERIFY2(risk.startsWith(u"{"_s) && risk.contains(u"level="_s) && risk.endsWith(u"}"_s), qPrintable(risk));
            QVERIFY(textAt(debugData, u"behaviors"_s).startsWith(u"{New Geo-Location="_s));
            const QJsonObject data
                = QJsonDocument::fromJson(textAt(debugData, u"logOnlySecurityData"_s).toUtf8()).object();
            QVERIFY(risk.contains(u"level="_s + textAt(data, u"risk.level"_s)));
            QVERIFY(data[u"behaviors"_s][u"New Device"_s].isString());
        }
        QVERIFY(withRisk > 100);
    }

    void isBelievable()
    {
        std::map<QString, int> types;
        std::map<QString, int> results;
        for (const QJsonObject &event : m_events) {
            ++types[textAt(event, u"eventType"_s)];
            ++results[textAt(event, u"outcome.result"_s)];
        }
        QVERIFY2(types.size() >= 60, qPrintable(QString::number(types.size())));
        const double count = static_cast<double>(m_events.size());
        const auto share = [&](const QString &type) { return types[type] / count; };
        QVERIFY(share(u"user.authentication.sso"_s) > 0.1);
        QVERIFY(share(u"policy.evaluate_sign_on"_s) > 0.1);
        QVERIFY(share(u"user.session.start"_s) > 0.01 && share(u"user.session.start"_s) < 0.1);
        QVERIFY(share(u"user.account.privilege.grant"_s) < 0.001);
        QVERIFY(results[u"FAILURE"_s] / count > 0.002 && results[u"FAILURE"_s] / count < 0.05);
    }

    void sessionsHangTogether()
    {
        std::map<QString, std::set<QString>> addresses;
        std::map<QString, std::set<QString>> agents;
        std::map<QString, std::set<QString>> actors;
        std::map<QString, int> sizes;
        for (const QJsonObject &event : m_events) {
            const QString session = textAt(event, u"authenticationContext.externalSessionId"_s);
            const QString agent = textAt(event, u"client.userAgent.rawUserAgent"_s);
            if (!session.startsWith(u"102"_s) || m_inStories.contains(textAt(event, u"uuid"_s).toStdString())
                || textAt(event, u"eventType"_s).contains(u"richclient"_s)) {
                continue;
            }
            QCOMPARE(textAt(event, u"authenticationContext.rootSessionId"_s), session);
            addresses[session].insert(textAt(event, u"client.ipAddress"_s));
            agents[session].insert(agent);
            actors[session].insert(textAt(event, u"actor.id"_s));
            ++sizes[session];
        }
        QVERIFY(sizes.size() > 100);
        int many = 0;
        int odd = 0; // laptops that move, browsers that restart as newer ones
        for (const auto &[session, size] : sizes) {
            QVERIFY(addresses[session].size() <= 3 && agents[session].size() <= 2);
            odd += addresses[session].size() > 1 || agents[session].size() > 1;
            QCOMPARE(actors[session].size(), 1U);
            many += size > 5;
        }
        QVERIFY(many > static_cast<int>(sizes.size()) / 2);
        QVERIFY2(odd > 0 && odd < static_cast<int>(sizes.size()) / 8, qPrintable(QString::number(odd)));
    }

    void actorsAreUsersOfTheOrganization()
    {
        Client client(*m_simulator);
        std::set<QString> ids;
        for (const std::string &line : client.collect(u"/api/v1/users?search=status%20pr"_s)) {
            ids.insert(textAt(parsed(line), u"id"_s));
        }
        std::set<QString> devices;
        for (const std::string &line : client.collect(u"/api/v1/devices"_s)) {
            devices.insert(textAt(parsed(line), u"id"_s));
        }
        int onDevices = 0;
        for (const QJsonObject &event : m_events) {
            if (textAt(event, u"actor.type"_s) == u"User"_s) {
                QVERIFY(ids.contains(textAt(event, u"actor.id"_s)));
            }
            if (event[u"device"_s].isObject()) {
                ++onDevices;
                QVERIFY(devices.contains(textAt(event, u"device.id"_s)));
            }
        }
        QVERIFY(onDevices > static_cast<int>(m_events.size()) / 2);
    }

    void addressesBelongToNobody()
    {
        // RFC 5737 and RFC 2544: for documentation and benchmarks.
        for (const QJsonObject &event : m_events) {
            const QString ip = textAt(event, u"client.ipAddress"_s);
            if (!ip.isEmpty()) {
                const QHostAddress address(ip);
                QVERIFY2(address.isInSubnet(QHostAddress(u"192.0.2.0"_s), 24)
                        || address.isInSubnet(QHostAddress(u"198.51.100.0"_s), 24)
                        || address.isInSubnet(QHostAddress(u"203.0.113.0"_s), 24)
                        || address.isInSubnet(QHostAddress(u"198.18.0.0"_s), 15),
                    qPrintable(ip));
            }
        }
    }

    void tellsEveryStory_data()
    {
        QTest::addColumn<QString>("eventType");
        QTest::addColumn<int>("least");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const char *type, int least, const char *path, const char *says) {
            QTest::newRow(name) << QString::fromLatin1(type) << least << QString::fromLatin1(path)
                                << QString::fromLatin1(says);
        };
        row("password-spray", "user.session.start", 20, "outcome.reason", "INVALID_CREDENTIALS");
        row("mfa-push-bombing", "user.mfa.okta_verify.deny_push", 5, "outcome.result", "FAILURE");
        row("stolen-session", "user.session.context.change", 1, "debugContext.debugData.risk", "level=HIGH");
        row("admin-role-at-night", "user.account.privilege.grant", 1, "debugContext.debugData.privilegeGranted",
            "Super administrator");
        row("api-token-created", "system.api_token.create", 1, "outcome.result", "SUCCESS");
        row("help-desk-reset", "user.mfa.factor.reset_all", 1, "outcome.result", "SUCCESS");
        row("impossible-travel", "user.session.start", 2, "outcome.result", "SUCCESS");
        row("idp-created", "system.idp.lifecycle.create", 1, "outcome.result", "SUCCESS");
        row("policy-weakened", "policy.rule.update", 1, "debugContext.debugData.policyRuleFactorMode", "1FA");
        row("support-access", "user.session.impersonation.initiate", 1, "actor.alternateId", "system@okta.com");
        row("phishing-blocked", "user.authentication.auth_via_mfa", 2, "outcome.reason",
            "FastPass declined phishing attempt");
        row("mass-app-access", "user.authentication.sso", 12, "debugContext.debugData.behaviors", "");
    }
    void tellsEveryStory()
    {
        QFETCH(QString, eventType);
        QFETCH(int, least);
        QFETCH(QString, path);
        QFETCH(QString, says);
        const auto found = m_stories.find(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(found != m_stories.end());
        int matching = 0;
        QString before;
        for (const std::string &uuid : found->second.uuids) {
            QVERIFY(m_byUuid.contains(uuid));
            const QJsonObject &event = m_events[m_byUuid.at(uuid)];
            QVERIFY(textAt(event, u"published"_s) >= before);
            before = textAt(event, u"published"_s);
            matching += textAt(event, u"eventType"_s) == eventType && textAt(event, path).contains(says);
        }
        QVERIFY2(matching >= least, qPrintable(QString::number(matching)));
        QCOMPARE(*event::parseTimestamp(
                     textAt(m_events[m_byUuid.at(found->second.uuids.front())], u"published"_s).toStdString()),
            std::chrono::floor<std::chrono::milliseconds>(found->second.begin));
        QCOMPARE(m_stories.size(), 12U);
    }

    void stolenSessionChangesNetworkButNotSession()
    {
        std::map<QString, std::set<int>> networks;
        std::map<QString, std::set<QString>> tokens;
        for (const std::string &uuid : m_stories[u"stolen-session"_s].uuids) {
            const QJsonObject &event = m_events[m_byUuid.at(uuid)];
            const QString session = textAt(event, u"authenticationContext.externalSessionId"_s);
            networks[session].insert(event[u"securityContext"_s][u"asNumber"_s].toInt());
            tokens[session].insert(textAt(event, u"debugContext.debugData.dtHash"_s));
        }
        QCOMPARE(networks.size(), 1U);
        QCOMPARE(networks.begin()->second.size(), 2U);
        QCOMPARE(tokens.begin()->second.size(), 1U);
    }

    void travelIsImpossible()
    {
        std::vector<std::pair<QString, Timestamp>> signIns;
        for (const std::string &uuid : m_stories[u"impossible-travel"_s].uuids) {
            const QJsonObject &event = m_events[m_byUuid.at(uuid)];
            if (textAt(event, u"eventType"_s) == u"user.session.start"_s) {
                signIns.emplace_back(textAt(event, u"client.geographicalContext.country"_s),
                    *event::parseTimestamp(textAt(event, u"published"_s).toStdString()));
            }
        }
        QCOMPARE(signIns.size(), 2U);
        QVERIFY(signIns[0].first != signIns[1].first);
        QVERIFY(signIns[1].second - signIns[0].second < 45min);
    }

    void portInUseIsAnError()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        Simulator::Options options = fixedLog();
        options.port = other.serverPort();
        const auto simulator = Simulator::start(options);
        QVERIFY(!simulator);
        QVERIFY(simulator.error().sentence.contains(QString::number(other.serverPort())));
    }

private:
    std::unique_ptr<Simulator> m_simulator;
    std::vector<std::string> m_lines;
    std::vector<QJsonObject> m_events;
    std::map<std::string, std::size_t> m_byUuid;
    std::map<QString, Story> m_stories;
    std::set<std::string> m_inStories;
};

QTEST_GUILESS_MAIN(TestCompany)
#include "tst_company.moc"
