// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/Backoff.h"
#include "collect/LogPage.h"
#include "collect/Pace.h"
#include "collect/Sentences.h"

#include <QTest>

using namespace octotrail;
using namespace octotrail::collect;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Next = LogPage::Next;

/// The parts of collecting that need neither store nor server.
class TestCollectParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void backoffGrowsToItsCap();
    void backoffIsSpread();
    void pages_data();
    void pages();
    void newestIsNotTheLast();
    void oddEventsAreKept();
    void brokenPages();
    void paceOfTheEnvironment();
    void clockTimes();
};

void TestCollectParts::backoffGrowsToItsCap()
{
    Backoff backoff(100ms, 1s);
    QList<qint64> ceilings;
    for (int i = 0; i < 6; ++i) {
        const auto ceiling = backoff.ceiling();
        ceilings.append(ceiling.count());
        const auto wait = backoff.next();
        QVERIFY(wait >= 0ms && wait <= ceiling);
    }
    QCOMPARE(ceilings, (QList<qint64>{100, 200, 400, 800, 1000, 1000}));
    for (int i = 0; i < 100; ++i) {
        QVERIFY(backoff.next() <= 1s);
    }
    backoff.reset();
    QCOMPARE(backoff.ceiling(), 100ms);
}

void TestCollectParts::backoffIsSpread()
{
    // Full jitter: half of the waits are in the lower half. With 400 of them, 100 is ten standard deviations away.
    int low = 0;
    for (int i = 0; i < 400; ++i) {
        Backoff backoff(1000ms, 1h);
        low += backoff.next() < 500ms ? 1 : 0;
    }
    QVERIFY2(low > 100 && low < 300, qPrintable(QString::number(low)));
}

void TestCollectParts::pages_data()
{
    QTest::addColumn<int>("events");
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QByteArray>("nextLink"); // null: none
    QTest::addColumn<int>("next");
    QTest::addColumn<QString>("link");
    const auto row = [](const char *name, int events, const char *asked, const char *nextLink, Next next,
                         const char *link) {
        QTest::newRow(name) << events << QString::fromLatin1(asked) << (nextLink ? QByteArray(nextLink) : QByteArray())
                            << static_cast<int>(next) << QString::fromLatin1(link);
    };
    const auto *first = "https://acme.okta.com/api/v1/logs?since=2024-01-01T00%3A00%3A00Z&limit=2";
    const auto *second = "https://acme.okta.com/api/v1/logs?since=2024-01-01T00%3A00%3A00Z&limit=2&after=1_1";
    row("full", 2, first, second, Next::GoOn, second);
    row("short", 1, first, second, Next::CaughtUp, second);
    row("empty", 0, first, second, Next::CaughtUp, second);
    row("empty without a link", 0, first, nullptr, Next::CaughtUp, first);
    row("without a link", 1, first, nullptr, Next::Missing, "");
    row("full without a link", 2, first, nullptr, Next::Missing, "");
    row("full, next is itself", 2, second, second, Next::Itself, second);
    row("short, next is itself", 1, second, second, Next::CaughtUp, second);
    row("empty, next is itself", 0, second, second, Next::CaughtUp, second);
    row("the limit that counts is the request's", 2, "https://acme.okta.com/api/v1/logs?limit=3", second,
        Next::CaughtUp, second);
    row("a request without a limit has Okta's", 2, "https://acme.okta.com/api/v1/logs", second, Next::CaughtUp, second);
    row("other host", 2, first, "https://evil.example/api/v1/logs?after=1", Next::Elsewhere, "");
    row("other host, short", 1, first, "https://evil.example/api/v1/logs?after=1", Next::Elsewhere, "");
    row("other port", 2, first, "https://acme.okta.com:8443/api/v1/logs?after=1", Next::Elsewhere, "");
    row("other scheme", 2, first, "http://acme.okta.com/api/v1/logs?after=1", Next::Elsewhere, "");
    row("other host, relative", 2, first, "//evil.example/api/v1/logs", Next::Elsewhere, "");
    row("host in the user's place", 2, first, "https://acme.okta.com@evil.example/", Next::Elsewhere, "");
    row("no url", 2, first, "https://[", Next::Elsewhere, "");
    row("relative", 2, first, "/api/v1/logs?limit=2&after=9", Next::GoOn,
        "https://acme.okta.com/api/v1/logs?limit=2&after=9");
    row("verbatim", 2, first, "https://acme.okta.com/api/v1/logs?since=2024-01-01T00:00:00%2B02:00&after=a%2fb,c",
        Next::GoOn, "https://acme.okta.com/api/v1/logs?since=2024-01-01T00:00:00%2B02:00&after=a%2fb,c");
}

void TestCollectParts::pages()
{
    QFETCH(int, events);
    QFETCH(QString, asked);
    QFETCH(QByteArray, nextLink);
    QFETCH(int, next);
    QFETCH(QString, link);
    okta::Response response;
    response.url = QUrl(asked);
    response.body = "[" + QByteArray(R"({"uuid":"1"},)").repeated(events);
    response.body = events > 0 ? response.body.chopped(1) + "]" : "[]";
    if (!nextLink.isNull()) {
        response.next = nextLink;
    }
    event::EventReader reader;
    const auto page = readLogPage(response, asked, reader);
    QVERIFY(page);
    QCOMPARE(static_cast<int>(page->events.size()), events);
    QCOMPARE(static_cast<int>(page->next), next);
    QCOMPARE(page->link, link);
    QCOMPARE(page->host.isEmpty(), page->next != Next::Elsewhere);
}

void TestCollectParts::newestIsNotTheLast()
{
    okta::Response response;
    response.url = QUrl(u"https://acme.okta.com/api/v1/logs?limit=1000"_s);
    response.body = R"([{"uuid":"1","published":"2024-08-13T15:58:20.353Z"},{"uuid":"2","published":)"
                    R"("2024-08-13T15:58:21.000Z"},{"uuid":"3","published":"2024-08-13T15:00:00.000Z"},{"uuid":"4"}])";
    event::EventReader reader;
    const auto page = readLogPage(response, response.url.toString(), reader);
    QVERIFY(page && page->newest);
    QCOMPARE(event::formatTimestamp(*page->newest), std::string("2024-08-13T15:58:21.000Z"));
}

void TestCollectParts::oddEventsAreKept()
{
    okta::Response response;
    response.url = QUrl(u"https://acme.okta.com/api/v1/logs?limit=1000"_s);
    const QByteArrayList odd{R"({"uuid":"1","target":null,"version":0})", R"({"uuid":"2","a":tru e})", "17", "null",
        R"("x]")", R"({})", R"({ "uuid" : "3" , "published":"yesterday"})"};
    response.body = "[ " + odd.join(" ,\n") + " ]";
    event::EventReader reader;
    const auto page = readLogPage(response, response.url.toString(), reader);
    QVERIFY(page);
    QCOMPARE(static_cast<qsizetype>(page->events.size()), odd.size());
    for (qsizetype i = 0; i < odd.size(); ++i) {
        QCOMPARE(QByteArray::fromStdString(page->events[static_cast<std::size_t>(i)].bytes()), odd[i]);
    }
    QVERIFY(!page->newest);
}

void TestCollectParts::brokenPages()
{
    event::EventReader reader;
    okta::Response response;
    response.url = QUrl(u"https://acme.okta.com/api/v1/logs"_s);
    for (const char *body : {"[{\"uuid\":\"1\"},", "[{\"uuid\":\"1\"", "{\"events\":[]}", "[]]", ""}) {
        response.body = body;
        const auto page = readLogPage(response, response.url.toString(), reader);
        QVERIFY2(!page, body);
        QCOMPARE(page.error().kind, event::ErrorKind::Protocol);
    }
}

void TestCollectParts::paceOfTheEnvironment()
{
    qunsetenv("OCTOTRAIL_POLL_MS");
    qunsetenv("OCTOTRAIL_BACKOFF_MS");
    QVERIFY(!Pace::fromEnvironment().pollInterval);
    QCOMPARE(Pace::fromEnvironment().shortestPoll, 10s);
    qputenv("OCTOTRAIL_POLL_MS", "200");
    qputenv("OCTOTRAIL_BACKOFF_MS", "20");
    QCOMPARE(Pace::fromEnvironment().pollInterval.value_or(0ms), 200ms);
    QCOMPARE(Pace::fromEnvironment().backoffUnit, 20ms);
    qputenv("OCTOTRAIL_POLL_MS", "-1");
    qputenv("OCTOTRAIL_BACKOFF_MS", "soon");
    QVERIFY(!Pace::fromEnvironment().pollInterval);
    QCOMPARE(Pace::fromEnvironment().backoffUnit, 1s);
}

void TestCollectParts::clockTimes()
{
    const auto now = event::now();
    QCOMPARE(sentences::clockTime(*event::parseTimestamp("2024-08-13T15:58:20.353Z")), u"2024-08-13 15:58:20"_s);
    QCOMPARE(sentences::clockTime(now).size(), 8);
    QVERIFY(sentences::rateLimited(now).endsWith(sentences::clockTime(now) + u'.'));
}

QTEST_GUILESS_MAIN(TestCollectParts)
#include "tst_collect_parts.moc"
