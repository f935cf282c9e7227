// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Collection.h"
#include "ProxyServer.h"
#include "WallClock.h"
#include "store/Coverage.h"

#include <QDateTime>
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

/// At night and at the weekend few work in the organization: an event a second is then what is left of these.
constexpr int quickly = 1200;

/// Its clock is not the machine's: it goes on as before when that one is set.
std::unique_ptr<simulator::Simulator> living(
    int eventsPerMinute = quickly, std::chrono::hours history = std::chrono::hours(1))
{
    simulator::Simulator::Options options;
    options.history = history;
    options.historyEventsPerMinute = 2;
    options.eventsPerMinute = eventsPerMinute;
    options.stories = false;
    options.logsPerWindow = 100'000;
    auto organization = simulator::Simulator::start(options);
    return organization ? std::move(*organization) : nullptr;
}

Pace pace()
{
    Pace pace = quickPace(100ms);
    pace.catchUp = 6h;
    pace.client.silence = 4s;
    return pace;
}

store::SourceId putThrough(
    const ProxyServer &proxy, const Collection &collection, const simulator::Simulator &organization)
{
    auto source = Collection::sourceOf(organization.origin());
    source.proxy = proxy.setting();
    const auto stored = collection.supervisor().put(
        source, organization.token().toLatin1(), secrets::Vault::Place::Session, QByteArray("secret"));
    return QTest::qWaitFor([&] { return stored.isFinished(); }, patience) && stored.result() ? stored.result()->id : 0;
}

/// Whether everything that is in the log by now comes into the store, and nothing twice.
bool comesWhole(const Collection &collection, const simulator::Simulator &organization)
{
    const auto log = sorted(organization.log());
    std::vector<std::string> stored;
    const bool came = QTest::qWaitFor(
        [&] {
            stored = sorted(collection.events());
            return std::ranges::includes(stored, log);
        },
        patience);
    return came && std::ranges::adjacent_find(stored) == stored.end();
}

bool hasOpenGap(const Collection &collection, store::SourceId id)
{
    const auto gaps = Coverage(collection.store()).gaps(id, event::now()).result().value();
    return std::ranges::any_of(gaps, [](const Gap &gap) { return gap.kind == Gap::Kind::Open; });
}

/// Some more events than there were.
bool growsOn(const simulator::Simulator &organization)
{
    const auto before = organization.log().size();
    return QTest::qWaitFor([&] { return organization.log().size() > before + 2; }, patience);
}

} // namespace

/// What befalls the machine while it collects: its clock is set, it sleeps, its network changes.
class TestCollectMachine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setWallClock(0s); }
    void clockIsSet_data();
    void clockIsSet();
    void clockIsWrongFromTheFirst_data();
    void clockIsWrongFromTheFirst();
    void sleeps_data();
    void sleeps();
    void networkChanges();
    void networkIsGoneForAWhile();
};

void TestCollectMachine::clockIsSet_data()
{
    QTest::addColumn<std::chrono::seconds>("ahead");
    QTest::newRow("three hours ahead") << std::chrono::seconds(3h);
    QTest::newRow("three hours behind") << std::chrono::seconds(-3h);
    QTest::newRow("back to 2010") << std::chrono::seconds(-24h * 365 * 16);
}

void TestCollectMachine::clockIsSet()
{
    QFETCH(std::chrono::seconds, ahead);
    const auto organization = living();
    QVERIFY(organization);
    Collection collection(pace());
    const auto id = collection.put(*organization);
    QVERIFY(collection.catchUp(id));
    const event::Timestamp before = event::now();
    setWallClock(ahead);
    // All that the program looks at has moved.
    QVERIFY(std::chrono::abs(event::now() - before - ahead) < 30s);
    QVERIFY(std::chrono::abs(
                event::Timestamp(std::chrono::milliseconds(QDateTime::currentMSecsSinceEpoch())) - before - ahead)
        < 30s);
    QVERIFY(growsOn(*organization));
    QVERIFY(comesWhole(collection, *organization));
    // The polls did not wait for a clock, and tell how far it is off.
    const auto isMeasured = [&] {
        const auto skew = collection.status(id).clockSkew;
        return skew && std::chrono::abs(*skew + ahead) < 30s;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isMeasured(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(collection.status(id).state, State::Healthy, patience);
    QVERIFY2(collection.status(id).problems.isEmpty(), qPrintable(collection.status(id).lastFault));
    // The next session begins with the same clock, and the one after that with one that is right again.
    for (const std::chrono::seconds clock : {ahead, 0s}) {
        setWallClock(clock);
        collection.restart();
        QVERIFY(collection.catchUp(id));
        QVERIFY(growsOn(*organization));
        QVERIFY(comesWhole(collection, *organization));
    }
    QTRY_VERIFY_WITH_TIMEOUT(!hasOpenGap(collection, id), patience);
}

void TestCollectMachine::clockIsWrongFromTheFirst_data()
{
    QTest::addColumn<std::chrono::seconds>("ahead");
    QTest::newRow("an hour ahead") << std::chrono::seconds(1h);
    QTest::newRow("an hour behind") << std::chrono::seconds(-1h);
    QTest::newRow("a hundred days ahead") << std::chrono::seconds(100 * 24h);
    QTest::newRow("back to 2010") << std::chrono::seconds(-24h * 365 * 16);
}

/// By a clock that is months ahead all of the past is more than Okta keeps, by one that is behind it is yet to come:
/// neither makes a gap where there is none, or hides one.
void TestCollectMachine::clockIsWrongFromTheFirst()
{
    QFETCH(std::chrono::seconds, ahead);
    const auto organization = living(0, 3h);
    QVERIFY(organization);
    const auto log = sorted(organization->log());
    const event::Timestamp begun = event::now();
    setWallClock(ahead);
    Pace pace = quickPace(1h);
    pace.catchUp = 10min; // of the poll: what is older than an hour is read beside it
    Collection collection(pace);
    const auto id = collection.put(*organization);
    QVERIFY(collection.catchUp(id)); // with the past
    QVERIFY(std::ranges::includes(sorted(collection.events()), log));
    const event::Timestamp now = collection.supervisor().serverNow();
    QVERIFY(now > begun - 10s && now < begun + 5min);
    const auto gaps = Coverage(collection.store()).gaps(id, now).result().value();
    QVERIFY(std::ranges::none_of(gaps, &Gap::isLacking));
}

void TestCollectMachine::sleeps_data()
{
    QTest::addColumn<std::chrono::seconds>("time");
    QTest::addColumn<int>("eventsPerMinute"); // in working hours: a hundred times as many as in a weekend's night
    QTest::newRow("over lunch") << std::chrono::seconds(1h) << 240;
    QTest::newRow("over night") << std::chrono::seconds(14h) << 15;
}

/// Time passes in the organization and on the machine's clock, but the program's own timers stood still. The
/// connections it had are dead.
void TestCollectMachine::sleeps()
{
    QFETCH(std::chrono::seconds, time);
    QFETCH(int, eventsPerMinute);
    const auto organization = living(eventsPerMinute);
    QVERIFY(organization);
    ProxyServer proxy("ada", "secret");
    Collection collection(pace());
    const auto id = putThrough(proxy, collection, *organization);
    QVERIFY(collection.catchUp(id));
    const auto before = organization->log().size();
    proxy.loseConnections();
    organization->passTime(time);
    setWallClock(time);
    QTRY_VERIFY_WITH_TIMEOUT(organization->log().size() > before + 100, patience);
    QVERIFY(comesWhole(collection, *organization));
    QTRY_COMPARE_WITH_TIMEOUT(collection.status(id).state, State::Healthy, patience);
    const auto skew = collection.status(id).clockSkew;
    QVERIFY(skew && std::chrono::abs(*skew) < 30s);
    QTRY_VERIFY_WITH_TIMEOUT(!hasOpenGap(collection, id), patience);
}

/// From one network to another: the connections are dead and nobody says so; new ones work.
void TestCollectMachine::networkChanges()
{
    const auto organization = living();
    QVERIFY(organization);
    ProxyServer proxy("ada", "secret");
    Collection collection(pace());
    const auto id = putThrough(proxy, collection, *organization);
    QVERIFY(collection.catchUp(id));
    for (int i = 0; i < 2; ++i) {
        proxy.loseConnections();
        QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).problems.size() > i, patience);
        QVERIFY(comesWhole(collection, *organization));
        QTRY_COMPARE_WITH_TIMEOUT(collection.status(id).state, State::Healthy, patience);
        // However many connections there were, the first that does not answer is enough.
        QCOMPARE(collection.status(id).problems.size(), i + 1);
    }
    QVERIFY2(collection.status(id).lastFault.contains(u"did not answer in time"_s),
        qPrintable(collection.status(id).lastFault));
    QVERIFY(!hasOpenGap(collection, id));
}

void TestCollectMachine::networkIsGoneForAWhile()
{
    const auto organization = living();
    QVERIFY(organization);
    ProxyServer proxy("ada", "secret");
    Collection collection(pace());
    const auto id = putThrough(proxy, collection, *organization);
    QVERIFY(collection.catchUp(id));
    proxy.setReachable(false);
    proxy.loseConnections();
    QVERIFY(collection.reaches(id, State::Retrying, patience));
    QVERIFY(growsOn(*organization));
    QVERIFY(collection.status(id).sentence.contains(u"Trying again"_s));
    proxy.setReachable(true);
    QVERIFY(comesWhole(collection, *organization));
    QTRY_COMPARE_WITH_TIMEOUT(collection.status(id).state, State::Healthy, patience);
    QVERIFY(!hasOpenGap(collection, id));
}

QTEST_GUILESS_MAIN(TestCollectMachine)
#include "tst_collect_machine.moc"
