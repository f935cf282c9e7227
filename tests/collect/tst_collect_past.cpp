// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Collection.h"
#include "store/Coverage.h"

#include <QTest>

using namespace octotrail;
using namespace octotrail::collect;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using octotrail::store::Coverage;
using octotrail::store::Gap;

namespace {

constexpr int patience = 60'000;

/// As users have it, but for the time between polls.
Pace usualPace()
{
    Pace pace = smallPages();
    pace.catchUp = 6h;
    return pace;
}

/// A slice is a page, and nothing is polled unless it is asked for.
Pace wholeDays()
{
    Pace pace = quickPace(1h);
    pace.catchUp = 6h;
    return pace;
}

/// A log of some hours which ended a few days ago at most, in a month of which each slice takes its time: while the one
/// with the events is stored, others are still to come.
std::unique_ptr<simulator::Simulator> slowMonth()
{
    simulator::Simulator::Options options;
    options.history = 4h;
    options.historyEventsPerMinute = 3;
    return simulate(options, u"slow@2*6"_s);
}

store::SourceId putMonth(Collection &collection, const simulator::Simulator &organization)
{
    auto source = Collection::sourceOf(organization.origin());
    source.start = store::SourceConfig::Start::Days30;
    return collection.put(source, organization.token().toLatin1());
}

/// A company whose log goes back some hours to now, and goes on.
std::unique_ptr<simulator::Simulator> living(simulator::Simulator::Options options = {}, const QString &faults = {})
{
    options.live = true;
    options.faults = faults;
    options.logsPerWindow = 100'000;
    auto organization = simulator::Simulator::start(options);
    return organization ? std::move(*organization) : nullptr;
}

std::vector<Gap> gapsOf(const Collection &collection, store::SourceId id)
{
    return Coverage(collection.store()).gaps(id, event::now()).result().value();
}

Coverage::Standing standingOf(const Collection &collection, store::SourceId id)
{
    return Coverage(collection.store()).standing(id).result().value();
}

/// Waits until some of the past is here, and gives up the rest. False if one or the other does not happen.
bool cancelHalfway(Collection &collection, store::SourceId id)
{
    const auto isUnderWay
        = [&] { return collection.status(id).backfill && collection.status(id).backfill->events > 0; };
    if (!QTest::qWaitFor(isUnderWay, patience)) {
        return false;
    }
    collection.supervisor().cancelBackfill(id);
    return QTest::qWaitFor([&] { return !collection.status(id).backfill; }, patience);
}

} // namespace

/// The past is read beside the live poll, and what the poll's cursor missed is found.
class TestCollectPast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLiveLogComesFirst();
    void goesOnAfterARestart();
    void pauses();
    void cancelledStaysAGapUntilItIsAskedFor();
    void isRememberedWhileNothingRuns();
    void olderThanTheStart();
    void anInterruptionIsFilled();
    void tellsWhatHindersIt();
    void pollCoversWhatItProves();
    void anotherFilterIsAnotherLog();
    void findsWhatTheCursorMissed();
    void readingAgainGoesOnAfterAFault();
    void quietOrganizationsCostNothing();
};

void TestCollectPast::theLiveLogComesFirst()
{
    simulator::Simulator::Options options;
    options.history = 30h;
    options.eventsPerMinute = 240;
    options.historyEventsPerMinute = 2;
    const auto organization = living(options, u"slow@5*4"_s);
    QVERIFY(organization);
    Collection collection(usualPace());
    const auto id = collection.put(*organization);
    // Caught up with what is new before the past is read: days are only begun.
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).backfill, patience);
    QCOMPARE(collection.status(id).backfill->slices, 7);
    QVERIFY(collection.catchUp(id)); // all of it, with the past
    QVERIFY(!collection.status(id).backfill);
    QVERIFY(std::any_of(collection.told().begin(), collection.told().end(),
        [](const SourceStatus &status) { return status.backfill && status.state == State::Healthy; }));
    const std::vector<std::string> log = organization->log();
    std::vector<std::string> stored = sorted(collection.events());
    // What was logged while this looks is not at hand yet.
    const auto known
        = sorted(std::vector<std::string>(log.begin(), log.end() - std::min<std::ptrdiff_t>(100, std::ssize(log))));
    QVERIFY(std::ranges::includes(stored, known));
    QVERIFY(std::ranges::adjacent_find(stored) == stored.end());
    const auto gaps = gapsOf(collection, id);
    QVERIFY2(gaps.empty(), qPrintable(QString::number(gaps.size())));
    QCOMPARE(standingOf(collection, id).covered.ranges().size(), std::size_t{1});
}

void TestCollectPast::goesOnAfterARestart()
{
    simulator::Simulator::Options options;
    options.history = 4h;
    options.historyEventsPerMinute = 3;
    const auto organization = simulate(options, u"slow@4*3"_s);
    Pace pace = wholeDays(); // no polls but those that are counted
    pace.pageLimit = usualPace().pageLimit;
    Collection collection(pace);
    const auto id = collection.put(*organization);
    const auto log = sorted(organization->log());
    QVERIFY(log.size() > 400);
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).events >= 100, patience);
    collection.restart();
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).state == State::Healthy && !collection.status(id).backfill
            && collection.store().count({}).result().value() == std::ssize(log),
        patience);
    const QString wrong = difference(sorted(collection.events()), log);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    // Only what was on its way is asked for twice: the poll once more, and a page of each slice that was being read.
    const qint64 asked = organization->requestCount(u"/api/v1/logs"_s);
    const qint64 sound = 1 + std::ssize(log) / pace.pageLimit + 1 + 7; // the poll, pages, slices of a week
    QVERIFY2(asked <= sound + 1 + pace.pastAtOnce, qPrintable(u"%1 requests, %2 in peace"_s.arg(asked).arg(sound)));
    QCOMPARE(collection.status(id).duplicates, 0);
    QVERIFY(gapsOf(collection, id).empty());
}

void TestCollectPast::pauses()
{
    const auto organization = slowMonth();
    Collection collection(wholeDays());
    const auto id = putMonth(collection, *organization);
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).backfill && collection.status(id).backfill->events > 0, patience);
    collection.supervisor().pauseBackfill(id);
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).backfill && collection.status(id).backfill->paused, patience);
    QVERIFY(collection.catchUp(id)); // nobody waits for the past
    collection.restart();
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).backfill && collection.status(id).backfill->paused, patience);
    QVERIFY(collection.catchUp(id));
    const auto events = collection.store().count({}).result().value();
    const qint64 calls = organization->requestCount(u"/api/v1/logs"_s);
    collection.supervisor().pollNow(id);
    QVERIFY(collection.catchUp(id)); // the live poll goes on
    QCOMPARE(organization->requestCount(u"/api/v1/logs"_s), calls + 1); // and it alone
    QCOMPARE(collection.store().count({}).result().value(), events);
    const auto gaps = gapsOf(collection, id);
    QCOMPARE(gaps.size(), std::size_t{1});
    QCOMPARE(gaps.front().kind, Gap::Kind::Open);
    collection.supervisor().resumeBackfill(id);
    QTRY_VERIFY_WITH_TIMEOUT(!collection.status(id).backfill, patience);
    QVERIFY(gapsOf(collection, id).empty());
    QVERIFY(difference(sorted(collection.events()), sorted(organization->log())).isEmpty());
}

void TestCollectPast::cancelledStaysAGapUntilItIsAskedFor()
{
    const auto organization = slowMonth();
    Collection collection(wholeDays());
    const auto id = putMonth(collection, *organization);
    QVERIFY(cancelHalfway(collection, id));
    collection.restart();
    QVERIFY(collection.catchUp(id));
    auto gaps = gapsOf(collection, id);
    QCOMPARE(gaps.size(), std::size_t{1});
    QCOMPARE(gaps.front().kind, Gap::Kind::Skipped);
    QVERIFY(!collection.status(id).backfill);
    // The newest half hour of it alone, then the rest.
    const event::TimeRange part{*gaps.front().range.until - 30min, gaps.front().range.until};
    collection.supervisor().fillGap(id, part);
    const auto isFilled = [&] {
        const auto left = gapsOf(collection, id);
        return left.size() == 1 && left.front().range.until == part.since;
    };
    QVERIFY(QTest::qWaitFor(isFilled, patience));
    QCOMPARE(gapsOf(collection, id).front().kind, Gap::Kind::Skipped);
    collection.supervisor().fillGaps(id);
    QTRY_VERIFY_WITH_TIMEOUT(gapsOf(collection, id).empty(), patience);
    QVERIFY(difference(sorted(collection.events()), sorted(organization->log())).isEmpty());
}

/// A paused source has no thread after a restart; what is asked of it then is done once it is resumed.
void TestCollectPast::isRememberedWhileNothingRuns()
{
    const auto organization = slowMonth();
    Collection collection(wholeDays());
    const auto id = putMonth(collection, *organization);
    QVERIFY(cancelHalfway(collection, id));
    collection.supervisor().pause(id);
    QVERIFY(collection.reaches(id, State::Paused));
    collection.restart();
    QVERIFY(collection.reaches(id, State::Paused));
    QCOMPARE(gapsOf(collection, id).front().kind, Gap::Kind::Skipped);
    const qint64 asked = organization->requestCount(u"/api/v1/logs"_s);
    collection.supervisor().fillGaps(id);
    const auto isWanted = [&] { return gapsOf(collection, id).front().kind == Gap::Kind::Open; };
    QVERIFY(QTest::qWaitFor(isWanted, patience));
    QCOMPARE(organization->requestCount(u"/api/v1/logs"_s), asked);
    collection.supervisor().resume(id);
    QTRY_VERIFY_WITH_TIMEOUT(gapsOf(collection, id).empty(), patience);
    QCOMPARE(difference(sorted(collection.events()), sorted(organization->log())), QString());
}

void TestCollectPast::olderThanTheStart()
{
    simulator::Simulator::Options options;
    options.history = 3h;
    const auto organization = simulate(options);
    Collection collection(usualPace());
    auto source = Collection::sourceOf(organization->origin());
    source.start = store::SourceConfig::Start::Now;
    const auto id = collection.put(source, organization->token().toLatin1());
    QVERIFY(collection.catchUp(id));
    QCOMPARE(collection.status(id).events, 0);
    QVERIFY(gapsOf(collection, id).empty());
    collection.supervisor().fillGap(id, {workingHour() - 4h, workingHour() + 1h});
    QTRY_COMPARE_WITH_TIMEOUT(collection.status(id).events, static_cast<qint64>(organization->log().size()), patience);
    QTRY_VERIFY_WITH_TIMEOUT(gapsOf(collection, id).empty(), patience); // also the time from there to the start
    // Editing the source's start has the same effect.
    Collection other(usualPace());
    source.id = other.put(source, organization->token().toLatin1());
    QVERIFY(other.catchUp(source.id));
    auto edited = other.supervisor().sources().first();
    edited.start = store::SourceConfig::Start::Days7;
    QCOMPARE(other.put(edited, {}), edited.id);
    QTRY_COMPARE_WITH_TIMEOUT(
        other.status(edited.id).events, static_cast<qint64>(organization->log().size()), patience);
}

void TestCollectPast::anInterruptionIsFilled()
{
    simulator::Simulator::Options options;
    options.history = 1h;
    options.eventsPerMinute = 20;
    options.start = workingHour();
    const auto organization = living(options);
    Pace pace = usualPace();
    pace.catchUp = 10min;
    Collection collection(pace);
    auto source = Collection::sourceOf(organization->origin());
    source.start = store::SourceConfig::Start::Days1;
    const auto id = collection.put(source, organization->token().toLatin1());
    QVERIFY(collection.catchUp(id));
    collection.end();
    const std::size_t before = organization->log().size();
    organization->passTime(5h);
    QTRY_VERIFY_WITH_TIMEOUT(organization->log().size() > before + 300, patience);
    collection.begin();
    collection.supervisor().start();
    QVERIFY(collection.catchUp(id));
    const std::vector<std::string> log = organization->log();
    const std::vector<std::string> known(log.begin(), log.begin() + static_cast<std::ptrdiff_t>(before) + 200);
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::includes(sorted(collection.events()), sorted(known)), patience);
    const auto stored = sorted(collection.events());
    QVERIFY(std::ranges::adjacent_find(stored) == stored.end());
}

void TestCollectPast::tellsWhatHindersIt()
{
    simulator::Simulator::Options options;
    options.history = 3h;
    options.historyEventsPerMinute = 4;
    const auto organization = simulate(options, u"503@3*20"_s);
    Pace pace = wholeDays();
    pace.pageLimit = 100;
    Collection collection(pace);
    const auto id = collection.put(*organization);
    const auto isTold = [](const SourceStatus &status) {
        return status.backfill && status.backfill->fault.contains(u"read only mode"_s) && status.backfill->nextTry;
    };
    const auto wasTold = [&] { return std::any_of(collection.told().begin(), collection.told().end(), isTold); };
    QTRY_VERIFY_WITH_TIMEOUT(wasTold(), patience);
    // It goes on, and then says nothing more of it.
    QTRY_VERIFY_WITH_TIMEOUT(!collection.status(id).backfill, patience);
    QVERIFY(difference(sorted(collection.events()), sorted(organization->log())).isEmpty());
}

void TestCollectPast::pollCoversWhatItProves()
{
    const auto organization = replay(u"hang@4"_s);
    Pace pace = smallPages();
    pace.client.silence = 60s;
    pace.catchUp.reset();
    Collection collection(pace);
    const auto id = collection.put(*organization);
    QTRY_COMPARE_WITH_TIMEOUT(collection.status(id).events, 300, patience);
    // Three pages are read, and the fourth does not come: complete up to the newest event, less the settling time.
    auto standing = standingOf(collection, id);
    QVERIFY(standing.goal && standing.goal->since);
    QCOMPARE(standing.covered.ranges().size(), std::size_t{1});
    QCOMPARE(standing.covered.ranges().front().since, standing.goal->since);
    QCOMPARE(*standing.covered.ranges().front().until, *collection.status(id).newestPublished - pace.settling);
    const auto gaps = gapsOf(collection, id);
    QCOMPARE(gaps.size(), std::size_t{1});
    QCOMPARE(gaps.front().kind, Gap::Kind::Pending);
    collection.restart();
    QVERIFY(collection.catchUp(id));
    standing = standingOf(collection, id);
    QCOMPARE(standing.covered.ranges().size(), std::size_t{1});
    QVERIFY(*standing.covered.ranges().front().until > event::now() - pace.settling - 1min);
    QVERIFY(gapsOf(collection, id).empty());
}

void TestCollectPast::anotherFilterIsAnotherLog()
{
    simulator::Simulator::Options options;
    options.history = 2h;
    const auto organization = simulate(options);
    Collection collection(usualPace());
    auto source = Collection::sourceOf(organization->origin());
    source.filter = u"outcome.result eq \"FAILURE\""_s;
    const auto id = collection.put(source, organization->token().toLatin1());
    QVERIFY(collection.catchUp(id));
    const qint64 some = collection.status(id).events;
    QVERIFY(some > 0 && some < std::ssize(organization->log()));
    auto wider = collection.supervisor().sources().first();
    wider.filter.clear();
    collection.put(wider, {});
    const auto log = sorted(organization->log());
    QTRY_COMPARE_WITH_TIMEOUT(collection.store().count({}).result().value(), std::ssize(log), patience);
    QVERIFY(difference(sorted(collection.events()), log).isEmpty());
}

void TestCollectPast::findsWhatTheCursorMissed()
{
    Collection collection(usualPace());
    simulator::Simulator::Options options;
    options.history = 1h;
    options.historyEventsPerMinute = 20;
    options.eventsPerMinute = 0;
    options.stories = false;
    options.start = workingHour();
    const auto organization = living(options, u"behind=1"_s);
    QVERIFY(organization);
    const auto id = collection.put(*organization);
    QVERIFY(collection.catchUp(id));
    const auto found = collection.store().count({}).result().value();
    // The last minutes are read again every ten minutes, ...
    organization->passTime(11min);
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).reconciled > 0, patience);
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).reconciledAt, patience);
    QVERIFY(collection.store().count({}).result().value() > found);
    // ... and the last day once a day.
    organization->passTime(25h);
    QTRY_COMPARE_WITH_TIMEOUT(
        difference(sorted(collection.events()), sorted(organization->log())), QString(), patience);
    // To read again what is known is no duplicate of Okta's.
    QCOMPARE(collection.status(id).duplicates, 0);
}

/// A hundred pages of which every fifth fails: no pass would come to its end if each fault began it anew.
void TestCollectPast::readingAgainGoesOnAfterAFault()
{
    Pace pace = usualPace();
    pace.pageLimit = 10;
    Collection collection(pace);
    simulator::Simulator::Options options;
    options.history = 1h;
    options.historyEventsPerMinute = 20;
    options.eventsPerMinute = 0;
    options.stories = false;
    options.start = workingHour();
    const auto organization = living(options, u"behind=0.5,500=0.2"_s);
    QVERIFY(organization);
    QVERIFY(organization->log().size() > 1000);
    const auto id = collection.put(*organization);
    QVERIFY(collection.catchUp(id));
    organization->passTime(25h);
    QTRY_COMPARE_WITH_TIMEOUT(
        difference(sorted(collection.events()), sorted(organization->log())), QString(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).reconciledAt, patience);
    QVERIFY(collection.status(id).reconciled > 0);
}

void TestCollectPast::quietOrganizationsCostNothing()
{
    simulator::Simulator::Options options;
    options.history = 1h;
    const auto organization = simulate(options);
    Pace pace = quickPace(1h);
    pace.catchUp = 6h;
    Collection collection(pace);
    auto source = Collection::sourceOf(organization->origin());
    source.start = store::SourceConfig::Start::Days90;
    const auto id = collection.put(source, organization->token().toLatin1());
    QVERIFY(collection.catchUp(id));
    // Ninety days in which little happened: a few requests, not ninety.
    const qint64 calls = organization->requestCount(u"/api/v1/logs"_s);
    QVERIFY2(calls <= 12, qPrintable(QString::number(calls)));
    qint64 others = 0; // who it is, and whose the token is
    for (const QString &path : {u"/.well-known/okta-organization"_s, u"/api/v1/users/me"_s}) {
        others += organization->requestCount(path);
    }
    QVERIFY(
        collection.status(id).calls >= calls + others && collection.status(id).calls <= calls + others + 1); // roles
    QVERIFY(!collection.status(id).budgets.isEmpty());
    QCOMPARE(collection.status(id).budgets.first().ours, collection.status(id).budgets.first().limit / 2);
}

QTEST_GUILESS_MAIN(TestCollectPast)
#include "tst_collect_past.moc"
