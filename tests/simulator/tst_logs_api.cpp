// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Client.h"
#include "event/LogEvent.h"
#include "filter/Matcher.h"

#include <QTcpSocket>
#include <QTest>
#include <QUrlQuery>
#include <zlib.h>

using namespace octotrail;
using namespace Qt::StringLiterals;
using simulator::Simulator;

/// Polling requests, and what holds for all requests to the log.
class TestLogsApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_simulator = startedWith(fixedLog());
        QVERIFY(m_simulator);
        m_log = m_simulator->log();
        QVERIFY2(m_log.size() > 500, qPrintable(QString::number(m_log.size())));
    }

    void pollsToTheEnd()
    {
        Client client(*m_simulator);
        const qint64 before = m_simulator->requestCount(u"/api/v1/logs"_s);
        int pages = 0;
        const auto served
            = client.collect(u"/api/v1/logs?"_s + sinceBegin + u"&sortOrder=ASCENDING&limit=100"_s, &pages);
        QCOMPARE(served, m_log);
        QCOMPARE(pages, static_cast<int>(m_log.size() / 100) + 2);
        QCOMPARE(m_simulator->requestCount(u"/api/v1/logs"_s) - before, pages);
        QCOMPARE(m_simulator->requestCount(u"/api/v1/nothing"_s), 0);
    }

    void pollHasAlwaysNext()
    {
        Client client(*m_simulator);
        Answer answer = client.get(u"/api/v1/logs?"_s + sinceBegin + u"&limit=1000"_s);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.header("Content-Type"), "application/json");
        QCOMPARE(answer.lines().size(), std::min<std::size_t>(1000, m_log.size()));
        while (!answer.lines().empty()) {
            QVERIFY(answer.next().isValid());
            answer = client.get(answer.next());
        }
        QCOMPARE(answer.body, "[]");
        // At the tail, next is the request itself.
        QCOMPARE(answer.next(), answer.link(u"self"_s));
        const QUrlQuery query(answer.next());
        QCOMPARE(query.queryItemValue(u"limit"_s), u"1000"_s);
        QVERIFY(query.hasQueryItem(u"since"_s) && query.hasQueryItem(u"after"_s));
    }

    void pollStartsAtSince()
    {
        Client client(*m_simulator);
        const auto served = client.collect(u"/api/v1/logs?since=2026-06-03T14:00:00.000Z&limit=1000"_s);
        QVERIFY(!served.empty() && served.size() < m_log.size());
        QCOMPARE(served, std::vector(m_log.end() - static_cast<std::ptrdiff_t>(served.size()), m_log.end()));
        // What was left out was persisted before, so it cannot have been published after.
        const auto before = m_log[m_log.size() - served.size() - 1];
        const auto published = event::LogEvent::fromBytes(before).published();
        QVERIFY(published < event::parseTimestamp("2026-06-03T14:00:00Z"));
    }

    void limitIsHundredByDefault()
    {
        Client client(*m_simulator);
        QCOMPARE(client.get(u"/api/v1/logs?"_s + sinceBegin).lines().size(), 100U);
        const Answer none = client.get(u"/api/v1/logs?limit=0&"_s + sinceBegin);
        QCOMPARE(none.status, 200);
        QCOMPARE(none.body, "[]");
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char *name, const QString &query, const QString &code, const QByteArray &says) {
            QTest::newRow(name) << query << code << says;
        };
        row("since", u"since=foobar"_s, u"E0000030"_s, "Invalid date");
        row("until", u"until=yesterday"_s, u"E0000001"_s, "until");
        row("too old", u"since=2025-01-01T00:00:00Z"_s, u"E0000053"_s, "over 180 days prior");
        row("limit", u"limit=1001"_s, u"E0000001"_s, "limit");
        row("limit is no number", u"limit=ten"_s, u"E0000001"_s, "limit");
        row("negative limit", u"limit=-1"_s, u"E0000001"_s, "limit");
        row("sortOrder", u"sortOrder=UP"_s, u"E0000001"_s, "sortOrder");
        row("after", u"after=nonsense"_s, u"E0000031"_s, "search criteria");
        row("after the end", u"after=1780000000000_99999999"_s, u"E0000031"_s, "search criteria");
        row("filter", u"filter=eventType%20eq"_s, u"E0000053"_s, "Invalid filter");
        row("published", u"filter=published%20gt%20%222026-01-01T00:00:00Z%22"_s, u"E0000053"_s, "published");
        row("published inside", u"filter=not(severity%20eq%20%22INFO%22%20or%20published%20pr)"_s, u"E0000053"_s,
            "published");
        row("field", u"filter=evenType%20eq%20%22x%22"_s, u"E0000053"_s, "evenType");
        row("value path", u"filter=target%5Btype%20eq%20%22User%22%5D"_s, u"E0000053"_s, "brackets");
        row("our own operator", u"filter=client.ipAddress%20cidr%20%2210.0.0.0%2F8%22"_s, u"E0000053"_s, "operator");
        row("co on url", u"filter=debugContext.debugData.url%20co%20%22admin%22"_s, u"E0000031"_s, "co is not");
        row("changeDetails", u"filter=target.changeDetails.to%20pr"_s, u"E0000053"_s, "cannot be queried");
        row("long keyword", u"q="_s + QString(41, u'x'), u"E0000001"_s, "longer than 40");
        row("many keywords", u"q=a+b+c+d+e+f+g+h+i+j+k"_s, u"E0000001"_s, "more than 10");
    }
    void refuses()
    {
        QFETCH(QString, query);
        QFETCH(QString, code);
        QFETCH(QByteArray, says);
        Client client(*m_simulator);
        const Answer answer = client.get(u"/api/v1/logs?"_s + query);
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.errorCode(), code);
        QVERIFY2(answer.body.contains(says), answer.body);
        const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
        QCOMPARE(body.keys(),
            (QStringList{u"errorCauses"_s, u"errorCode"_s, u"errorId"_s, u"errorLink"_s, u"errorSummary"_s}));
        QVERIFY(answer.has("x-rate-limit-remaining") && answer.has("x-okta-request-id") && answer.has("Date"));
    }

    void refusesStrangers()
    {
        Client client(*m_simulator);
        client.setToken(QString());
        QCOMPARE(client.get(u"/api/v1/logs"_s).errorCode(), u"E0000011"_s);
        client.setToken(u"00wrong"_s);
        const Answer answer = client.get(u"/api/v1/logs"_s);
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.errorCode(), u"E0000011"_s);
        QVERIFY(!answer.body.contains("00wrong"));
        // Who the organization is may be asked by anyone.
        const Answer known = client.get(u"/.well-known/okta-organization"_s);
        QCOMPARE(known.status, 200);
        const QJsonObject organization = QJsonDocument::fromJson(known.body).object();
        QCOMPARE(organization.value(u"pipeline"_s).toString(), u"idx"_s);
        QVERIFY(organization.value(u"id"_s).toString().startsWith(u"00o"_s));
    }

    void refusesWrongPathsAndVerbs()
    {
        Client client(*m_simulator);
        QCOMPARE(client.get(u"/api/v1/logs/api/v1/logs"_s).status, 404);
        QCOMPARE(client.get(u"/"_s).errorCode(), u"E0000008"_s);
        const Answer posted = client.send(client.url(u"/api/v1/logs"_s), "DELETE");
        QCOMPARE(posted.status, 405);
        QCOMPARE(posted.errorCode(), u"E0000022"_s);
    }

    void filtersWhilePolling_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::newRow("eq") << u"eventType eq \"user.session.start\""_s;
        QTest::newRow("logic") << u"outcome.result eq \"FAILURE\" and not (severity eq \"INFO\")"_s;
        QTest::newRow("array") << u"target.type eq \"AppInstance\" or actor.type ne \"User\""_s;
        QTest::newRow("debugData") << u"debugContext.debugData.factor sw \"OKTA_VERIFY\""_s;
        QTest::newRow("nothing") << u"eventType eq \"no.such.event\""_s;
    }
    void filtersWhilePolling()
    {
        QFETCH(QString, expression);
        Client client(*m_simulator);
        const auto served = client.collect(u"/api/v1/logs?limit=50&"_s + sinceBegin + u"&filter="_s
            + QString::fromUtf8(QUrl::toPercentEncoding(expression)));
        const auto parsed = filter::parse(expression.toStdString());
        QVERIFY(parsed);
        const filter::Matcher matcher(*parsed);
        std::vector<std::string> expected;
        for (const std::string &line : m_log) {
            if (matcher.matches(event::LogEvent::fromBytes(line))) {
                expected.push_back(line);
            }
        }
        QCOMPARE(served, expected);
        QVERIFY(served.size() < m_log.size());
        QCOMPARE(served.empty(), QByteArray(QTest::currentDataTag()) == "nothing");
    }

    void searchesWholeTokens()
    {
        Client client(*m_simulator);
        const auto found = [&](const QString &words) {
            return client.collect(u"/api/v1/logs?limit=1000&"_s + sinceBegin + u"&q="_s + words);
        };
        const auto spray = found(u"Password+spray"_s);
        QVERIFY(!spray.empty());
        for (const std::string &line : spray) {
            QVERIFY(QByteArray::fromStdString(line).toLower().contains("password spray"));
        }
        QVERIFY(found(u"Passwor+spray"_s).empty()); // Okta finds whole tokens alone
        const std::string uuid(event::LogEvent::fromBytes(m_log[7]).uuid());
        QCOMPARE(found(QString::fromStdString(uuid)), std::vector{m_log[7]});
        QVERIFY(found(QString::fromStdString(uuid) + u"+absent"_s).empty());
        // A value with hyphens is found whole and by its parts.
        QVERIFY(!found(QString::fromStdString(uuid.substr(0, 8))).empty());
    }

    void keepsTheNameItWasAskedBy()
    {
        Client client(*m_simulator);
        const QUrl url = client.url(u"/api/v1/logs?limit=5"_s);
        QCOMPARE(client.get(url).next().host(), u"127.0.0.1"_s);
        // Said in the header alone: not every machine knows where localhost is.
        client.setHeader("Host", "localhost:" + QByteArray::number(url.port()));
        QCOMPARE(client.get(url).next().host(), u"localhost"_s);
        QCOMPARE(client.get(url).next().port(), url.port());
        client.setHeader("Host", "evil.example.com");
        QCOMPARE(client.get(client.url(u"/api/v1/logs"_s)).next().host(), u"127.0.0.1"_s);
    }

    void sendsLinksAsTwoHeaders()
    {
        const QByteArray head = rawAnswer("Accept-Encoding: identity\r\n").first;
        QCOMPARE(head.count("\r\nLink: <http"), 2);
        QVERIFY(head.startsWith("HTTP/1.1 200 OK\r\n"));
        QVERIFY(!head.contains("Content-Encoding"));
    }

    void compressesForWhoCan()
    {
        const auto [head, body] = rawAnswer("Accept-Encoding: deflate, gzip;q=0.8\r\n");
        QVERIFY(head.contains("Content-Encoding: gzip"));
        QByteArray plain(8'000'000, '\0');
        z_stream stream{};
        stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(body.constData()));
        stream.avail_in = static_cast<uInt>(body.size());
        stream.next_out = reinterpret_cast<Bytef *>(plain.data());
        stream.avail_out = static_cast<uInt>(plain.size());
        QCOMPARE(inflateInit2(&stream, 15 + 16), Z_OK);
        QCOMPARE(inflate(&stream, Z_FINISH), Z_STREAM_END);
        plain.truncate(static_cast<qsizetype>(stream.total_out));
        inflateEnd(&stream);
        QCOMPARE(plain, rawAnswer("").second);
        QVERIFY(body.size() * 4 < plain.size());
        QVERIFY(!rawAnswer("Accept-Encoding: gzip;q=0\r\n").first.contains("gzip\r\n"));
    }

    void servesTheSameConnectionAgain()
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(m_simulator->origin().port()));
        QVERIFY(socket.waitForConnected());
        for (int i = 0; i < 3; ++i) {
            socket.write("GET /.well-known/okta-organization HTTP/1.1\r\nHost: localhost\r\n\r\n");
            QByteArray answer;
            QTRY_VERIFY_WITH_TIMEOUT((answer += socket.readAll(), answer.endsWith("}}}")), 5000);
            QVERIFY(answer.startsWith("HTTP/1.1 200"));
        }
    }

private:
    /// Head and body of one page, as they come over the wire.
    std::pair<QByteArray, QByteArray> rawAnswer(const QByteArray &headers)
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(m_simulator->origin().port()));
        socket.write("GET /api/v1/logs?limit=200&" + sinceBegin.toUtf8()
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: SSWS " + m_simulator->token().toUtf8() + "\r\n" + headers
            + "\r\n");
        QByteArray answer;
        qsizetype wanted = -1;
        while ((wanted < 0 || answer.size() < wanted) && socket.waitForReadyRead(5000)) {
            answer += socket.readAll();
            const qsizetype headEnd = answer.indexOf("\r\n\r\n");
            if (wanted < 0 && headEnd > 0) {
                const qsizetype at = answer.indexOf("Content-Length: ") + 16;
                wanted = headEnd + 4 + answer.mid(at, answer.indexOf('\r', at) - at).toLongLong();
            }
        }
        const qsizetype headEnd = answer.indexOf("\r\n\r\n");
        return {answer.left(headEnd), answer.mid(headEnd + 4)};
    }

    std::unique_ptr<Simulator> m_simulator;
    std::vector<std::string> m_log;
};

QTEST_GUILESS_MAIN(TestLogsApi)
#include "tst_logs_api.moc"
