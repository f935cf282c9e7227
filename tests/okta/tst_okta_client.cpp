// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "HttpServer.h"
#include "okta/Client.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>
#include <zlib.h>

using namespace octotrail;
using namespace octotrail::okta;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using event::ErrorKind;

namespace {

const QByteArray token = "00goodTokenOfTheTests";

Credentials credentials()
{
    return *Credentials::apiToken(token);
}

QByteArray gzip(const QByteArray &plain)
{
    z_stream stream{};
    constexpr int gzipWindow = 15 + 16;
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        return {};
    }
    QByteArray packed(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(plain.size()))) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

/// Asks and waits for the answer.
std::optional<Answer> ask(Client &client, const QUrl &url, std::chrono::milliseconds patience = 10s)
{
    std::optional<Answer> got;
    int times = 0;
    const auto call = client.get(url, [&](const Answer &answer) {
        got = answer;
        ++times;
    });
    if (got || !QTest::qWaitFor([&got] { return got.has_value(); }, static_cast<int>(patience.count())) || times != 1) {
        return std::nullopt;
    }
    return got;
}

} // namespace

/// The client against a real server on loopback that behaves as badly as it can.
class TestOktaClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodAnswer();
    void repeatedHeadersSurvive();
    void requestIsVerbatim();
    void gzipIsUnpacked();
    void likeEventsCompressWell();
    void statuses_data();
    void statuses();
    void unauthorizedWithChallenge();
    void brokenAnswers_data();
    void brokenAnswers();
    void hangingServerTimesOut();
    void drippingServerTimesOut();
    void hugeAnswerIsGivenUp();
    void redirectGetsNoToken();
    void otherOriginIsRefused();
    void selfSignedCertificate();
    void cookiesAreNotSentBack();
    void clockSkewIsMeasured();
    void deletedCallIsSilent();
    void callDeletedInItsAnswer();
    void clientDeletedBeforeItsCall();
};

void TestOktaClient::goodAnswer()
{
    HttpServer server([](const HttpRequest &) {
        return reply(200, R"([{"uuid":"1"}])",
            {dateHeader(), "Link: <http://127.0.0.1/self>; rel=\"self\"", "Link: <http://127.0.0.1/next>; rel=\"next\"",
                "x-rate-limit-limit: 120", "x-rate-limit-remaining: 119", "x-rate-limit-reset: 1757607758",
                "X-Okta-Request-Id: reqAbc"});
    });
    Client client(server.origin(), credentials());
    const auto answer = ask(client, server.url(u"/api/v1/logs?limit=1"_s));
    QVERIFY(answer);
    QVERIFY2(*answer, *answer ? "" : qPrintable(answer->error().error.sentence));
    const Response &response = **answer;
    QCOMPARE(response.status, 200);
    QCOMPARE(response.body, QByteArray(R"([{"uuid":"1"}])"));
    QCOMPARE(response.next.value_or(QByteArray()), QByteArray("http://127.0.0.1/next"));
    QCOMPARE(response.rateLimit.limit.value_or(0), 120);
    QCOMPARE(response.rateLimit.remaining.value_or(0), 119);
    QCOMPARE(response.requestId, QByteArray("reqAbc"));
    QVERIFY(response.date);
    const HttpRequest request = server.requests().first();
    QCOMPARE(request.path, QByteArray("/api/v1/logs?limit=1"));
    QCOMPARE(request.headers["authorization"], "SSWS " + token);
    QCOMPARE(request.headers["accept"], QByteArray("application/json"));
    QVERIFY(request.headers["accept-encoding"].contains("gzip"));
    QVERIFY(request.headers["user-agent"].startsWith("Octotrail/"));
}

void TestOktaClient::repeatedHeadersSurvive()
{
    HttpServer server([](const HttpRequest &) {
        return reply(200, "[]",
            {"Link: <http://a/self>; rel=\"self\", <http://a/next>; rel=\"next\"", "X-Rate-Limit-Limit: 600",
                "X-Rate-Limit-Limit: 50", "X-Rate-Limit-Remaining: 599", "X-Rate-Limit-Remaining: 3",
                "X-Rate-Limit-Reset: 1757607799", "X-Rate-Limit-Reset: 1757607758"});
    });
    Client client(server.origin(), credentials());
    const auto answer = ask(client, server.url(u"/"_s));
    QVERIFY(answer && *answer);
    QCOMPARE((*answer)->next.value_or(QByteArray()), QByteArray("http://a/next"));
    QCOMPARE((*answer)->rateLimit.limit.value_or(0), 50);
    QCOMPARE((*answer)->rateLimit.remaining.value_or(0), 3);
    QCOMPARE((*answer)->rateLimit.reset->time_since_epoch() / 1s, 1757607799);
}

void TestOktaClient::requestIsVerbatim()
{
    HttpServer server([](const HttpRequest &) { return reply(200, "[]"); });
    Client client(server.origin(), credentials());
    const QByteArray path = "/api/v1/logs?since=2023-09-21T17%3A04%3A22Z&after=1_1&filter=a%2Bb+%22c%22&limit=1000";
    QVERIFY(ask(client, QUrl::fromEncoded(server.origin().toEncoded() + path, QUrl::StrictMode)));
    QCOMPARE(server.requests().first().path, path);
}

void TestOktaClient::gzipIsUnpacked()
{
    const QByteArray body
        = "[" + QByteArray(R"({"uuid":"1","displayMessage":"User login to Okta"},)").repeated(50) + "{}]";
    HttpServer server([&](const HttpRequest &) { return reply(200, gzip(body), {"Content-Encoding: gzip"}); });
    Client client(server.origin(), credentials());
    const auto answer = ask(client, server.url(u"/"_s));
    QVERIFY(answer && *answer);
    QCOMPARE((*answer)->body, body);
}

void TestOktaClient::likeEventsCompressWell()
{
    // 40 MB in 40 kB: what Qt by itself would take for a bomb.
    const QByteArray body = "[" + QByteArray(40'000'000, ' ') + "]";
    HttpServer server([&](const HttpRequest &) { return reply(200, gzip(body), {"Content-Encoding: gzip"}); });
    Client client(server.origin(), credentials());
    const auto answer = ask(client, server.url(u"/"_s));
    QVERIFY(answer);
    QVERIFY2(*answer, *answer ? "" : qPrintable(answer->error().error.sentence));
    QCOMPARE((*answer)->body.size(), body.size());
}

void TestOktaClient::statuses_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("kind");
    const auto row
        = [](int status, ErrorKind kind) { QTest::addRow("%d", status) << status << static_cast<int>(kind); };
    row(204, ErrorKind::Protocol);
    row(304, ErrorKind::Protocol);
    row(400, ErrorKind::InvalidInput);
    row(401, ErrorKind::Unauthorized);
    row(403, ErrorKind::Forbidden);
    row(404, ErrorKind::NotFound);
    row(405, ErrorKind::Protocol);
    row(410, ErrorKind::Protocol);
    row(418, ErrorKind::Protocol);
    row(429, ErrorKind::RateLimited);
    row(500, ErrorKind::Unavailable);
    row(501, ErrorKind::Unavailable);
    row(502, ErrorKind::Unavailable);
    row(503, ErrorKind::Unavailable);
    row(504, ErrorKind::Unavailable);
    row(599, ErrorKind::Unavailable);
}

void TestOktaClient::statuses()
{
    QFETCH(int, status);
    QFETCH(int, kind);
    HttpServer server([status](const HttpRequest &) {
        return reply(status,
            status == 204 || status == 304 ? "" : R"({"errorCode":"E0000123","errorSummary":"Summary"})",
            {dateHeader(), "X-Rate-Limit-Reset: 1757607758"});
    });
    Client client(server.origin(), credentials());
    const auto answer = ask(client, server.url(u"/api/v1/logs"_s));
    QVERIFY(answer);
    QVERIFY(!*answer);
    const Fault &fault = answer->error();
    QCOMPARE(fault.status, status);
    QCOMPARE(static_cast<int>(fault.error.kind), kind);
    QVERIFY(fault.date);
    QVERIFY(fault.rateLimit.reset);
    if (status >= 400) {
        QCOMPARE(fault.code, u"E0000123"_s);
    }
    QVERIFY(!fault.error.sentence.contains(QString::fromLatin1(token)));
}

void TestOktaClient::unauthorizedWithChallenge()
{
    HttpServer server([](const HttpRequest &) {
        return reply(401, R"({"errorCode":"E0000011","errorSummary":"Invalid token provided"})",
            {"WWW-Authenticate: Basic realm=\"x\""});
    });
    Client client(server.origin(), credentials());
    const auto answer = ask(client, server.url(u"/api/v1/logs"_s));
    QVERIFY(answer && !*answer);
    QCOMPARE(answer->error().code, u"E0000011"_s);
    QCOMPARE(server.requests().size(), 1);
}

void TestOktaClient::brokenAnswers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<int>>("kinds");
    const QList<int> network{static_cast<int>(ErrorKind::Network)};
    const QList<int> either{static_cast<int>(ErrorKind::Network), static_cast<int>(ErrorKind::Protocol)};
    QTest::newRow("closed at once") << QByteArray() << network;
    QTest::newRow("closed in the head") << QByteArray("HTTP/1.1 200 OK\r\nContent-Le") << either;
    QTest::newRow("closed in the body") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n[{\"uuid\":")
                                        << network;
    QTest::newRow("closed in a chunk") << QByteArray(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n[{\"uuid\":")
                                       << network;
    QTest::newRow("closed between chunks")
        << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[{}\r\n") << network;
    QTest::newRow("no HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n") << either;
    const QByteArray packed = gzip("[" + QByteArray(R"({"uuid":"1"},)").repeated(1000) + "{}]");
    QTest::newRow("gzip cut short") << reply(200, packed.left(packed.size() / 2), {"Content-Encoding: gzip"}).bytes
                                    << either;
    QTest::newRow("no gzip at all") << reply(200, "[{\"uuid\":\"1\"}]", {"Content-Encoding: gzip"}).bytes << either;
}

void TestOktaClient::brokenAnswers()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QList<int>, kinds);
    HttpServer server([&bytes](const HttpRequest &) { return HttpReply{bytes}; });
    Client client(server.origin(), credentials());
    const auto answer = ask(client, server.url(u"/api/v1/logs"_s));
    QVERIFY(answer);
    if (*answer) {
        QFAIL(qPrintable(u"taken for a whole answer: "_s + QString::fromUtf8((*answer)->body.left(100))));
    }
    QVERIFY2(kinds.contains(static_cast<int>(answer->error().error.kind)), qPrintable(answer->error().error.sentence));
}

void TestOktaClient::hangingServerTimesOut()
{
    for (const QByteArray &bytes : {QByteArray(), QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n[")}) {
        HttpServer server([&bytes](const HttpRequest &) { return HttpReply{bytes, false, true}; });
        Client::Options options;
        options.silence = 200ms;
        Client client(server.origin(), credentials(), options);
        const auto answer = ask(client, server.url(u"/"_s));
        QVERIFY(answer && !*answer);
        QCOMPARE(answer->error().error.kind, ErrorKind::Timeout);
    }
}

void TestOktaClient::drippingServerTimesOut()
{
    QTcpServer server;
    QTimer drip;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n[");
        connect(&drip, &QTimer::timeout, socket, [socket] { socket->write(" "); });
        drip.start(20ms);
    });
    Client::Options options;
    options.silence = 5s;
    options.deadline = 300ms;
    const QUrl origin(u"http://127.0.0.1:%1"_s.arg(server.serverPort()));
    Client client(origin, credentials(), options);
    const auto answer = ask(client, origin);
    QVERIFY(answer && !*answer);
    QCOMPARE(answer->error().error.kind, ErrorKind::Timeout);
}

void TestOktaClient::hugeAnswerIsGivenUp()
{
    Client::Options options;
    options.largestBody = 100'000;
    const QByteArray body = "[" + QByteArray(1'000'000, ' ') + "]";
    for (const HttpReply &huge : {reply(200, body), reply(200, gzip(body), {"Content-Encoding: gzip"})}) {
        HttpServer server([&huge](const HttpRequest &) { return huge; });
        Client client(server.origin(), credentials(), options);
        const auto answer = ask(client, server.url(u"/"_s));
        QVERIFY(answer && !*answer);
        QCOMPARE(answer->error().error.kind, ErrorKind::Protocol);
    }
}

void TestOktaClient::redirectGetsNoToken()
{
    HttpServer thief([](const HttpRequest &) { return reply(200, "[]"); });
    for (const int status : {301, 302, 303, 307, 308}) {
        HttpServer server([&](const HttpRequest &) {
            return reply(status, "", {"Location: " + thief.url(u"/api/v1/logs"_s).toEncoded()});
        });
        Client client(server.origin(), credentials());
        const auto answer = ask(client, server.url(u"/api/v1/logs"_s));
        QVERIFY(answer && !*answer);
        QCOMPARE(answer->error().error.kind, ErrorKind::Refused);
    }
    QVERIFY(thief.requests().isEmpty());
}

void TestOktaClient::otherOriginIsRefused()
{
    HttpServer thief([](const HttpRequest &) { return reply(200, "[]"); });
    HttpServer server([](const HttpRequest &) { return reply(200, "[]"); });
    Client client(server.origin(), credentials());
    const auto answer = ask(client, thief.url(u"/api/v1/logs"_s));
    QVERIFY(answer && !*answer);
    QCOMPARE(answer->error().error.kind, ErrorKind::Refused);
    QVERIFY(thief.requests().isEmpty());
    // Plain HTTP to a host that is not this machine is refused even if the source was set so.
    Client plain(QUrl(u"http://acme.okta.com"_s), credentials());
    const auto refused = ask(plain, QUrl(u"http://acme.okta.com/api/v1/logs"_s));
    QVERIFY(refused && !*refused);
    QCOMPARE(refused->error().error.kind, ErrorKind::Refused);
}

void TestOktaClient::selfSignedCertificate()
{
    const QSslConfiguration tls = tlsOf(QFINDTESTDATA("loopback.crt"), QFINDTESTDATA("loopback.key"));
    HttpServer server([](const HttpRequest &) { return reply(200, "[]"); }, tls);
    Client client(server.origin(), credentials());
    const auto answer = ask(client, server.url(u"/api/v1/logs"_s));
    QVERIFY(answer && !*answer);
    QCOMPARE(answer->error().error.kind, ErrorKind::Tls);
    QVERIFY2(answer->error().error.sentence.contains(u"not signed by an authority"_s),
        qPrintable(answer->error().error.sentence));
    QVERIFY(server.requests().isEmpty());
}

void TestOktaClient::cookiesAreNotSentBack()
{
    HttpServer server([](const HttpRequest &) { return reply(200, "[]", {"Set-Cookie: JSESSIONID=1; Path=/"}); });
    Client client(server.origin(), credentials());
    QVERIFY(ask(client, server.url(u"/"_s)));
    QVERIFY(ask(client, server.url(u"/"_s)));
    QCOMPARE(server.requests().size(), 2);
    QVERIFY(!server.requests().last().headers.contains("cookie"));
}

void TestOktaClient::clockSkewIsMeasured()
{
    for (const int offset : {0, 3600, -90}) {
        HttpServer server([offset](const HttpRequest &) { return reply(200, "[]", {dateHeader(offset)}); });
        Client client(server.origin(), credentials());
        const auto answer = ask(client, server.url(u"/"_s));
        QVERIFY(answer && *answer);
        QVERIFY((*answer)->clockSkew);
        QVERIFY(std::chrono::abs(*(*answer)->clockSkew - std::chrono::seconds(offset)) <= 1500ms);
    }
}

void TestOktaClient::deletedCallIsSilent()
{
    HttpServer server([](const HttpRequest &request) {
        return request.path == "/second" ? HttpReply{{}, false, true} : reply(200, "[]");
    });
    Client client(server.origin(), credentials());
    bool told = false;
    client.get(server.url(u"/first"_s), [&](const Answer &) { told = true; }).reset();
    client.get(QUrl(u"https://elsewhere.example"_s), [&](const Answer &) { told = true; }).reset();
    auto call = client.get(server.url(u"/second"_s), [&](const Answer &) { told = true; });
    QTRY_VERIFY_WITH_TIMEOUT(!server.requests().isEmpty() && server.requests().last().path == "/second", 30'000);
    call.reset();
    QVERIFY(ask(client, server.url(u"/third"_s)));
    QVERIFY(!told);
}

void TestOktaClient::callDeletedInItsAnswer()
{
    HttpServer server([](const HttpRequest &) { return reply(200, "[]"); });
    Client client(server.origin(), credentials());
    std::unique_ptr<Call> call;
    int told = 0;
    for (const QUrl &url : {server.url(u"/"_s), QUrl(u"https://elsewhere.example"_s)}) {
        call = client.get(url, [&](const Answer &) {
            call.reset();
            ++told;
        });
        QTRY_VERIFY_WITH_TIMEOUT(!call, 30'000);
    }
    QCOMPARE(told, 2);
}

void TestOktaClient::clientDeletedBeforeItsCall()
{
    HttpServer server([](const HttpRequest &) { return HttpReply{{}, false, true}; });
    auto client = std::make_unique<Client>(server.origin(), credentials());
    auto call = client->get(server.url(u"/"_s), [](const Answer &) {});
    QTRY_COMPARE_WITH_TIMEOUT(server.requests().size(), 1, 30'000);
    client.reset();
    call.reset();
}

QTEST_GUILESS_MAIN(TestOktaClient)
#include "tst_okta_client.moc"
