// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Client.h"
#include "event/LogEvent.h"
#include "simulator/Faults.h"

#include <QTest>
#include <QUrlQuery>
#include <algorithm>
#include <map>
#include <set>

using namespace octotrail;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using simulator::Endpoint;
using simulator::Faults;
using simulator::RequestFault;
using simulator::Simulator;
using Kind = simulator::RequestFault::Kind;

/// The language of faults, and that a client notices each of them.
class TestFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsPlacesAndCounts()
    {
        auto faults = Faults::parse(u" 429*3, 500@5,drop@7*2 ,users:503@2*,late=0.02,clock=-600"_s);
        QVERIFY(faults);
        const auto statusAt = [&](Endpoint endpoint, qint64 number) {
            const auto fault = faults->forRequest(endpoint, number);
            return !fault ? 0 : fault->kind == Kind::Drop ? -1 : fault->status;
        };
        std::vector<int> logs;
        std::vector<int> users;
        for (qint64 number = 1; number <= 9; ++number) {
            logs.push_back(statusAt(Endpoint::Logs, number));
            users.push_back(statusAt(Endpoint::Users, number));
        }
        QCOMPARE(logs, (std::vector{429, 429, 429, 0, 500, 0, -1, -1, 0}));
        QCOMPARE(users, (std::vector{0, 503, 503, 503, 503, 503, 503, 503, 503}));
        QCOMPARE(statusAt(Endpoint::Devices, 1), 0);
        QCOMPARE(faults->log().late, 0.02);
        QCOMPARE(faults->clockOffsetSeconds(), -600);
    }

    void strikesAShareOfRequests()
    {
        auto faults = Faults::parse(u"503=0.25"_s, 7);
        int struck = 0;
        for (qint64 number = 1; number <= 1000; ++number) {
            struck += faults->forRequest(Endpoint::Logs, number).has_value();
        }
        QVERIFY2(struck > 200 && struck < 300, qPrintable(QString::number(struck)));
    }

    void refusesWhatItDoesNotUnderstand_data()
    {
        QTest::addColumn<QString>("specification");
        QTest::addColumn<QString>("says");
        QTest::newRow("no such fault") << u"500@5,explode@2"_s << u"\"explode\""_s;
        QTest::newRow("status") << u"200@1"_s << u"\"200\""_s;
        QTest::newRow("form") << u"500 at 5"_s << u"not understood"_s;
        QTest::newRow("request 0") << u"500@0"_s << u"from 1"_s;
        QTest::newRow("share") << u"late=2"_s << u"between 0 and 1"_s;
        QTest::newRow("no number") << u"late=0.0.1"_s << u"one number"_s;
        QTest::newRow("both") << u"500@3=0.1"_s << u"either"_s;
        QTest::newRow("place of a log fault") << u"late@3"_s << u"share"_s;
        QTest::newRow("endpoint") << u"groups:500@3"_s << u"endpoint"_s;
        QTest::newRow("clock") << u"clock=0.5"_s << u"seconds"_s;
    }
    void refusesWhatItDoesNotUnderstand()
    {
        QFETCH(QString, specification);
        QFETCH(QString, says);
        Simulator::Options options = fixedLog();
        options.faults = specification;
        const auto simulator = Simulator::start(options);
        QVERIFY(!simulator);
        QCOMPARE(simulator.error().kind, event::ErrorKind::InvalidInput);
        QVERIFY2(simulator.error().sentence.contains(says), qPrintable(simulator.error().sentence));
    }

    void answersWithStatus_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        QTest::newRow("400") << u"400"_s << 400 << u"E0000001"_s;
        QTest::newRow("401") << u"unauthorized"_s << 401 << u"E0000011"_s;
        QTest::newRow("403") << u"forbidden"_s << 403 << u"E0000006"_s;
        QTest::newRow("404") << u"404"_s << 404 << u"E0000007"_s;
        QTest::newRow("429") << u"429"_s << 429 << u"E0000047"_s;
        QTest::newRow("500") << u"500"_s << 500 << u"E0000009"_s;
        QTest::newRow("503") << u"503"_s << 503 << u"E0000010"_s;
        QTest::newRow("502") << u"502"_s << 502 << QString();
        QTest::newRow("504") << u"504"_s << 504 << QString();
    }
    void answersWithStatus()
    {
        QFETCH(QString, fault);
        QFETCH(int, status);
        QFETCH(QString, code);
        const auto simulator = faulty(fault + u"@2"_s);
        Client client(*simulator);
        QCOMPARE(client.get(page).status, 200);
        const Answer answer = client.get(page);
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.errorCode(), code);
        QCOMPARE(answer.body.contains("<html>"), code.isEmpty());
        QCOMPARE(answer.has("X-Rate-Limit-Reset"), true);
        QCOMPARE(client.get(page).status, 200);
    }

    void limitsRatesInOddWays()
    {
        const auto simulator = faulty(u"429@1,429-bare@2,429-double@3,429-concurrent@4"_s);
        Client client(*simulator);
        const Answer plain = client.get(page);
        QCOMPARE(plain.header("X-Rate-Limit-Remaining"), "0");
        const qint64 now = QDateTime::currentSecsSinceEpoch();
        const qint64 reset = plain.header("X-Rate-Limit-Reset").toLongLong();
        QVERIFY(reset >= now && reset <= now + 3);
        const Answer bare = client.get(page);
        QCOMPARE(bare.status, 429);
        QVERIFY(!bare.has("X-Rate-Limit-Reset") && !bare.has("Date"));
        const Answer doubled = client.get(page);
        QCOMPARE(doubled.header("X-Rate-Limit-Reset").split(',').size(), 2);
        const Answer concurrent = client.get(page);
        QCOMPARE(concurrent.header("X-Rate-Limit-Limit"), "0");
        QCOMPARE(concurrent.header("X-Rate-Limit-Remaining"), "0");
        QCOMPARE(client.get(page).status, 200);
    }

    void breaksConnections_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::newRow("drop") << u"drop"_s;
        QTest::newRow("reset") << u"reset"_s;
        QTest::newRow("truncate") << u"truncate"_s;
    }
    void breaksConnections()
    {
        QFETCH(QString, fault);
        const auto simulator = faulty(fault + u"@1*8"_s); // Qt asks again of itself when a connection is closed
        {
            Client client(*simulator);
            client.setHeader("Accept-Encoding", "identity");
            const Answer answer = client.get(page);
            QVERIFY(answer.error != QNetworkReply::NoError);
            QVERIFY(answer.lines().empty());
            QCOMPARE(answer.status == 0, fault == u"drop"_s); // the others get as far as the headers
        }
        QVERIFY(simulator->requestCount(u"/api/v1/logs"_s) >= 1);
    }

    void hangsUntilTheClientLeaves()
    {
        const auto simulator = faulty(u"hang@1"_s);
        Client client(*simulator);
        const Answer none = client.send(client.url(page), "GET", 300ms);
        QCOMPARE(none.error, QNetworkReply::OperationCanceledError);
        QCOMPARE(client.get(page).status, 200);
    }

    void tricklesSlowly()
    {
        const auto simulator = faulty(u"slow@1"_s);
        Client client(*simulator);
        QElapsedTimer timer;
        timer.start();
        const Answer answer = client.get(page);
        QVERIFY(timer.elapsed() > 1500);
        QCOMPARE(answer.lines(), client.get(page).lines());
    }

    void spoilsBodies()
    {
        const auto simulator = faulty(u"badjson@1,html@2,badgzip@3"_s);
        Client client(*simulator);
        const Answer broken = client.get(page);
        QCOMPARE(broken.status, 200);
        QCOMPARE(broken.error, QNetworkReply::NoError);
        QVERIFY(!broken.body.isEmpty() && QJsonDocument::fromJson(broken.body).isNull());
        QVERIFY(!event::splitArray(broken.body.toStdString()));
        const Answer html = client.get(page);
        QCOMPARE(html.status, 200);
        QVERIFY(html.header("Content-Type").startsWith("text/html"));
        QVERIFY(html.body.startsWith("<!DOCTYPE html>"));
        const Answer gzip = client.get(page);
        QVERIFY(gzip.error != QNetworkReply::NoError || QJsonDocument::fromJson(gzip.body).isNull());
        QCOMPARE(client.get(page).lines().size(), 50U);
    }

    void bendsLinks()
    {
        const auto simulator = faulty(u"nolink@1,otherhost@2,otherport@3,selflink@4,joined-links@5,redirect@6"_s);
        Client client(*simulator);
        const Answer none = client.get(page);
        QCOMPARE(none.lines().size(), 50U);
        QVERIFY(none.next().isEmpty() && !none.link(u"self"_s).isEmpty());
        const Answer host = client.get(page);
        QCOMPARE(host.next().host(), u"elsewhere.invalid"_s);
        QVERIFY(QUrlQuery(host.next()).hasQueryItem(u"after"_s));
        const Answer port = client.get(page);
        QCOMPARE(port.next().host(), simulator->origin().host());
        QVERIFY(port.next().port() != simulator->origin().port());
        const Answer self = client.get(page);
        QCOMPARE(self.next(), client.url(page));
        QCOMPARE(self.lines().size(), 50U);
        const Answer joined = client.get(page);
        QVERIFY(joined.header("Link").indexOf("next") < joined.header("Link").indexOf("self"));
        const Answer redirect = client.get(page);
        QCOMPARE(redirect.status, 302);
        QVERIFY(redirect.header("Location").startsWith("http://elsewhere.invalid/api/v1/logs?"));
    }

    void servesAnEmptyPageThatIsNotTheEnd()
    {
        const auto simulator = faulty(u"empty-page@2"_s);
        Client client(*simulator);
        const Answer first = client.get(page);
        const Answer empty = client.get(first.next());
        QCOMPARE(empty.body, "[]");
        QCOMPARE(empty.next(), first.next());
        QCOMPARE(client.get(empty.next()).lines().size(), 50U);
    }

    void forgetsCursors()
    {
        const auto simulator = faulty(u"dead-cursor@1*2"_s);
        Client client(*simulator);
        const Answer first = client.get(page); // has no cursor
        QCOMPARE(first.status, 200);
        QCOMPARE(client.get(first.next()).errorCode(), u"E0000031"_s);
        QCOMPARE(client.get(first.next()).status, 200);
    }

    void setsTheClock()
    {
        const auto simulator = faulty(u"clock=-7200"_s);
        Client client(*simulator);
        const Answer answer = client.get(page);
        const QDateTime date
            = QLocale::c().toDateTime(QString::fromLatin1(answer.header("Date")), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
        const qint64 behind
            = QDateTime::currentSecsSinceEpoch() - QDateTime(date.date(), date.time(), Qt::UTC).toSecsSinceEpoch();
        QVERIFY(behind >= 7200 && behind < 7210);
        QVERIFY(answer.header("X-Rate-Limit-Reset").toLongLong() < QDateTime::currentSecsSinceEpoch() - 7000);
    }

    void strikesOtherEndpoints()
    {
        const auto simulator = faulty(u"users:403@1,devices:500@1,org:404@1"_s);
        Client client(*simulator);
        QCOMPARE(client.get(page).status, 200);
        QCOMPARE(client.get(u"/api/v1/users"_s).status, 403);
        QCOMPARE(client.get(u"/api/v1/devices"_s).status, 500);
        QCOMPARE(client.get(u"/.well-known/okta-organization"_s).status, 404);
        QCOMPARE(client.get(u"/api/v1/users"_s).status, 200);
    }

    void servesDuplicatesAcrossPages()
    {
        const auto simulator = faulty(u"duplicate=0.1"_s);
        Client client(*simulator);
        const auto log = simulator->log();
        const auto served = client.collect(page);
        QVERIFY2(served.size() > log.size() * 105 / 100, qPrintable(QString::number(served.size())));
        // Without the second ones, it is the log.
        std::set<std::string> seen;
        std::vector<std::string> firsts;
        bool acrossPages = false;
        std::map<std::string, std::size_t> pageOf;
        for (std::size_t i = 0; i < served.size(); ++i) {
            if (seen.insert(served[i]).second) {
                firsts.push_back(served[i]);
                pageOf[served[i]] = i / 50;
            } else {
                acrossPages = acrossPages || pageOf[served[i]] != i / 50;
            }
        }
        QCOMPARE(firsts, log);
        QVERIFY(acrossPages);
    }

    void persistsLateAndOutOfOrder()
    {
        const auto plain = faulty({});
        const auto simulator = faulty(u"late=0.1"_s);
        const auto stepsBack = [](const std::vector<std::string> &log) {
            event::Timestamp newest{};
            int steps = 0;
            for (const std::string &line : log) {
                const auto published = *event::LogEvent::fromBytes(line).published();
                steps += published + 2min < newest;
                newest = std::max(newest, published);
            }
            return steps;
        };
        QCOMPARE(stepsBack(plain->log()), 0);
        QVERIFY(stepsBack(simulator->log()) > 20);
    }

    void writesOddEvents()
    {
        const auto simulator = faulty(u"odd-fields=0.5,null-target=0.2,bad-event=0.1"_s);
        Client client(*simulator);
        QCOMPARE(client.collect(page), simulator->log());
        int nullTargets = 0;
        int bad = 0;
        int numbers = 0;
        int nullAddresses = 0;
        for (const std::string &line : simulator->log()) {
            QJsonParseError error;
            const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(line), &error).object();
            if (error.error != QJsonParseError::NoError) {
                ++bad;
                continue;
            }
            nullTargets += object[u"target"_s].isNull();
            numbers += object[u"version"_s].isDouble();
            nullAddresses += object[u"client"_s][u"ipAddress"_s].toString() == u"null"_s;
        }
        const int count = static_cast<int>(simulator->log().size());
        QVERIFY(bad > count / 20 && bad < count / 5);
        QVERIFY(nullTargets > count / 10);
        QVERIFY(numbers > count / 50);
        QVERIFY(nullAddresses > count / 50);
    }

    void leaveTheLogAlone()
    {
        const auto plain = faulty({});
        const auto simulator = faulty(u"500=0.2,empty-page=0.1,badjson=0.1,duplicate=0.1,429*2"_s);
        QCOMPARE(simulator->log(), plain->log());
        // A client that asks again, and drops what it has, ends with all of it.
        Client client(*simulator);
        std::vector<std::string> collected;
        std::set<std::string> seen;
        QUrl at = client.url(page);
        for (int requests = 0; requests < 500 && collected.size() < plain->log().size(); ++requests) {
            const Answer answer = client.get(at);
            if (answer.status == 200 && event::splitArray(answer.body.toStdString())) {
                for (const std::string &line : answer.lines()) {
                    if (seen.insert(line).second) {
                        collected.push_back(line);
                    }
                }
                at = answer.next();
            }
        }
        QCOMPARE(collected, plain->log());
    }

private:
    static std::unique_ptr<Simulator> faulty(const QString &specification)
    {
        Simulator::Options options = fixedLog();
        options.faults = specification;
        return startedWith(options);
    }
    const QString page = u"/api/v1/logs?limit=50&"_s + sinceBegin;
};

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
