// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Collection.h"
#include "ScriptedLog.h"

#include <QTest>
#include <QUrlQuery>
#include <algorithm>

using namespace octotrail;
using namespace octotrail::collect;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Start = store::SourceConfig::Start;

namespace {

bool hasCursor(const QByteArray &path)
{
    return path.contains("after=");
}

} // namespace

/// Where a poll starts, what it follows, and how it goes on where it cannot: against answers made up link by link.
class TestCollectLinks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsByTheServersClock_data();
    void startsByTheServersClock();
    void startOutlivesARestart();
    void linksAreFollowedVerbatim();
    void otherHostGetsNoToken();
    void badLinksOnEveryPageStillGetOn();
    void loopOfLinksEnds();
    void pageWithoutALink();
    void fullPageThatNamesItself();
    void endlessPagesAreCapped();
    void refusedCursorGoesOnFromTheTime();
    void refusedFilterNeedsAttention();
    void changedFilterGoesOnFromTheNewest();
    void otherOrganizationStartsAnew();
    void startBeforeWhatOktaKeeps();
    void limitByTheServersClock();
    void limitUntoldWaitsAMinute();
    void revokedTokenKeepsItsPlace();
    void futureEventDoesNotHideWhatComes();
    void brokenEventsAreKeptAndCounted();
};

void TestCollectLinks::startsByTheServersClock_data()
{
    QTest::addColumn<int>("start");
    QTest::addColumn<qint64>("clock"); // seconds that the server is ahead
    QTest::addColumn<qint64>("back"); // seconds before the server's now
    QTest::newRow("now") << static_cast<int>(Start::Now) << qint64(0) << qint64(0);
    QTest::newRow("now, our clock is behind") << static_cast<int>(Start::Now) << qint64(7200) << qint64(0);
    QTest::newRow("now, our clock is ahead") << static_cast<int>(Start::Now) << qint64(-7200) << qint64(0);
    QTest::newRow("a day") << static_cast<int>(Start::Days1) << qint64(7200) << qint64(86400);
    QTest::newRow("a week") << static_cast<int>(Start::Days7) << qint64(0) << qint64(7 * 86400);
    QTest::newRow("90 days") << static_cast<int>(Start::Days90) << qint64(0) << qint64(90 * 86400);
    QTest::newRow("a date") << static_cast<int>(Start::Date) << qint64(7200) << qint64(-1);
}

void TestCollectLinks::startsByTheServersClock()
{
    QFETCH(int, start);
    QFETCH(qint64, clock);
    QFETCH(qint64, back);
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    log.setPages([&log](const QByteArray &) { return log.pageTo(0, 0, {}); });
    log.setClockOffset(clock);
    Collection collection(quickPace(1h));
    auto source = Collection::sourceOf(log.origin());
    source.start = static_cast<Start>(start);
    source.startDate = event::parseTimestamp("2026-11-20T10:20:30.456Z");
    const auto id = collection.put(source, scriptedToken);
    QVERIFY(collection.catchUp(id));
    QCOMPARE(log.asked().size(), 1);
    const QUrlQuery query(QUrl::fromEncoded(log.asked().first()));
    QCOMPARE(query.queryItemValue(u"sortOrder"_s), u"ASCENDING"_s);
    QCOMPARE(query.queryItemValue(u"limit"_s), u"1000"_s);
    QVERIFY(!query.hasQueryItem(u"until"_s) && !query.hasQueryItem(u"filter"_s));
    const auto since = ScriptedLog::sinceOf(log.asked().first());
    QVERIFY(since);
    if (back < 0) {
        QCOMPARE(since, source.startDate);
    } else {
        const auto expected = event::now() + std::chrono::seconds(clock - back);
        QVERIFY2(std::chrono::abs(*since - expected) < 20s, log.asked().first().constData());
    }
    const auto skew = collection.status(id).clockSkew;
    QVERIFY(skew && std::chrono::abs(*skew - std::chrono::seconds(clock)) < 2s);
}

void TestCollectLinks::startOutlivesARestart()
{
    ScriptedLog log([](const QByteArray &) { return reply(503, ""); });
    Collection collection(quickPace(1h));
    auto source = Collection::sourceOf(log.origin());
    source.start = Start::Now;
    const auto id = collection.put(source, scriptedToken);
    QTRY_VERIFY_WITH_TIMEOUT(!log.asked().isEmpty(), 30'000);
    const QByteArray first = log.asked().first();
    log.setClockOffset(100'000);
    collection.end();
    log.setPages([&log](const QByteArray &) { return log.pageTo(0, 3, log.link("/api/v1/logs?after=1&limit=1000")); });
    const auto before = log.asked().size();
    collection.restart();
    QVERIFY(collection.catchUp(id));
    QCOMPARE(log.asked()[before], first);
}

void TestCollectLinks::linksAreFollowedVerbatim()
{
    const QByteArray odd
        = "/api/v1/logs?after=a%2Fb,c%3D&since=2024-01-01T00:00:00%2B02:00&filter=a+eq+%22b%22&limit=2";
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    log.setPages([&](const QByteArray &path) {
        if (path.contains("after=end")) {
            return log.pageTo(0, 0, log.link(path));
        }
        return path == odd ? log.pageTo(1000, 2, log.link("/api/v1/logs?after=end"))
                           : log.pageTo(0, 1000, log.link(odd));
    });
    Collection collection(quickPace(1h));
    const auto id = collection.put(Collection::sourceOf(log.origin()), scriptedToken);
    QVERIFY(collection.catchUp(id));
    const auto asked = log.asked();
    QCOMPARE(asked.size(), 3);
    QCOMPARE(asked[1], odd);
    QCOMPARE(asked[2], QByteArray("/api/v1/logs?after=end"));
    for (const HttpRequest &request : log.requests().mid(1)) {
        QCOMPARE(request.headers["authorization"], "SSWS " + scriptedToken);
    }
    QCOMPARE(difference(collection.events(), eventsUpTo(1002)), QString());
}

void TestCollectLinks::otherHostGetsNoToken()
{
    HttpServer thief([](const HttpRequest &) { return reply(200, "[]"); });
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    int pages = 0;
    log.setPages([&](const QByteArray &path) {
        if (++pages == 1) {
            return log.pageTo(0, 1000, thief.url(u"/api/v1/logs?after=1"_s).toEncoded());
        }
        const int first = ScriptedLog::firstSince(*ScriptedLog::sinceOf(path));
        return log.pageTo(first, 1200 - first, log.link("/api/v1/logs?after=2&limit=100000"));
    });
    Collection collection(quickPace(1h));
    auto source = Collection::sourceOf(log.origin());
    const auto id = collection.put(source, scriptedToken);
    QVERIFY(collection.catchUp(id));
    QVERIFY(thief.requests().isEmpty());
    QVERIFY(collection.wasTold(State::Retrying, u"another host, 127.0.0.1"_s));
    QVERIFY(collection.status(id).lastFault.contains(u"was not sent"_s));
    QVERIFY(collection.status(id).lastFaultTime);
    QVERIFY(!hasCursor(log.asked()[1]));
    QCOMPARE(ScriptedLog::sinceOf(log.asked()[1]), std::optional(ScriptedLog::published(999) - 1h));
    QCOMPARE(difference(collection.events(), eventsUpTo(1200)), QString());
}

void TestCollectLinks::badLinksOnEveryPageStillGetOn()
{
    constexpr int count = 7500; // two hours: twice the overlap
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    log.setPages([&](const QByteArray &path) {
        const int first = ScriptedLog::firstSince(*ScriptedLog::sinceOf(path));
        const bool isEnd = first + 1000 >= count;
        return log.pageTo(first, std::min(1000, count - first),
            isEnd ? log.link("/api/v1/logs?since=2999-01-01T00:00:00Z&limit=1000")
                  : QByteArray("https://evil.example/"));
    });
    Collection collection(quickPace(1h));
    auto source = Collection::sourceOf(log.origin());
    const auto id = collection.put(source, scriptedToken);
    QVERIFY(collection.catchUp(id));
    QCOMPARE(difference(collection.events(), eventsUpTo(count)), QString());
}

void TestCollectLinks::loopOfLinksEnds()
{
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    bool looping = true;
    log.setPages([&](const QByteArray &path) {
        const QByteArray a = log.link("/api/v1/logs?after=a&limit=1000");
        const QByteArray b = log.link("/api/v1/logs?after=b&limit=1000");
        if (path.contains("after=a")) {
            return log.pageTo(1000, 1000, b);
        }
        if (path.contains("after=b")) {
            return log.pageTo(2000, 1000, a);
        }
        if (looping && log.asked().size() == 1) {
            return log.pageTo(0, 1000, a);
        }
        looping = false;
        return log.pageTo(2900, 150, log.link("/api/v1/logs?after=c&limit=1000"));
    });
    Collection collection(quickPace(1h));
    const auto id = collection.put(Collection::sourceOf(log.origin()), scriptedToken);
    QVERIFY(collection.catchUp(id));
    QVERIFY(collection.wasTold(State::Retrying, u"read already"_s));
    QCOMPARE(log.asked().size(), 4);
    QCOMPARE(difference(collection.events(), eventsUpTo(3050)), QString());
}

void TestCollectLinks::pageWithoutALink()
{
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    log.setPages([&](const QByteArray &) {
        return log.asked().size() == 1 ? log.pageTo(0, 10, {})
                                       : log.pageTo(5, 10, log.link("/api/v1/logs?after=c&limit=1000"));
    });
    Collection collection(quickPace(1h));
    const auto id = collection.put(Collection::sourceOf(log.origin()), scriptedToken);
    QVERIFY(collection.catchUp(id));
    QCOMPARE(ScriptedLog::sinceOf(log.asked()[1]), std::optional(ScriptedLog::published(9) - 1h));
    QCOMPARE(difference(collection.events(), eventsUpTo(15)), QString());
    QCOMPARE(collection.status(id).duplicates, 5);
}

void TestCollectLinks::fullPageThatNamesItself()
{
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    log.setPages([&](const QByteArray &path) {
        switch (log.asked().size()) {
        case 1:
            return log.pageTo(0, 1000, log.link(path));
        case 2: // asked again, it knows better
            return log.pageTo(0, 1000, log.link("/api/v1/logs?after=a&limit=2"));
        case 3: // and keeps to it: this is the end
            return log.pageTo(1000, 2, log.link(path));
        default:
            return reply(500, "");
        }
    });
    Collection collection(quickPace(1h));
    const auto id = collection.put(Collection::sourceOf(log.origin()), scriptedToken);
    QVERIFY(collection.catchUp(id));
    QCOMPARE(log.asked().size(), 3);
    QCOMPARE(difference(collection.events(), eventsUpTo(1002)), QString());
}

void TestCollectLinks::endlessPagesAreCapped()
{
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    log.setPages([&](const QByteArray &) {
        const auto page = static_cast<int>(log.asked().size());
        return log.pageTo((page - 1) * 2, 2, log.link("/api/v1/logs?limit=2&after=" + QByteArray::number(page)));
    });
    Pace pace = quickPace(1h);
    pace.pagesPerBurst = 20;
    Collection collection(pace);
    auto source = Collection::sourceOf(log.origin());
    source.start = Start::Date;
    source.startDate = ScriptedLog::published(0);
    const auto id = collection.put(source, scriptedToken);
    // The first page is of a request with limit 1000, so that two events are its end; from then on pages are full.
    QVERIFY(collection.catchUp(id));
    collection.supervisor().pollNow(id);
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).pages == 21 && collection.status(id).nextTry, 30'000);
    QCOMPARE(log.asked().size(), 21);
    QCOMPARE(collection.status(id).state, State::CatchingUp);
    collection.supervisor().pollNow(id);
    QTRY_COMPARE_WITH_TIMEOUT(log.asked().size(), 41, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(difference(collection.events(), eventsUpTo(82)), QString(), 30'000);
}

void TestCollectLinks::refusedCursorGoesOnFromTheTime()
{
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    log.setPages([&](const QByteArray &path) {
        if (hasCursor(path)) {
            return reply(400, oktaError("E0000031", "Invalid search criteria."), {dateHeader()});
        }
        const bool isFirst = log.asked().size() == 1;
        return log.pageTo(0, isFirst ? 500 : 700, log.link("/api/v1/logs?after=gone&limit=1000"));
    });
    Collection collection(quickPace(1h));
    const auto id = collection.put(Collection::sourceOf(log.origin()), scriptedToken);
    QVERIFY(collection.catchUp(id));
    collection.supervisor().pollNow(id);
    QVERIFY(collection.catchUp(id));
    QCOMPARE(log.asked().size(), 3);
    QVERIFY(hasCursor(log.asked()[1]));
    QCOMPARE(ScriptedLog::sinceOf(log.asked()[2]), std::optional(ScriptedLog::published(499) - 1h));
    QCOMPARE(difference(collection.events(), eventsUpTo(700)), QString());
    QCOMPARE(collection.status(id).state, State::Healthy);
    QVERIFY(collection.status(id).lastFault.contains(u"Invalid search criteria"_s));
    // The same after a restart: the void link was not kept.
    collection.restart();
    QVERIFY(collection.catchUp(id));
    QCOMPARE(difference(collection.events(), eventsUpTo(700)), QString());
}

void TestCollectLinks::refusedFilterNeedsAttention()
{
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    log.setPages([&](const QByteArray &path) {
        return path.contains("filter=nonsense")
            ? reply(400, oktaError("E0000053", "Invalid filter 'nonsense': unrecognized attribute"))
            : log.pageTo(0, 5, log.link("/api/v1/logs?after=1&limit=1000"));
    });
    Collection collection;
    auto source = Collection::sourceOf(log.origin());
    source.filter = u"nonsense"_s;
    source.id = collection.put(source, scriptedToken);
    QVERIFY(collection.reaches(source.id, State::NeedsAttention));
    QCOMPARE(collection.status(source.id).kind, event::ErrorKind::InvalidInput);
    QVERIFY(collection.status(source.id).sentence.contains(u"unrecognized attribute"_s));
    QCOMPARE(log.asked().size(), 1);
    source = collection.supervisor().sources().first();
    source.filter = uR"(eventType sw "user.")"_s;
    collection.put(source, {});
    QVERIFY(collection.catchUp(source.id));
    QCOMPARE(difference(collection.events(), eventsUpTo(5)), QString());
}

void TestCollectLinks::changedFilterGoesOnFromTheNewest()
{
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    log.setPages([&](const QByteArray &path) {
        return path.contains("filter=") ? log.pageTo(300, 300, log.link("/api/v1/logs?after=2&limit=1000&filter=x"))
                                        : log.pageTo(0, 500, log.link("/api/v1/logs?after=1&limit=1000"));
    });
    Collection collection(quickPace(1h));
    auto source = Collection::sourceOf(log.origin());
    source.id = collection.put(source, scriptedToken);
    QVERIFY(collection.catchUp(source.id));
    source = collection.supervisor().sources().first();
    source.filter = uR"(eventType sw "user.")"_s;
    QCOMPARE(collection.put(source, {}), source.id);
    QVERIFY(collection.catchUp(source.id));
    // The poll's first request; the past of the new filter is asked for with an end.
    auto all = log.asked();
    all.removeIf([](const QByteArray &path) { return !path.contains("filter=event") || path.contains("until="); });
    QVERIFY(!all.isEmpty() && all.first().contains("filter=eventType%20sw%20%22user.%22") && !hasCursor(all.first()));
    QCOMPARE(ScriptedLog::sinceOf(all.first()), std::optional(ScriptedLog::published(499) - 1h));
    QVERIFY2(collection.status(source.id).duplicates >= 200, "the overlap was read again");
    QCOMPARE(difference(collection.events(), eventsUpTo(600)), QString());
    const auto checkpoint = collection.store().checkpoint(source.id, u"Okta.SystemLog"_s);
    QVERIFY(QTest::qWaitFor([&] { return checkpoint.isFinished(); }));
    QVERIFY((*checkpoint.result())->nextLink.contains(u"filter=x"_s));
}

void TestCollectLinks::otherOrganizationStartsAnew()
{
    ScriptedLog first([](const QByteArray &) { return HttpReply{}; });
    first.setPages(
        [&](const QByteArray &) { return first.pageTo(0, 5, first.link("/api/v1/logs?after=1&limit=1000")); });
    ScriptedLog second([](const QByteArray &) { return HttpReply{}; });
    second.setPages(
        [&](const QByteArray &) { return second.pageTo(5, 5, second.link("/api/v1/logs?after=1&limit=9")); });
    Collection collection(quickPace(1h));
    auto source = Collection::sourceOf(first.origin());
    source.id = collection.put(source, scriptedToken);
    QVERIFY(collection.catchUp(source.id));
    source = collection.supervisor().sources().first();
    source.origin = second.origin();
    collection.put(source, {});
    QVERIFY(collection.catchUp(source.id));
    QVERIFY(!hasCursor(second.asked().first()));
    const auto since = ScriptedLog::sinceOf(second.asked().first());
    QVERIFY(since && std::chrono::abs(*since - (event::now() - std::chrono::days(7))) < 20s);
}

void TestCollectLinks::startBeforeWhatOktaKeeps()
{
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    log.setPages([&](const QByteArray &path) {
        return *ScriptedLog::sinceOf(path) < event::now() - std::chrono::days(180)
            ? reply(400, oktaError("E0000053", "Invalid parameter: The since parameter is over 180 days prior"))
            : log.pageTo(0, 5, log.link("/api/v1/logs?after=1&limit=1000"));
    });
    Collection collection(quickPace(1h));
    auto source = Collection::sourceOf(log.origin());
    source.start = Start::Date;
    source.startDate = event::now() - std::chrono::days(400);
    const auto id = collection.put(source, scriptedToken);
    QVERIFY(collection.catchUp(id));
    const auto since = ScriptedLog::sinceOf(log.asked().last());
    QVERIFY(since && std::chrono::abs(*since - (event::now() - std::chrono::days(90))) < 20s);
    QCOMPARE(difference(collection.events(), eventsUpTo(5)), QString());
}

void TestCollectLinks::limitByTheServersClock()
{
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    log.setClockOffset(-7200);
    log.setPages([&](const QByteArray &) {
        if (log.asked().size() > 1) {
            return log.pageTo(0, 5, log.link("/api/v1/logs?after=1&limit=1000"));
        }
        const auto serverNow = std::chrono::floor<std::chrono::seconds>(event::now() - 2h).time_since_epoch().count();
        const QByteArray soon = QByteArray::number(qint64{serverNow} + 1);
        const QByteArray later = QByteArray::number(qint64{serverNow} + 2);
        return reply(429, oktaError("E0000047", "API call exceeded rate limit"),
            {dateHeader(-7200), "X-Rate-Limit-Limit: 120", "X-Rate-Limit-Limit: 60", "X-Rate-Limit-Remaining: 0",
                "X-Rate-Limit-Reset: " + later, "X-Rate-Limit-Reset: " + soon});
    });
    Collection collection(quickPace(1h));
    const auto id = collection.put(Collection::sourceOf(log.origin()), scriptedToken);
    QVERIFY(collection.reaches(id, State::WaitingForLimit));
    const SourceStatus limited = collection.status(id);
    QVERIFY(limited.nextTry);
    const auto wait = *limited.nextTry - event::now();
    QVERIFY2(wait > 0s && wait <= 4s, qPrintable(QString::number(wait / 1ms)));
    QVERIFY2(limited.sentence.startsWith(u"Rate limited by Okta until "_s), qPrintable(limited.sentence));
    collection.supervisor().pollNow(id); // does not help, and must not
    QVERIFY(collection.catchUp(id));
    QVERIFY(event::now() >= *limited.nextTry - 50ms);
    QCOMPARE(log.asked().size(), 2);
}

void TestCollectLinks::limitUntoldWaitsAMinute()
{
    ScriptedLog log([](const QByteArray &) { return reply(429, ""); });
    Collection collection;
    const auto id = collection.put(Collection::sourceOf(log.origin()), scriptedToken);
    QVERIFY(collection.reaches(id, State::WaitingForLimit));
    const auto wait = *collection.status(id).nextTry - event::now();
    QVERIFY2(wait > 45s && wait <= 62s, qPrintable(QString::number(wait / 1ms)));
}

void TestCollectLinks::revokedTokenKeepsItsPlace()
{
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    bool revoked = true;
    log.setPages([&](const QByteArray &path) {
        if (!hasCursor(path)) {
            return log.pageTo(0, 1000, log.link("/api/v1/logs?after=1&limit=1000"));
        }
        return revoked ? reply(401, oktaError("E0000011", "Invalid token provided"))
                       : log.pageTo(1000, 10, log.link("/api/v1/logs?after=2&limit=1000"));
    });
    Collection collection(quickPace(1h));
    const auto id = collection.put(Collection::sourceOf(log.origin()), scriptedToken);
    QVERIFY(collection.reaches(id, State::NeedsAttention));
    QTRY_COMPARE_WITH_TIMEOUT(collection.status(id).events, 1000, 30'000);
    QCOMPARE(collection.status(id).kind, event::ErrorKind::Unauthorized);
    revoked = false;
    collection.supervisor().pollNow(id);
    QVERIFY(collection.catchUp(id));
    QCOMPARE(collection.status(id).state, State::Healthy);
    QCOMPARE(collection.status(id).duplicates, 0);
    QCOMPARE(difference(collection.events(), eventsUpTo(1010)), QString());
}

void TestCollectLinks::futureEventDoesNotHideWhatComes()
{
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    const QByteArray future = R"({"uuid":"f","published":"2999-01-01T00:00:00.000Z"})";
    log.setPages([&](const QByteArray &) {
        return reply(200, "[" + future + "]", {dateHeader()}); // no link: what comes goes by the time
    });
    Collection collection(quickPace(1h));
    const auto id = collection.put(Collection::sourceOf(log.origin()), scriptedToken);
    QTRY_VERIFY_WITH_TIMEOUT(log.asked().size() > 1, 30'000);
    const auto since = ScriptedLog::sinceOf(log.asked()[1]);
    QVERIFY(since && *since < event::now());
    collection.supervisor().pause(id);
    QVERIFY(collection.reaches(id, State::Paused));
}

void TestCollectLinks::brokenEventsAreKeptAndCounted()
{
    const QByteArrayList broken{R"({"uuid":"b1","published":"2026-01-01T00:00:00.000Z","severity":tru e})", "17",
        R"({"published":"2026-01-01T00:00:00.000Z","eventType":"no.uuid"})", R"({"uuid":"b2","published":"yesterday"})",
        "{\"uuid\":\"b3\",\"displayMessage\":\"\xff\xfe\"}"};
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    log.setPages([&](const QByteArray &) {
        const QByteArray body = "[" + QByteArray::fromStdString(ScriptedLog::event(0)) + "," + broken.join(',') + ","
            + QByteArray::fromStdString(ScriptedLog::event(1)) + "]";
        return reply(200, body, {"Link: <" + log.link("/api/v1/logs?after=1&limit=1000") + ">; rel=\"next\""});
    });
    Collection collection(quickPace(1h));
    const auto id = collection.put(Collection::sourceOf(log.origin()), scriptedToken);
    QVERIFY(collection.catchUp(id));
    std::vector<std::string> expected{ScriptedLog::event(0)};
    for (const QByteArray &event : broken) {
        expected.push_back(event.toStdString());
    }
    expected.push_back(ScriptedLog::event(1));
    QCOMPARE(difference(collection.events(), expected), QString());
    QCOMPARE(collection.status(id).state, State::Healthy);
    QVERIFY2(collection.status(id).defective >= 3, qPrintable(QString::number(collection.status(id).defective)));
    // The same again: none is stored twice, not even those without a uuid.
    collection.supervisor().pollNow(id);
    QVERIFY(collection.catchUp(id));
    QCOMPARE(difference(collection.events(), expected), QString());
}

QTEST_GUILESS_MAIN(TestCollectLinks)
#include "tst_collect_links.moc"
