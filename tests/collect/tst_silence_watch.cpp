// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Collection.h"
#include "collect/SilenceWatch.h"

#include <QSignalSpy>
#include <QTest>

using namespace octotrail;
using namespace octotrail::collect;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::AlertState;

namespace {

template <class T>
T must(const QFuture<event::Result<T>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 30'000) || !future.result()) {
        qFatal("%s", future.isFinished() ? qPrintable(future.result().error().sentence) : "no result in time");
    }
    return *future.result();
}

/// A source that has caught up, and a watch whose clock goes as the test wants.
class World
{
public:
    explicit World(const QString &faults = {})
        : organization(replay(faults))
    { }

    void begin(const std::function<void(store::SourceConfig &)> &change = {})
    {
        store::SourceConfig config = Collection::sourceOf(organization->origin());
        config.silenceAfter = 60min;
        if (change) {
            change(config);
        }
        source = collection.put(config, organization->token().toLatin1());
        watchNow();
    }
    void watchNow()
    {
        watch.reset();
        watch
            = std::make_unique<SilenceWatch>(collection.sharedStore(), collection.supervisor(), [this] { return now; });
        // Its state is read in the background, and a look before that does nothing.
        QTest::qWait(0);
        must(store::Alerts(collection.sharedStore()).counts());
        QTest::qWait(50);
    }
    void pass(std::chrono::minutes time)
    {
        for (auto passed = 0min; passed < time; passed += SilenceWatch::interval) {
            now += SilenceWatch::interval;
            watch->look();
        }
    }
    std::vector<store::Alert> alerts(std::vector<AlertState> states = {AlertState::Open})
    {
        store::AlertQuery query;
        query.states = std::move(states);
        return must(store::Alerts(collection.sharedStore()).list(query)).alerts;
    }
    /// An event of this moment, as a poll would commit it.
    void event()
    {
        const std::string json = R"({"uuid":"fresh-)" + std::to_string(++count) + R"(","published":")"
            + event::formatTimestamp(now) + R"(","eventType":"user.session.start"})";
        must(collection.store().append({source, {event::LogEvent::fromBytes(json)}, {}}));
    }

    std::unique_ptr<simulator::Simulator> organization;
    Collection collection;
    event::Timestamp now = *event::parseTimestamp("2026-03-01T12:00:00Z");
    std::unique_ptr<SilenceWatch> watch;
    store::SourceId source = 0;
    int count = 0;
};

} // namespace

/// Sources that fall silent, over real collecting threads.
class TestSilenceWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void raisesAndResolves();
    void eventsOfThePastDoNotCount();
    void tellsFailingPollsApart();
    void doesNotCountPausesAndSleep();
    void addsUpOverRestarts();
    void staysSilentOverARestart();
    void canBeSwitchedOff();
    void endsWithItsSource();
    void leavesVerdictsAlone();
};

void TestSilenceWatch::raisesAndResolves()
{
    World world;
    world.begin();
    QVERIFY(world.collection.catchUp(world.source));
    world.event();
    QTest::qWait(50);
    world.watch->look();
    QSignalSpy changed(world.watch.get(), &SilenceWatch::silenceChanged);
    world.pass(59min);
    QVERIFY(!world.watch->silence(world.source));
    QVERIFY(world.alerts().empty());
    world.pass(2min);
    QVERIFY(world.watch->silence(world.source));
    QVERIFY(!changed.isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(world.alerts().size(), 1U, 30'000);
    const store::Alert alert = world.alerts().front();
    QCOMPARE(alert.ruleId, SilenceWatch::ruleId);
    QCOMPARE(alert.source, world.source);
    QVERIFY2(alert.title.contains(u"Acme"_s) && alert.title.contains(u"60 minutes"_s), qPrintable(alert.title));
    QVERIFY(world.watch->silence(world.source)->sentence.contains(u"Okta answers"_s));
    // Once, however long it lasts.
    world.pass(300min);
    QTest::qWait(100);
    QCOMPARE(world.alerts().size(), 1U);

    world.event();
    QTRY_VERIFY_WITH_TIMEOUT(!world.watch->silence(world.source), 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(world.alerts().empty(), 30'000);
    const auto details = must(store::Alerts(world.collection.sharedStore()).alert(alert.id));
    QCOMPARE(details.alert.state, AlertState::Resolved);
    QVERIFY(details.notes.size() >= 2);
    QVERIFY2(details.notes.front().text.contains(u"6 hours"_s), qPrintable(details.notes.front().text));
    // The next silence is another alert.
    world.pass(61min);
    QTRY_COMPARE_WITH_TIMEOUT(world.alerts().size(), 1U, 30'000);
    QVERIFY(world.alerts().front().id != alert.id);
}

void TestSilenceWatch::eventsOfThePastDoNotCount()
{
    World world;
    world.begin();
    QVERIFY(world.collection.catchUp(world.source));
    world.event();
    QTest::qWait(50);
    world.pass(61min);
    QVERIFY(world.watch->silence(world.source));
    // A backfill brings what was a week ago.
    must(world.collection.store().append(
        {world.source, {event::LogEvent::fromBytes(R"({"uuid":"old","published":"2026-02-20T00:00:00Z"})")}, {}}));
    QTest::qWait(100);
    QVERIFY(world.watch->silence(world.source));
    // Another source's events do not, either.
    must(world.collection.store().append({world.source + 1,
        {event::LogEvent::fromBytes(R"({"uuid":"other","published":"2026-03-01T13:00:00Z"})")}, {}}));
    QTest::qWait(100);
    QVERIFY(world.watch->silence(world.source));
}

void TestSilenceWatch::tellsFailingPollsApart()
{
    World world;
    store::SourceConfig config = Collection::sourceOf(world.organization->origin());
    config.silenceAfter = 60min;
    world.source = world.collection.put(config, "00wrong-token");
    world.watchNow();
    QVERIFY(world.collection.reaches(world.source, State::NeedsAttention));
    world.pass(61min);
    const auto silence = world.watch->silence(world.source);
    QVERIFY(silence);
    QVERIFY2(silence->sentence.contains(u"polls fail"_s), qPrintable(silence->sentence));
    QVERIFY(silence->sentence.contains(world.collection.status(world.source).sentence));
}

void TestSilenceWatch::doesNotCountPausesAndSleep()
{
    World world;
    world.begin();
    QVERIFY(world.collection.catchUp(world.source));
    world.pass(30min);
    world.collection.supervisor().pause(world.source);
    QVERIFY(world.collection.reaches(world.source, State::Paused));
    world.pass(500min);
    QVERIFY(!world.watch->silence(world.source));
    world.collection.supervisor().resume(world.source);
    QVERIFY(world.collection.reaches(world.source, State::Healthy));
    // The machine sleeps through a night.
    world.now += 12h;
    world.watch->look();
    QVERIFY(!world.watch->silence(world.source));
    world.pass(31min);
    QVERIFY(world.watch->silence(world.source));
}

void TestSilenceWatch::addsUpOverRestarts()
{
    World world;
    world.begin();
    QVERIFY(world.collection.catchUp(world.source));
    for (int session = 0; session < 3; ++session) {
        world.pass(15min);
        world.watchNow();
        world.now += 24h; // closed
        world.watchNow();
        QVERIFY(!world.watch->silence(world.source));
    }
    world.pass(20min);
    QVERIFY(world.watch->silence(world.source));
}

void TestSilenceWatch::staysSilentOverARestart()
{
    World world;
    world.begin();
    QVERIFY(world.collection.catchUp(world.source));
    world.pass(61min);
    QTRY_COMPARE_WITH_TIMEOUT(world.alerts().size(), 1U, 30'000);
    world.watchNow();
    QTRY_VERIFY_WITH_TIMEOUT(world.watch->silence(world.source).has_value(), 30'000);
    world.pass(100min);
    QCOMPARE(world.alerts().size(), 1U);
    QTRY_VERIFY_WITH_TIMEOUT(world.watch->silence(world.source)->alert != 0, 30'000);
    world.event();
    QTRY_VERIFY_WITH_TIMEOUT(world.alerts().empty(), 30'000);
    QCOMPARE(world.alerts({AlertState::Resolved}).size(), 1U);
}

void TestSilenceWatch::canBeSwitchedOff()
{
    World world;
    world.begin([](store::SourceConfig &source) { source.alertOnSilence = false; });
    QVERIFY(world.collection.catchUp(world.source));
    world.pass(500min);
    QVERIFY(!world.watch->silence(world.source));
    store::SourceConfig source = world.collection.supervisor().sources().front();
    source.alertOnSilence = true;
    world.collection.put(source, {});
    world.watch->look();
    QVERIFY(world.watch->silence(world.source));
    QTRY_COMPARE_WITH_TIMEOUT(world.alerts().size(), 1U, 30'000);
    source.alertOnSilence = false;
    world.collection.put(source, {});
    world.watch->look();
    QVERIFY(!world.watch->silence(world.source));
    QTRY_VERIFY_WITH_TIMEOUT(world.alerts().empty(), 30'000);
}

void TestSilenceWatch::endsWithItsSource()
{
    World world;
    world.begin();
    QVERIFY(world.collection.catchUp(world.source));
    world.pass(61min);
    QTRY_VERIFY_WITH_TIMEOUT(world.watch->silence(world.source)->alert != 0, 30'000);
    const auto removed = world.collection.supervisor().remove(world.source, false);
    QVERIFY(QTest::qWaitFor([&] { return removed.isFinished(); }, 30'000));
    QTRY_VERIFY_WITH_TIMEOUT(world.alerts().empty(), 30'000);
    QCOMPARE(world.alerts({AlertState::Resolved}).size(), 1U);
}

void TestSilenceWatch::leavesVerdictsAlone()
{
    World world;
    world.begin();
    QVERIFY(world.collection.catchUp(world.source));
    world.pass(61min);
    QTRY_VERIFY_WITH_TIMEOUT(world.watch->silence(world.source)->alert != 0, 30'000);
    const store::AlertId id = world.watch->silence(world.source)->alert;
    store::Alerts alerts(world.collection.sharedStore());
    must(alerts.setState({id}, AlertState::FalsePositive));
    world.event();
    QTRY_COMPARE_WITH_TIMEOUT(must(alerts.alert(id)).notes.size(), 2U, 30'000);
    QCOMPARE(must(alerts.alert(id)).alert.state, AlertState::FalsePositive);
}

QTEST_GUILESS_MAIN(TestSilenceWatch)
#include "tst_silence_watch.moc"
