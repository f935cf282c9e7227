// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/Credentials.h"
#include "okta/Faults.h"
#include "okta/Link.h"
#include "okta/Organization.h"
#include "okta/Profiles.h"
#include "okta/RateLimit.h"
#include "okta/SystemLog.h"

#include <QTest>
#include <QUrlQuery>

using namespace octotrail;
using namespace octotrail::okta;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using event::ErrorKind;

/// The parts of Okta's protocol that need no network: headers, urls, errors, profiles.
class TestOktaProtocol : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nextLink_data();
    void nextLink();
    void linksKeepEveryRelation();
    void httpDates_data();
    void httpDates();
    void rateLimitHeaders_data();
    void rateLimitHeaders();
    void waitAfter429_data();
    void waitAfter429();
    void errors_data();
    void errors();
    void errorTextsAreBounded();
    void networkFaults_data();
    void networkFaults();
    void logRequests();
    void limitOfUrls_data();
    void limitOfUrls();
    void linksSurviveAsUrls_data();
    void linksSurviveAsUrls();
    void queryHashTellsQueriesApart();
    void credentialsAreLeftOut_data();
    void credentialsAreLeftOut();
    void unreadableUsersAreRefused();
    void tokens_data();
    void tokens();
};

void TestOktaProtocol::nextLink_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("next"); // null: none
    const QByteArray self = R"(<https://acme.okta.com/api/v1/logs?since=2024>; rel="self")";
    const QByteArray next = R"(<https://acme.okta.com/api/v1/logs?after=1_1&limit=2>; rel="next")";
    const QByteArray target = "https://acme.okta.com/api/v1/logs?after=1_1&limit=2";
    QTest::newRow("nothing") << QByteArray() << QByteArray();
    QTest::newRow("self alone") << self << QByteArray();
    QTest::newRow("next alone") << next << target;
    QTest::newRow("joined by a comma") << self + ", " + next << target;
    QTest::newRow("joined by a comma alone") << self + "," + next << target;
    QTest::newRow("joined by a line feed") << self + "\n" + next << target;
    QTest::newRow("next first") << next + ", " + self << target;
    QTest::newRow("unquoted") << QByteArray("<" + target + ">; rel=next") << target;
    QTest::newRow("no white space") << QByteArray("<" + target + ">;rel=\"next\"") << target;
    QTest::newRow("much white space") << QByteArray("  <" + target + ">  ;  rel  =  \"next\"  ") << target;
    QTest::newRow("upper case") << QByteArray("<" + target + ">; REL=\"NEXT\"") << target;
    QTest::newRow("several relations") << QByteArray("<" + target + ">; rel=\"last next\"") << target;
    QTest::newRow("other parameters") << QByteArray("<" + target + ">; title=\"a, b; rel=self\"; rel=\"next\"; x")
                                      << target;
    QTest::newRow("the first rel counts") << QByteArray("<" + target + ">; rel=\"self\"; rel=\"next\"") << QByteArray();
    QTest::newRow("nextish") << QByteArray("<" + target + ">; rel=\"next-archive\"") << QByteArray();
    QTest::newRow("comma and semicolon in the target")
        << QByteArray(R"(<https://a.okta.com/x?q=a,b;c>; rel="next")") << QByteArray("https://a.okta.com/x?q=a,b;c");
    QTest::newRow("rel in another link's title")
        << QByteArray(R"(<https://a.okta.com/1>; rel="self"; title="<x>; rel=next", )") + next << target;
    QTest::newRow("escaped quote") << QByteArray(R"(<https://a.okta.com/1>; title="\", <b>; rel=next"; rel="self")")
                                   << QByteArray();
    QTest::newRow("garbage before") << QByteArray("what, ever; rel=next, ") + next << target;
    QTest::newRow("never closed") << QByteArray("<https://a.okta.com/1; rel=\"next\"") << QByteArray();
    QTest::newRow("quote never closed") << QByteArray("<" + target + ">; rel=\"next") << target;
    QTest::newRow("commas") << QByteArray(",,, ,") << QByteArray();
    QTest::newRow("single quotes are no quotes") << QByteArray("<" + target + ">; rel='next'") << QByteArray();
}

void TestOktaProtocol::nextLink()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, next);
    const auto found = linkTo("next", header);
    QCOMPARE(found.has_value(), !next.isNull());
    QCOMPARE(found.value_or(QByteArray()), next);
}

void TestOktaProtocol::linksKeepEveryRelation()
{
    const QList<Link> expected{{"a", {"self"}}, {"b", {"prev", "next"}}, {"c", {}}};
    QCOMPARE(parseLinks("<a>; rel=self, <b>; rel=\"prev next\", <c>"), expected);
}

void TestOktaProtocol::httpDates_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("time"); // empty: none
    QTest::newRow("usual") << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT") << u"1994-11-06T08:49:37.000Z"_s;
    QTest::newRow("twice") << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:38 GMT")
                           << u"1994-11-06T08:49:37.000Z"_s;
    QTest::newRow("nothing") << QByteArray() << QString();
    QTest::newRow("no such day") << QByteArray("Sun, 31 Feb 2024 08:49:37 GMT") << QString();
    QTest::newRow("no such month") << QByteArray("Sun, 01 Foo 2024 08:49:37 GMT") << QString();
    QTest::newRow("other zone") << QByteArray("Sun, 06 Nov 1994 08:49:37 CET") << QString();
    QTest::newRow("words") << QByteArray("once upon a time there was") << QString();
}

void TestOktaProtocol::httpDates()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, time);
    const auto parsed = parseHttpDate(text);
    QCOMPARE(parsed ? QString::fromStdString(event::formatTimestamp(*parsed)) : QString(), time);
}

void TestOktaProtocol::rateLimitHeaders_data()
{
    QTest::addColumn<QByteArray>("limit");
    QTest::addColumn<QByteArray>("remaining");
    QTest::addColumn<QByteArray>("reset");
    QTest::addColumn<int>("expectedLimit"); // -1: none
    QTest::addColumn<int>("expectedRemaining");
    QTest::addColumn<int>("expectedReset");
    const auto row
        = [](const char *name, const char *limit, const char *remaining, const char *reset, int a, int b, int c) {
              QTest::newRow(name) << QByteArray(limit) << QByteArray(remaining) << QByteArray(reset) << a << b << c;
          };
    row("none", "", "", "", -1, -1, -1);
    row("usual", "120", "119", "1757607758", 120, 119, 1757607758);
    row("several buckets", "600, 50", "599, 3", "1757607758, 1757607799", 50, 3, 1757607799);
    row("several lines", "600\n50", "3\n599", "1757607799\n1757607758", 50, 3, 1757607799);
    row("concurrency", "0", "0", "1757607758", 0, 0, 1757607758);
    row("one is null", "null, 50", ",3", "null", 50, 3, -1);
    row("negative and huge", "-1", "99999999999999999999", "99999999999999", -1, -1, -1);
    row("larger than an int", "4294967296", "1", "1", 2147483647, 1, 1);
}

void TestOktaProtocol::rateLimitHeaders()
{
    QFETCH(QByteArray, limit);
    QFETCH(QByteArray, remaining);
    QFETCH(QByteArray, reset);
    QFETCH(int, expectedLimit);
    QFETCH(int, expectedRemaining);
    QFETCH(int, expectedReset);
    const RateLimit parsed = parseRateLimit(limit, remaining, reset);
    QCOMPARE(parsed.limit.value_or(-1), expectedLimit);
    QCOMPARE(parsed.remaining.value_or(-1), expectedRemaining);
    QCOMPARE(parsed.reset ? parsed.reset->time_since_epoch() / 1s : -1, expectedReset);
}

void TestOktaProtocol::waitAfter429_data()
{
    QTest::addColumn<qint64>("reset"); // -1: none
    QTest::addColumn<qint64>("date");
    QTest::addColumn<qint64>("wait");
    // Whatever the local clock says: only the server's two are compared.
    QTest::newRow("usual") << qint64(1757607758) << qint64(1757607710) << qint64(49);
    QTest::newRow("long ago by our clock") << qint64(1000000048) << qint64(1000000000) << qint64(49);
    QTest::newRow("reset in the past") << qint64(1757607700) << qint64(1757607710) << qint64(1);
    QTest::newRow("reset far away") << qint64(1757697758) << qint64(1757607710) << qint64(300);
    QTest::newRow("no reset") << qint64(-1) << qint64(1757607710) << qint64(60);
    QTest::newRow("no date") << qint64(1757607758) << qint64(-1) << qint64(60);
}

void TestOktaProtocol::waitAfter429()
{
    QFETCH(qint64, reset);
    QFETCH(qint64, date);
    QFETCH(qint64, wait);
    const auto time = [](qint64 seconds) {
        return seconds < 0 ? std::nullopt : std::optional(event::Timestamp(std::chrono::seconds(seconds)));
    };
    RateLimit limit;
    limit.reset = time(reset);
    QCOMPARE(waitAfter(limit, time(date)).count(), wait);
}

void TestOktaProtocol::errors_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("says");
    const auto row = [](int status, const char *code, const char *summary, ErrorKind kind, const char *says) {
        const QByteArray body = QByteArray(R"({"errorCode":")") + code + R"(","errorSummary":")" + summary
            + R"(","errorLink":"x","errorId":"oae","errorCauses":[]})";
        QTest::addRow("%d %s", status, code)
            << status << body << static_cast<int>(kind) << QString::fromLatin1(code) << QString::fromUtf8(says);
    };
    row(400, "E0000001", "Api validation failed: until", ErrorKind::InvalidInput, "Api validation failed: until");
    row(400, "E0000031", "Invalid search criteria.", ErrorKind::InvalidInput, "E0000031");
    row(401, "E0000011", "Invalid token provided", ErrorKind::Unauthorized, "Security > API > Tokens");
    row(401, "E0000004", "Authentication failed", ErrorKind::Unauthorized, "API token");
    row(401, "E0000015", "You do not have permission to access the feature you are requesting", ErrorKind::Unavailable,
        "feature");
    row(403, "E0000006", "You do not have permission to perform the requested action", ErrorKind::Forbidden,
        "read-only administrator");
    row(403, "E0000015", "You do not have permission to access the feature", ErrorKind::Unavailable, "feature");
    row(404, "E0000008", "The requested path was not found", ErrorKind::NotFound, "/api/v1/logs");
    row(405, "E0000022", "The endpoint does not support the provided HTTP method", ErrorKind::Protocol, "405");
    row(429, "E0000047", "API call exceeded rate limit due to too many requests.", ErrorKind::RateLimited, "limit");
    row(500, "E0000009", "Internal Server Error", ErrorKind::Unavailable, "Internal Server Error");
    row(503, "E0000010", "Service is in read only mode", ErrorKind::Unavailable, "503");
    const auto plain = [](const char *name, int status, const char *body, ErrorKind kind, const char *says) {
        QTest::newRow(name) << status << QByteArray(body) << static_cast<int>(kind) << QString()
                            << QString::fromUtf8(says);
    };
    plain(
        "no organization", 404, "<html>Not here</html>", ErrorKind::NotFound, "no Okta organization at acme.okta.com");
    plain("gateway", 502, "<html>Bad gateway</html>", ErrorKind::Unavailable, "502");
    plain("nothing", 504, "", ErrorKind::Unavailable, "504");
    plain("page instead of data", 200, "\n <!DOCTYPE html><html>", ErrorKind::Protocol, "web page");
    plain("cut short", 200, "[{\"uuid\":\"1\"},", ErrorKind::Protocol, "cut short");
    plain("empty answer", 200, "", ErrorKind::Protocol, "empty");
    plain("no content", 204, "", ErrorKind::Protocol, "204");
    plain("redirect within", 302, "", ErrorKind::Protocol, "redirect");
    plain("proxy", 407, "", ErrorKind::Network, "proxy");
    QTest::newRow("causes") << 400
                            << QByteArray(R"({"errorCode":"E0000001","errorSummary":"Api validation failed: q",)"
                                          R"("errorCauses":[{"errorSummary":"q: too long"},{"errorSummary":""},3]})")
                            << static_cast<int>(ErrorKind::InvalidInput) << u"E0000001"_s << u"q: too long"_s;
    QTest::newRow("OAuth") << 403
                           << QByteArray(R"({"error":"insufficient_scope","error_description":"needs okta.logs.read"})")
                           << static_cast<int>(ErrorKind::Forbidden) << u"insufficient_scope"_s << u"okta.logs.read"_s;
    QTest::newRow("odd types") << 400 << QByteArray(R"({"errorCode":17,"errorSummary":[],"errorCauses":{}})")
                               << static_cast<int>(ErrorKind::InvalidInput) << QString() << u"filter"_s;
}

void TestOktaProtocol::errors()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, kind);
    QFETCH(QString, code);
    QFETCH(QString, says);
    Response response;
    response.url = QUrl(u"https://acme.okta.com/api/v1/logs?limit=1"_s);
    response.status = status;
    response.body = body;
    response.requestId = "reqAbc";
    const auto fault = faultOf(response);
    QVERIFY(fault);
    QCOMPARE(static_cast<int>(fault->error.kind), kind);
    QCOMPARE(fault->code, code);
    QCOMPARE(fault->status, status);
    QCOMPARE(fault->requestId, QByteArray("reqAbc"));
    QVERIFY2(fault->error.sentence.contains(says), qPrintable(fault->error.sentence));
    QVERIFY2(fault->error.sentence.endsWith(u'.'), qPrintable(fault->error.sentence));
}

void TestOktaProtocol::errorTextsAreBounded()
{
    Response response;
    response.url = QUrl(u"https://acme.okta.com/"_s);
    response.status = 400;
    response.body = R"({"errorCode":")" + QByteArray(5000, 'E') + R"(","errorSummary":"a\nb\u0000\u202e<b>)"
        + QByteArray(5000, 'x') + R"("})";
    const auto fault = faultOf(response);
    QVERIFY(fault);
    QVERIFY2(fault->error.sentence.size() < 700, qPrintable(fault->error.sentence));
    QVERIFY(fault->code.size() <= 64);
    QVERIFY(!fault->error.sentence.contains(u'\n'));
    QVERIFY(!fault->error.sentence.contains(QChar(u'\u202e')));
    QVERIFY(!fault->error.sentence.contains(QChar(u'\0')));
}

void TestOktaProtocol::networkFaults_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<int>("kind");
    const auto row = [](QNetworkReply::NetworkError error, ErrorKind kind) {
        QTest::addRow("%d", error) << static_cast<int>(error) << static_cast<int>(kind);
    };
    row(QNetworkReply::HostNotFoundError, ErrorKind::Network);
    row(QNetworkReply::ConnectionRefusedError, ErrorKind::Network);
    row(QNetworkReply::RemoteHostClosedError, ErrorKind::Network);
    row(QNetworkReply::TemporaryNetworkFailureError, ErrorKind::Network);
    row(QNetworkReply::ProxyNotFoundError, ErrorKind::Network);
    row(QNetworkReply::TimeoutError, ErrorKind::Timeout);
    row(QNetworkReply::OperationCanceledError, ErrorKind::Timeout);
    row(QNetworkReply::SslHandshakeFailedError, ErrorKind::Tls);
    row(QNetworkReply::ProtocolFailure, ErrorKind::Protocol);
    row(QNetworkReply::UnknownContentError, ErrorKind::Protocol);
}

void TestOktaProtocol::networkFaults()
{
    QFETCH(int, error);
    QFETCH(int, kind);
    const auto fault
        = faultOf(static_cast<QNetworkReply::NetworkError>(error), u"detail"_s, QUrl(u"https://acme.okta.com/x"_s), {});
    QCOMPARE(static_cast<int>(fault.error.kind), kind);
    QCOMPARE(fault.status, 0);
    QVERIFY2(fault.error.sentence.contains(u"acme.okta.com"_s), qPrintable(fault.error.sentence));
}

void TestOktaProtocol::logRequests()
{
    const QUrl origin(u"https://acme.okta.com"_s);
    const auto since = *event::parseTimestamp("2024-08-13T15:58:20.353999Z");
    const QUrl url = systemlog::firstPage(origin, since, uR"( actor.id eq "a+b&c=d" )"_s);
    QCOMPARE(url.host(), origin.host());
    QCOMPARE(url.path(), u"/api/v1/logs"_s);
    const QUrlQuery query(url);
    QCOMPARE(query.queryItems().size(), 4);
    QCOMPARE(query.queryItemValue(u"since"_s, QUrl::FullyDecoded), u"2024-08-13T15:58:20.353Z"_s);
    QCOMPARE(query.queryItemValue(u"sortOrder"_s), u"ASCENDING"_s);
    QCOMPARE(query.queryItemValue(u"limit"_s), u"1000"_s);
    QVERIFY(!query.hasQueryItem(u"until"_s));
    QVERIFY2(url.toEncoded().contains("filter=actor.id%20eq%20%22a%2Bb%26c%3Dd%22"), url.toEncoded().constData());
    QVERIFY(!QUrlQuery(systemlog::firstPage(origin, since, u"  "_s)).hasQueryItem(u"filter"_s));
}

void TestOktaProtocol::limitOfUrls_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<int>("limit");
    QTest::newRow("ours") << u"https://a.okta.com/api/v1/logs?since=2024&limit=1000"_s << 1000;
    QTest::newRow("first") << u"https://a.okta.com/api/v1/logs?limit=7&after=1"_s << 7;
    QTest::newRow("Okta's default") << u"https://a.okta.com/api/v1/logs?after=1"_s << 100;
    QTest::newRow("no number") << u"https://a.okta.com/api/v1/logs?limit=many"_s << 100;
}

void TestOktaProtocol::limitOfUrls()
{
    QFETCH(QString, url);
    QFETCH(int, limit);
    QCOMPARE(systemlog::limitOf(QUrl(url)), limit);
}

void TestOktaProtocol::linksSurviveAsUrls_data()
{
    QTest::addColumn<QByteArray>("link");
    for (const char *link :
        {"https://a.okta.com/api/v1/logs?since=2023-09-21T17%3A04%3A22Z&limit=1000&after=1714675441520_1",
            "https://a.okta.com/api/v1/logs?since=2023-09-21T17:04:22.123%2B02:00&after=349996bd-5f52-4d1b-9d6e",
            "https://a.okta.com/api/v1/logs?filter=actor.id%20eq%20%22a%2Bb%26c%3Dd%22&after=x",
            "https://a.okta.com/api/v1/logs?filter=actor.id+eq+%22x%22&after=a%2Fb%3D%3D",
            "https://a.okta.com/api/v1/logs?q=%C3%BC&after=a,b;c&empty=&flag"}) {
        QTest::newRow(link) << QByteArray(link);
    }
}

void TestOktaProtocol::linksSurviveAsUrls()
{
    QFETCH(QByteArray, link);
    // What is stored as a QString and asked for as a QUrl must reach Okta as Okta wrote it.
    const QString stored = QString::fromUtf8(link);
    QCOMPARE(QUrl::fromEncoded(stored.toUtf8(), QUrl::StrictMode).toEncoded(), link);
}

void TestOktaProtocol::queryHashTellsQueriesApart()
{
    const QUrl acme(u"https://acme.okta.com"_s);
    const QString hash = systemlog::queryHash(acme, u"a eq \"b\""_s);
    QCOMPARE(hash, systemlog::queryHash(acme, u" a eq \"b\" "_s));
    QCOMPARE(hash, systemlog::queryHash(QUrl(u"https://acme.okta.com/"_s), u"a eq \"b\""_s));
    QVERIFY(hash != systemlog::queryHash(acme, u"a eq \"c\""_s));
    QVERIFY(hash != systemlog::queryHash(acme, QString()));
    QVERIFY(hash != systemlog::queryHash(QUrl(u"https://other.okta.com"_s), u"a eq \"b\""_s));
    QVERIFY(hash != systemlog::queryHash(acme, u"a eq \"b\""_s, 100));
}

void TestOktaProtocol::credentialsAreLeftOut_data()
{
    QTest::addColumn<QByteArray>("user");
    QTest::addColumn<QByteArray>("kept");
    const auto row = [](const char *name, const char *user, const char *kept) {
        QTest::newRow(name) << QByteArray(user) << QByteArray(kept);
    };
    row("none", R"({"id":"00u1","profile":{"login":"a@b"}})", R"({"id":"00u1","profile":{"login":"a@b"}})");
    row("all",
        R"({"id":"00u1","credentials":{"password":{},"recovery_question":{"question":"Pet?"},)"
        R"("provider":{"type":"OKTA","name":"OKTA"}},"_links":{}})",
        R"({"id":"00u1","credentials":{"provider":{"type":"OKTA","name":"OKTA"}},"_links":{}})");
    row("no provider", R"({"credentials":{"password":{"value":"s"}}})", R"({"credentials":{}})");
    row("last, spaced", "{ \"id\" : 1.0 , \"credentials\" : { \"password\" : {\"a\":\"}\"} } }",
        "{ \"id\" : 1.0 , \"credentials\" : {} }");
    row("escaped key", R"({"\u0063redentials":{"password":{"value":"s"}},"x":[1,{"credentials":2}]})",
        R"({"\u0063redentials":{},"x":[1,{"credentials":2}]})");
    row("twice", R"({"credentials":{"password":1},"credentials":{"provider":{"a":[]},"password":2}})",
        R"({"credentials":{},"credentials":{"provider":{"a":[]}}})");
    row("not an object", R"({"credentials":"secret"})", R"({"credentials":{}})");
    row("brackets and quotes in texts", R"({"a":"}],\"credentials\":{","credentials":{"p":"{["},"b":"\\"})",
        R"({"a":"}],\"credentials\":{","credentials":{},"b":"\\"})");
    row("of others", R"({"profile":{"credentials":{"password":"a custom attribute"}}})",
        R"({"profile":{"credentials":{"password":"a custom attribute"}}})");
}

void TestOktaProtocol::credentialsAreLeftOut()
{
    QFETCH(QByteArray, user);
    QFETCH(QByteArray, kept);
    const auto clean = profiles::withoutCredentials(user.toStdString());
    QVERIFY(clean);
    QCOMPARE(QByteArray::fromStdString(*clean), kept);
}

void TestOktaProtocol::unreadableUsersAreRefused()
{
    for (const char *user : {"", "[]", "{\"credentials\":", "{\"a\":1}}", "\"credentials\"", "{'credentials':{}}"}) {
        QVERIFY2(!profiles::withoutCredentials(user), user);
    }
}

void TestOktaProtocol::tokens_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<bool>("good");
    QTest::newRow("good") << QByteArray("00aBcD-eF_0123456789") << true;
    QTest::newRow("pasted with white space") << QByteArray(" 00aBcD\r\n") << true;
    QTest::newRow("empty") << QByteArray("") << false;
    QTest::newRow("blank") << QByteArray(" \t") << false;
    QTest::newRow("two lines") << QByteArray("00aBcD\r\nX-Evil: 1") << false;
    QTest::newRow("with its scheme") << QByteArray("SSWS 00aBcD") << false;
    QTest::newRow("with a zero") << QByteArray("00a\0b", 5) << false;
    QTest::newRow("not ASCII") << QByteArray("00\xc3\xbc") << false;
    QTest::newRow("endless") << QByteArray(5000, 'a') << false;
}

void TestOktaProtocol::tokens()
{
    QFETCH(QByteArray, token);
    QFETCH(bool, good);
    const auto made = Credentials::apiToken(token);
    QCOMPARE(made.has_value(), good);
    if (!made) {
        QCOMPARE(made.error().kind, ErrorKind::InvalidInput);
        QVERIFY(!made.error().sentence.isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestOktaProtocol)
#include "tst_okta_protocol.moc"
