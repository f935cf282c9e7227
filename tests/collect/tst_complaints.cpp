// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Collection.h"
#include "ScriptedLog.h"
#include "okta/Origin.h"
#include "store/Coverage.h"

#include <QTest>

using namespace octotrail;
using namespace octotrail::collect;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 60'000;

bool isBounded(const QByteArray &path)
{
    return path.contains("until=");
}

QByteArray rateHeader(const char *name, qint64 value)
{
    return QByteArray("x-rate-limit-") + name + ": " + QByteArray::number(value);
}

/// A 429 whose limit is reset so many seconds from now.
HttpReply limited(int seconds)
{
    const auto now = std::chrono::floor<std::chrono::seconds>(event::now()).time_since_epoch().count();
    return reply(429, R"({"errorCode":"E0000047"})",
        {dateHeader(), rateHeader("limit", 100), rateHeader("remaining", 0), rateHeader("reset", now + seconds)});
}

Pace onePoll()
{
    Pace pace = quickPace(1h);
    pace.pageLimit = 100;
    return pace;
}

} // namespace

/// What users of other collectors complained of, one by one.
class TestComplaints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // What is lost or doubled
    void lateEventsAreMissed();
    void checkpointIsATimeAlthoughTheOrderIsAnother();
    void pagingNeverEndsAtTheTail();
    void pagingStopsAfterTheFirstPageOfARange();
    void rangeHasANextLinkForEver();
    void onlyTheFirstThousandEventsCome();
    void longBurstIsReadAgainAndAgain();
    // The rate limit
    void hundredsOfRequestsWhileLimited();
    void backOffThoughOktaSaysWhen();
    void doubledRateHeadersBreakIt();
    void waitsWithoutAWord();
    void extraEmptyRequestAtEachPoll();
    void pagesOfAHundred();
    // Running for long
    void restartSkipsOrRepeats();
    void timeoutLosesTheCursor();
    void stopsInSilence();
    // Ways in
    void onlyOktaComIsAccepted();
    void clockThatIsWrong();
    // What comes
    void oddEventsAreDropped();
    void aRequestForEachUser();
};

/// 1: since had moved past events that were persisted late.
void TestComplaints::lateEventsAreMissed()
{
    simulator::Simulator::Options options;
    options.history = 2h;
    options.historyEventsPerMinute = 6;
    options.live = true;
    options.eventsPerMinute = 2;
    options.start = workingHour();
    options.faults = u"very-late=0.2,behind=0.05"_s;
    options.logsPerWindow = 100'000;
    const auto organization = simulator::Simulator::start(options);
    QVERIFY(organization);
    Collection collection;
    const auto id = collection.put(**organization);
    QVERIFY(collection.catchUp(id));
    // Three hours in which the poll goes on while events come to light behind it, ...
    for (auto passed = 0min; passed < 3h; passed += 12min) {
        (*organization)->passTime(12min);
        QVERIFY(collection.catchUp(id));
        QVERIFY(collection.catchUp(id)); // of a poll that was asked for since
    }
    const auto log = sorted((*organization)->log());
    // ... and a day later at the latest all of them are found.
    (*organization)->passTime(25h);
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::includes(sorted(collection.events()), log), patience);
    QVERIFY(collection.status(id).reconciled > 0);
    const auto stored = sorted(collection.events());
    QVERIFY(std::ranges::adjacent_find(stored) == stored.end());
}

/// 2: the newest published was the checkpoint, though a poll is in the order of persistence.
void TestComplaints::checkpointIsATimeAlthoughTheOrderIsAnother()
{
    // The first page ends with the oldest event of all, and the newest one is in its middle.
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    const QByteArray next = log.link("/api/v1/logs?after=1&limit=3");
    log.setPages([&](const QByteArray &path) {
        if (path.contains("after=1")) {
            return log.pageTo(10, 2, next);
        }
        const QByteArray body = '[' + QByteArray::fromStdString(ScriptedLog::event(50)) + ','
            + QByteArray::fromStdString(ScriptedLog::event(900)) + ','
            + QByteArray::fromStdString(ScriptedLog::event(0)) + ']';
        return reply(200, body, {dateHeader(), "Link: <" + next + ">; rel=\"next\""});
    });
    Pace pace = onePoll();
    pace.pageLimit = 3;
    Collection collection(pace);
    const auto id = collection.put(Collection::sourceOf(log.origin()), scriptedToken);
    QVERIFY(collection.catchUp(id));
    collection.restart();
    QVERIFY(collection.catchUp(id));
    QVERIFY(log.asked().last().contains("after=1"));
    QCOMPARE(collection.store().count({}).result().value(), 5);
}

/// 3: the tail's next link, which is the page's own, was followed for ever.
void TestComplaints::pagingNeverEndsAtTheTail()
{
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    log.setPages([&](const QByteArray &path) {
        return log.pageTo(0, path.contains("after") ? 0 : 5, log.link("/api/v1/logs?after=5&limit=100"));
    });
    Collection collection(onePoll());
    const auto id = collection.put(Collection::sourceOf(log.origin()), scriptedToken);
    QVERIFY(collection.catchUp(id));
    collection.supervisor().pollNow(id);
    QVERIFY(collection.catchUp(id));
    QCOMPARE(log.asked().size(), 2);
}

/// 4: with since and until only one page came.
void TestComplaints::pagingStopsAfterTheFirstPageOfARange()
{
    simulator::Simulator::Options options;
    options.history = 2h;
    options.historyEventsPerMinute = 6;
    const auto organization = simulate(options);
    QVERIFY(organization->log().size() > 300);
    Pace pace = onePoll();
    pace.catchUp = 6h;
    Collection collection(pace);
    const auto id = collection.put(*organization);
    QVERIFY(collection.catchUp(id));
    QVERIFY(difference(sorted(collection.events()), sorted(organization->log())).isEmpty());
}

/// 5: with since and until there always was a next page.
void TestComplaints::rangeHasANextLinkForEver()
{
    int links = 0;
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    log.setPages([&](const QByteArray &path) {
        if (!isBounded(path) && !path.contains("more=")) {
            return log.pageTo(0, 0, {});
        }
        return log.pageTo(
            0, path.contains("more=") ? 0 : 3, log.link("/api/v1/logs?until=x&more=" + QByteArray::number(++links)));
    });
    Pace pace = onePoll();
    pace.catchUp = 6h;
    pace.backoffUnit = 10s; // so that what follows giving up is not counted
    pace.backoffCap = 10s;
    Collection collection(pace);
    const auto id = collection.put(Collection::sourceOf(log.origin()), scriptedToken);
    const auto isGivenUp = [&] { return collection.status(id).lastFault.contains(u"do not come to an end"_s); };
    QTRY_VERIFY_WITH_TIMEOUT(isGivenUp(), patience);
    QVERIFY(links < 30);
    QCOMPARE(collection.store().count({}).result().value(), 3);
}

/// 6: no paging, and what was beyond the first page was lost.
void TestComplaints::onlyTheFirstThousandEventsCome()
{
    const auto organization = replay();
    QVERIFY(organization->log().size() > 600);
    Collection collection(onePoll());
    const auto id = collection.put(*organization);
    QVERIFY(collection.catchUp(id));
    QVERIFY(difference(collection.events(), organization->log()).isEmpty());
}

/// 7: a burst that did not fit into one run was begun anew by each.
void TestComplaints::longBurstIsReadAgainAndAgain()
{
    const auto organization = replay(u"hang@3,hang@6"_s);
    Pace pace = onePoll();
    pace.client.silence = 60s;
    Collection collection(pace);
    const auto id = collection.put(*organization);
    for (const qint64 requests : {3, 6}) {
        QTRY_COMPARE_WITH_TIMEOUT(organization->requestCount(u"/api/v1/logs"_s), requests, patience);
        QTRY_COMPARE_WITH_TIMEOUT(collection.store().count({}).result().value(), requests == 3 ? 200 : 400, patience);
        collection.restart(); // as if killed in the middle
    }
    QVERIFY(collection.catchUp(id));
    QVERIFY(difference(collection.events(), organization->log()).isEmpty());
    QCOMPARE(collection.status(id).duplicates, 0);
    QVERIFY(organization->requestCount(u"/api/v1/logs"_s) <= 7 + 2);
}

/// 8: while limited, it went on asking.
void TestComplaints::hundredsOfRequestsWhileLimited()
{
    ScriptedLog log([](const QByteArray &) { return limited(3600); });
    Collection collection(quickPace(20ms));
    auto source = Collection::sourceOf(log.origin());
    const auto id = collection.put(source, scriptedToken);
    QVERIFY(collection.reaches(id, State::WaitingForLimit));
    for (int i = 0; i < 20; ++i) {
        collection.supervisor().pollNow(id);
        QTest::qWait(20);
    }
    QCOMPARE(log.asked().size(), 1);
    QVERIFY(collection.status(id).nextTry > event::now() + 4min);
}

/// 9: exponential back-off, though Okta says when.
void TestComplaints::backOffThoughOktaSaysWhen()
{
    bool isLimited = true;
    event::Timestamp asked{};
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    log.setPages([&](const QByteArray &) {
        if (std::exchange(isLimited, false)) {
            asked = event::now();
            return limited(4);
        }
        return log.pageTo(0, 3, log.link("/api/v1/logs?after=1&limit=100"));
    });
    Pace pace = onePoll();
    pace.backoffUnit = 60s;
    pace.backoffCap = 5min;
    Collection collection(pace);
    const auto id = collection.put(Collection::sourceOf(log.origin()), scriptedToken);
    QVERIFY(collection.reaches(id, State::WaitingForLimit));
    // By Okta's clock, a second more, and a second of chance.
    const auto wait = *collection.status(id).nextTry - asked;
    QVERIFY2(wait >= 4s && wait < 8s, qPrintable(QString::number(wait.count())));
    QVERIFY(collection.catchUp(id, 30'000));
}

/// 10: headers that came twice were read as none.
void TestComplaints::doubledRateHeadersBreakIt()
{
    const auto organization = replay(u"429-double@2,429-double@4"_s);
    Collection collection(onePoll());
    const auto id = collection.put(*organization);
    QVERIFY(collection.catchUp(id));
    QVERIFY(difference(collection.events(), organization->log()).isEmpty());
    QVERIFY(organization->requestCount(u"/api/v1/logs"_s) <= 7 + 2 + 1);
}

/// 11: it waited for ever without saying so, and could not be stopped.
void TestComplaints::waitsWithoutAWord()
{
    ScriptedLog log([](const QByteArray &) { return limited(120); });
    Collection collection(onePoll());
    const auto id = collection.put(Collection::sourceOf(log.origin()), scriptedToken);
    QVERIFY(collection.reaches(id, State::WaitingForLimit));
    const SourceStatus status = collection.status(id);
    QVERIFY2(status.sentence.startsWith(u"Rate limited by Okta until "_s), qPrintable(status.sentence));
    QVERIFY(status.nextTry);
    collection.supervisor().pause(id);
    QVERIFY(collection.reaches(id, State::Paused));
}

/// 12: one more, empty request at each poll.
void TestComplaints::extraEmptyRequestAtEachPoll()
{
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    log.setPages([&](const QByteArray &) {
        const int page = static_cast<int>(log.asked().size());
        return log.pageTo(page * 5, 5, log.link("/api/v1/logs?limit=100&after=" + QByteArray::number(page)));
    });
    Collection collection(onePoll());
    const auto id = collection.put(Collection::sourceOf(log.origin()), scriptedToken);
    QVERIFY(collection.catchUp(id));
    for (int polls = 2; polls <= 4; ++polls) {
        collection.supervisor().pollNow(id);
        QVERIFY(collection.catchUp(id));
        QCOMPARE(log.asked().size(), polls);
    }
}

/// 13: pages of Okta's default hundred, and no choice of the start.
void TestComplaints::pagesOfAHundred()
{
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    log.setPages([&](const QByteArray &) { return log.pageTo(0, 0, {}); });
    Pace pace = quickPace(1h);
    pace.catchUp = 6h;
    Collection collection(pace);
    auto source = Collection::sourceOf(log.origin());
    source.start = store::SourceConfig::Start::Days30;
    const auto id = collection.put(source, scriptedToken);
    QVERIFY(collection.catchUp(id));
    std::optional<event::Timestamp> oldest;
    for (const QByteArray &path : log.asked()) {
        QVERIFY2(path.contains("limit=1000"), path.constData());
        const auto since = ScriptedLog::sinceOf(path);
        oldest = oldest && since ? std::min(*oldest, *since) : since;
    }
    QVERIFY(std::chrono::abs(*oldest - (event::now() - 30 * 24h)) < 1min);
}

/// 14: after a restart events were missing, or there twice.
void TestComplaints::restartSkipsOrRepeats()
{
    const auto organization = replay(u"slow=0.3"_s);
    Collection collection(onePoll());
    const auto id = collection.put(*organization);
    for (int i = 0; i < 5; ++i) {
        const qint64 pages = collection.status(id).pages;
        (void)QTest::qWaitFor([&] { return collection.status(id).pages > pages; }, 5000);
        collection.restart();
    }
    QVERIFY(collection.catchUp(id));
    QVERIFY(difference(collection.events(), organization->log()).isEmpty());
}

/// 15: a timeout after the cursor was taken from its place left an input dead.
void TestComplaints::timeoutLosesTheCursor()
{
    const auto organization = replay(u"hang@3*2"_s);
    Pace pace = onePoll();
    pace.client.silence = 700ms;
    Collection collection(pace);
    const auto id = collection.put(*organization);
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).lastFault.contains(u"in time"_s), patience);
    const auto checkpoint = collection.store().checkpoint(id, u"Okta.SystemLog"_s).result().value();
    QVERIFY(checkpoint && checkpoint->nextLink.contains(u"after="_s));
    QVERIFY(collection.catchUp(id));
    QVERIFY(difference(collection.events(), organization->log()).isEmpty());
    // Okta itself gives up after 30 seconds; to give up before that would lose what it finds.
    QVERIFY(okta::Client::Options().silence > 35s);
}

/// 16: it stopped, and nobody was told.
void TestComplaints::stopsInSilence()
{
    const struct
    {
        const char *faults;
        State state;
    } cases[]{{"unauthorized@1*", State::NeedsAttention}, {"forbidden@1*", State::NeedsAttention},
        {"500@1*", State::Retrying}, {"drop@1*", State::Retrying}, {"429@1*", State::WaitingForLimit}};
    for (const auto &[faults, state] : cases) {
        const auto organization = replay(QString::fromLatin1(faults));
        Pace pace = onePoll();
        pace.backoffUnit = 10s;
        pace.backoffCap = 10s;
        Collection collection(pace);
        const auto id = collection.put(*organization);
        QVERIFY2(collection.reaches(id, state), faults);
        const SourceStatus status = collection.status(id);
        QVERIFY2(!status.sentence.isEmpty() && status.sentence.endsWith(u'.'), faults);
        QVERIFY2(!status.problems.isEmpty(), faults);
        QVERIFY2(state == State::NeedsAttention || status.nextTry || status.sentence.contains(u"now"_s), faults);
    }
}

/// 17: other domains, custom domains and pasted addresses.
void TestComplaints::onlyOktaComIsAccepted()
{
    for (const char *text :
        {"acme.okta.com", "acme.oktapreview.com", "acme.okta-emea.com", "acme.okta-gov.com", "acme.okta.mil",
            "login.example.com", "https://acme-admin.okta.com/admin/dashboard", "https://acme.okta.com/api/v1/logs"}) {
        const auto address = okta::parseOrgAddress(QString::fromLatin1(text));
        QVERIFY2(address, text);
        QVERIFY2(okta::originOf(*address), text);
        QVERIFY2(!okta::originOf(*address)->host().contains(u"-admin"_s), text);
    }
}

/// 18: a clock that is some minutes off. (That of assertions is tested with the service app.)
void TestComplaints::clockThatIsWrong()
{
    for (const int offset : {3600, -3600}) {
        const auto organization = replay(u"clock=%1"_s.arg(offset));
        Collection collection(onePoll());
        const auto id = collection.put(*organization);
        QVERIFY(collection.catchUp(id));
        QVERIFY(difference(collection.events(), organization->log()).isEmpty());
        const auto skew = collection.status(id).clockSkew;
        QVERIFY(skew && std::chrono::abs(*skew - std::chrono::seconds(offset)) < 5s);
    }
}

/// 19: an event of another shape was dropped.
void TestComplaints::oddEventsAreDropped()
{
    simulator::Simulator::Options options;
    options.history = 1h;
    const auto organization = simulate(options, u"odd-fields=0.3,null-target=0.3,bad-event=0.05"_s);
    Collection collection(onePoll());
    const auto id = collection.put(*organization);
    QVERIFY(collection.catchUp(id));
    QVERIFY(difference(collection.events(), organization->log()).isEmpty());
}

/// 20: a request for each user.
void TestComplaints::aRequestForEachUser()
{
    simulator::Simulator::Options options;
    options.history = 1h;
    options.users = 250;
    const auto organization = simulate(options);
    Collection collection(onePoll());
    auto source = Collection::sourceOf(organization->origin());
    source.users = true;
    const auto id = collection.put(source, organization->token().toLatin1());
    QVERIFY(collection.catchUp(id));
    QVERIFY(collection.status(id).users > 200);
    QVERIFY(organization->requestCount(u"/api/v1/users"_s) <= 4);
}

QTEST_GUILESS_MAIN(TestComplaints)
#include "tst_complaints.moc"
