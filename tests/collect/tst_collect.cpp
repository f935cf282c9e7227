// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Collection.h"

#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace octotrail;
using namespace octotrail::collect;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Collecting from a simulated organization over real HTTP into a real store.
class TestCollect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void storeEqualsLog();
    void liveEventsArrive();
    void restartGoesOnAtTheCheckpoint();
    void restartInTheMiddleLosesNothing();
    void twoSourcesAtOnce();
    void wrongTokenIsMendedInPlace();
    void missingTokenNeedsAttention();
    void pauseAndResume();
    void pausedStaysPausedAfterARestart();
    void pollNowDoesNotWait();
    void removedWithItsEvents();
    void removedWithoutItsEvents();
    void wrongSourcesAreRefused_data();
    void wrongSourcesAreRefused();
    void statusesAreWhole();
    void sourcesOfOthersAreTakenOver();
};

void TestCollect::storeEqualsLog()
{
    const auto organization = replay();
    QVERIFY(organization);
    QVERIFY(organization->log().size() > 600); // several pages
    Collection collection;
    const auto id = collection.put(*organization);
    QVERIFY(collection.catchUp(id));
    const QString wrong = difference(collection.events(), organization->log());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    const SourceStatus status = collection.status(id);
    QCOMPARE(status.state, State::Healthy);
    QCOMPARE(status.events, static_cast<qint64>(organization->log().size()));
    QCOMPARE(status.duplicates, 0);
    QCOMPARE(status.defective, 0);
    QVERIFY(status.sentence.contains(u"Up to date"_s));
    QVERIFY(status.lastPoll && status.newestPublished && status.nextTry && status.clockSkew);
    QVERIFY(collection.wasTold(State::CatchingUp, {}));
}

void TestCollect::liveEventsArrive()
{
    simulator::Simulator::Options options;
    options.start = workingHour();
    options.history = 1h;
    options.eventsPerMinute = 240; // a second brings some
    options.logsPerWindow = 100'000; // polled far oftener than Okta would allow
    auto organization = simulator::Simulator::start(options);
    QVERIFY(organization);
    Collection collection;
    const auto id = collection.put(**organization);
    QVERIFY(collection.catchUp(id));
    const qint64 before = collection.status(id).events;
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).events > before + 20, 60'000);
    collection.supervisor().pause(id);
    QVERIFY(collection.reaches(id, State::Paused));
    const auto events = collection.events();
    auto log = (*organization)->log();
    QVERIFY(log.size() >= events.size());
    log.resize(events.size());
    const QString wrong = difference(events, log);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    QCOMPARE(collection.status(id).duplicates, 0);
}

void TestCollect::restartGoesOnAtTheCheckpoint()
{
    const auto organization = replay();
    Collection collection;
    const auto id = collection.put(*organization);
    QVERIFY(collection.catchUp(id));
    const auto events = collection.events();
    const auto checkpoint = collection.store().checkpoint(id, u"Okta.SystemLog"_s);
    QVERIFY(QTest::qWaitFor([&] { return checkpoint.isFinished(); }));
    QVERIFY(checkpoint.result() && *checkpoint.result());
    QVERIFY((*checkpoint.result())->nextLink.contains(u"after="_s));

    collection.restart();
    QVERIFY(collection.catchUp(id));
    QCOMPARE(collection.status(id).events, 0);
    QCOMPARE(collection.status(id).duplicates, 0); // nothing was asked for twice
    QCOMPARE(collection.events().size(), events.size());
}

void TestCollect::restartInTheMiddleLosesNothing()
{
    simulator::Simulator::Options options;
    options.history = 2h;
    const auto organization = simulate(options, u"slow=0.3"_s);
    QVERIFY(organization);
    Collection collection;
    const auto id = collection.put(*organization);
    for (int i = 0; i < 4; ++i) {
        const auto before = collection.status(id).pages;
        QTRY_VERIFY_WITH_TIMEOUT(
            collection.status(id).pages > before + 1 || collection.status(id).state == State::Healthy, 20'000);
        collection.restart();
    }
    QVERIFY(collection.catchUp(id, 60'000));
    const QString wrong = difference(collection.events(), organization->log());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestCollect::twoSourcesAtOnce()
{
    simulator::Simulator::Options options;
    options.seed = 2;
    const auto first = replay();
    const auto second = simulate(options);
    Collection collection;
    const auto firstId = collection.put(*first);
    const auto secondId = collection.put(*second);
    QVERIFY(firstId != secondId);
    QTRY_VERIFY_WITH_TIMEOUT(
        collection.status(firstId).state == State::Healthy && collection.status(secondId).state == State::Healthy,
        90'000);
    QString wrong = difference(collection.events(firstId), first->log());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    wrong = difference(collection.events(secondId), second->log());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestCollect::wrongTokenIsMendedInPlace()
{
    const auto organization = replay();
    Collection collection;
    auto source = Collection::sourceOf(organization->origin());
    source.id = collection.put(source, "00wrongToken");
    QVERIFY(collection.reaches(source.id, State::NeedsAttention));
    const SourceStatus status = collection.status(source.id);
    QCOMPARE(status.kind, event::ErrorKind::Unauthorized);
    QVERIFY2(status.sentence.contains(u"API token"_s), qPrintable(status.sentence));
    QVERIFY(!status.sentence.contains(u"00wrongToken"_s));
    // It does not hammer: nothing more is asked until somebody does something.
    const qint64 requests = organization->requestCount(u"/api/v1/logs"_s);
    QCOMPARE(requests, 1);
    collection.supervisor().pollNow(source.id);
    QTRY_COMPARE_WITH_TIMEOUT(organization->requestCount(u"/api/v1/logs"_s), 2, 30'000);
    QVERIFY(collection.reaches(source.id, State::NeedsAttention));

    source = collection.supervisor().sources().first();
    QCOMPARE(collection.put(source, organization->token().toLatin1()), source.id);
    QVERIFY(collection.catchUp(source.id));
    const QString wrong = difference(collection.events(), organization->log());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestCollect::missingTokenNeedsAttention()
{
    const auto organization = replay();
    Collection collection;
    const auto id = collection.put(*organization);
    QVERIFY(collection.catchUp(id));
    collection.end();
    const auto uuid = [&] {
        collection.begin();
        const auto sources = collection.store().sources();
        const bool read = QTest::qWaitFor([&] { return sources.isFinished(); });
        return read && sources.result() ? sources.result()->front().vaultKey() : QString();
    }();
    collection.vault().forget(uuid);
    collection.supervisor().start();
    QVERIFY(collection.reaches(id, State::NeedsAttention));
    QCOMPARE(collection.status(id).kind, event::ErrorKind::Unauthorized);
    QVERIFY2(collection.status(id).sentence.contains(u"Enter it again"_s), qPrintable(collection.status(id).sentence));
}

void TestCollect::pauseAndResume()
{
    const auto organization = replay(u"slow=0.4"_s);
    Collection collection;
    const auto id = collection.put(*organization);
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).pages > 2, 30'000);
    collection.supervisor().pause(id);
    QVERIFY(collection.reaches(id, State::Paused));
    QCOMPARE(collection.status(id).sentence, u"Paused."_s);
    const qint64 requests = organization->requestCount(u"/api/v1/logs"_s);
    QTest::qWait(300); // to see that nothing comes there is no signal to wait for
    QCOMPARE(organization->requestCount(u"/api/v1/logs"_s), requests);
    collection.supervisor().pollNow(id);
    QTest::qWait(100);
    QCOMPARE(organization->requestCount(u"/api/v1/logs"_s), requests);
    for (int i = 0; i < 5; ++i) {
        collection.supervisor().resume(id);
        collection.supervisor().pause(id);
    }
    collection.supervisor().resume(id);
    QVERIFY(collection.catchUp(id, 60'000));
    const QString wrong = difference(collection.events(), organization->log());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestCollect::pausedStaysPausedAfterARestart()
{
    const auto organization = replay();
    Collection collection;
    const auto id = collection.put(*organization);
    QVERIFY(collection.catchUp(id));
    collection.supervisor().pause(id);
    QVERIFY(collection.reaches(id, State::Paused));
    collection.restart();
    QVERIFY(collection.reaches(id, State::Paused));
    QVERIFY(collection.supervisor().sources().first().paused);
    const qint64 requests = organization->requestCount(u"/api/v1/logs"_s);
    collection.supervisor().resume(id);
    QVERIFY(collection.catchUp(id));
    QVERIFY(organization->requestCount(u"/api/v1/logs"_s) > requests);
}

void TestCollect::pollNowDoesNotWait()
{
    const auto organization = replay();
    Pace pace = smallPages();
    pace.pollInterval = 1h;
    Collection collection(pace);
    const auto id = collection.put(*organization);
    QVERIFY(collection.catchUp(id));
    const qint64 requests = organization->requestCount(u"/api/v1/logs"_s);
    collection.supervisor().pollNow(id);
    QVERIFY(collection.catchUp(id, 5000));
    QCOMPARE(organization->requestCount(u"/api/v1/logs"_s), requests + 1);
}

void TestCollect::removedWithItsEvents()
{
    const auto organization = replay();
    Collection collection;
    const auto id = collection.put(*organization);
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).events > 0, 30'000); // in the middle of it
    const auto removed = collection.supervisor().remove(id, true);
    QVERIFY(QTest::qWaitFor([&] { return removed.isFinished(); }, 20'000));
    QVERIFY2(removed.result(), removed.result() ? "" : qPrintable(removed.result().error().sentence));
    QVERIFY(collection.supervisor().sources().isEmpty());
    QCOMPARE(collection.events().size(), std::size_t{0});
    QCOMPARE(collection.status(id).state, State::Idle);
}

void TestCollect::removedWithoutItsEvents()
{
    const auto organization = replay();
    Collection collection;
    const auto id = collection.put(*organization);
    QVERIFY(collection.catchUp(id));
    const auto removed = collection.supervisor().remove(id, false);
    QVERIFY(QTest::qWaitFor([&] { return removed.isFinished(); }, 20'000));
    QVERIFY(removed.result());
    QCOMPARE(collection.events().size(), organization->log().size());
    const auto unknown = collection.supervisor().remove(id, false);
    QVERIFY(QTest::qWaitFor([&] { return unknown.isFinished(); }));
    QCOMPARE(unknown.result().error().kind, event::ErrorKind::NotFound);
}

void TestCollect::wrongSourcesAreRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("origin");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<int>("kind");
    const int invalid = static_cast<int>(event::ErrorKind::InvalidInput);
    const int refused = static_cast<int>(event::ErrorKind::Refused);
    QTest::newRow("no name") << u" "_s << u"https://acme.okta.com"_s << QByteArray("00abc") << invalid;
    QTest::newRow("no origin") << u"Acme"_s << QString() << QByteArray("00abc") << invalid;
    QTest::newRow("in the clear") << u"Acme"_s << u"http://acme.okta.com"_s << QByteArray("00abc") << refused;
    QTest::newRow("token that breaks out")
        << u"Acme"_s << u"https://acme.okta.com"_s << QByteArray("00a\r\nX: y") << invalid;
}

void TestCollect::wrongSourcesAreRefused()
{
    QFETCH(QString, name);
    QFETCH(QString, origin);
    QFETCH(QByteArray, token);
    QFETCH(int, kind);
    Collection collection;
    auto source = Collection::sourceOf(QUrl(origin));
    source.name = name;
    const auto stored = collection.supervisor().put(source, token, secrets::Vault::Place::Session);
    QVERIFY(QTest::qWaitFor([&] { return stored.isFinished(); }));
    QVERIFY(!stored.result());
    QCOMPARE(static_cast<int>(stored.result().error().kind), kind);
    QVERIFY(collection.supervisor().sources().isEmpty());
}

void TestCollect::statusesAreWhole()
{
    const auto organization = replay(u"429@2,503@4,users:403@1*"_s);
    Collection collection;
    auto source = Collection::sourceOf(organization->origin());
    source.users = true;
    const auto id = collection.put(source, organization->token().toLatin1());
    QVERIFY(collection.catchUp(id));
    for (const SourceStatus &status : collection.told()) {
        QVERIFY2(status.sentence.endsWith(u'.'), qPrintable(status.sentence));
        QVERIFY(!status.sentence.contains(organization->token()));
        QCOMPARE(status.source, id);
        const bool waits = status.state == State::WaitingForLimit
            || (status.state == State::Retrying && !status.sentence.contains(u"now."_s));
        QVERIFY2(!waits || status.nextTry, qPrintable(status.sentence));
    }
    QVERIFY2(collection.status(id).usersSentence.contains(u"a role that may view users"_s),
        qPrintable(collection.status(id).usersSentence));
}

void TestCollect::sourcesOfOthersAreTakenOver()
{
    Collection collection;
    collection.supervisor().start();
    QSignalSpy changed(&collection.supervisor(), &Supervisor::sourcesChanged);
    store::SourceConfig imported;
    imported.name = u"An archive"_s;
    imported.collects = false;
    collection.store().putSource(imported);
    QTRY_COMPARE_WITH_TIMEOUT(collection.supervisor().sources().size(), 1, 30'000);
    QVERIFY(!changed.isEmpty());
    const auto id = collection.supervisor().sources().first().id;
    QCOMPARE(collection.status(id).state, State::Idle);
    QVERIFY(collection.status(id).sentence.contains(u"imported"_s));
    collection.store().removeSource(id, true);
    QTRY_VERIFY_WITH_TIMEOUT(collection.supervisor().sources().isEmpty(), 30'000);
}

QTEST_GUILESS_MAIN(TestCollect)
#include "tst_collect.moc"
