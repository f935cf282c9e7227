// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Collection.h"
#include "ScriptedLog.h"

#include <QElapsedTimer>
#include <QTest>

using namespace octotrail;
using namespace octotrail::collect;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A request that nobody ends goes on for longer than this, whatever else the machine does.
constexpr qint64 promptly = 8000;

HttpReply hanging()
{
    return {"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n[", false, true};
}

} // namespace

/// The supervisor ends promptly whatever its threads are doing.
class TestCollectStop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whileConnecting_data();
    void whileConnecting();
    void whileAnAnswerHangs_data();
    void whileAnAnswerHangs();
    void inEachState_data();
    void inEachState();
    void whileReadingAndCommitting();
    void whileManyHang();
    void whileASourceIsPut();
    void storeIsWholeAfterwards();

private:
    /// Milliseconds that ending took.
    static qint64 end(Collection &collection);
};

qint64 TestCollectStop::end(Collection &collection)
{
    const std::shared_ptr<store::Store> store = collection.sharedStore(); // to close it takes its own time
    QElapsedTimer timer;
    timer.start();
    collection.end();
    return timer.elapsed();
}

void TestCollectStop::whileConnecting_data()
{
    QTest::addColumn<QString>("origin");
    QTest::newRow("to a host that drops packets") << u"https://10.255.255.1"_s;
    QTest::newRow("to a name that is looked up") << u"https://acme.no-such-domain.example"_s;
}

void TestCollectStop::whileConnecting()
{
    QFETCH(QString, origin);
    Collection collection;
    QVERIFY(collection.put(Collection::sourceOf(QUrl(origin)), "00token") != 0);
    QVERIFY(end(collection) < promptly);
}

void TestCollectStop::whileAnAnswerHangs_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {"/.well-known/okta-organization", "/api/v1/logs", "/api/v1/users", "/api/v1/devices"}) {
        QTest::newRow(path) << QByteArray(path);
    }
}

void TestCollectStop::whileAnAnswerHangs()
{
    QFETCH(QByteArray, path);
    HttpServer server([&path](const HttpRequest &request) {
        return request.path.startsWith(path) ? hanging() : reply(200, "[]", {dateHeader()});
    });
    Collection collection;
    auto source = Collection::sourceOf(server.origin());
    source.users = true;
    source.devices = true;
    QVERIFY(collection.put(source, scriptedToken) != 0);
    QTRY_VERIFY_WITH_TIMEOUT(std::any_of(server.requests().begin(), server.requests().end(),
                                 [&](const HttpRequest &request) { return request.path.startsWith(path); }),
        30'000);
    QVERIFY(end(collection) < promptly);
}

void TestCollectStop::inEachState_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("state");
    QTest::newRow("waiting for the next poll") << 200 << static_cast<int>(State::Healthy);
    QTest::newRow("waiting for the limit") << 429 << static_cast<int>(State::WaitingForLimit);
    QTest::newRow("waiting after a fault") << 500 << static_cast<int>(State::Retrying);
    QTest::newRow("waiting for the user") << 401 << static_cast<int>(State::NeedsAttention);
}

void TestCollectStop::inEachState()
{
    QFETCH(int, status);
    QFETCH(int, state);
    ScriptedLog log([status](const QByteArray &) { return reply(status, status == 200 ? "[]" : "{}"); });
    Pace pace = quickPace(1h);
    pace.backoffUnit = 1h;
    pace.backoffCap = 1h;
    for (const bool paused : {false, true}) {
        Collection collection(pace);
        const auto id = collection.put(Collection::sourceOf(log.origin()), scriptedToken);
        QVERIFY(collection.reaches(id, static_cast<State>(state)));
        if (paused) {
            collection.supervisor().pause(id);
            QVERIFY(collection.reaches(id, State::Paused));
        }
        QVERIFY(end(collection) < promptly);
    }
}

void TestCollectStop::whileReadingAndCommitting()
{
    const auto organization = replay();
    for (int i = 0; i < 5; ++i) {
        Collection collection;
        const auto id = collection.put(*organization);
        QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).pages >= i, 30'000);
        QVERIFY(end(collection) < promptly);
    }
}

void TestCollectStop::whileManyHang()
{
    // Organizations of their own: of one, all but the first source wait for its answer.
    std::vector<std::unique_ptr<HttpServer>> servers;
    Collection collection;
    for (int i = 0; i < 10; ++i) {
        servers.push_back(std::make_unique<HttpServer>([](const HttpRequest &) { return hanging(); }));
        QVERIFY(collection.put(Collection::sourceOf(servers.back()->origin()), scriptedToken) != 0);
        QVERIFY(collection.put(Collection::sourceOf(servers.back()->origin()), scriptedToken) != 0);
    }
    for (const auto &server : servers) {
        QTRY_COMPARE_WITH_TIMEOUT(server->requests().size(), 1, 30'000);
    }
    QVERIFY(end(collection) < promptly);
}

void TestCollectStop::whileASourceIsPut()
{
    HttpServer server([](const HttpRequest &) { return hanging(); });
    Collection collection;
    const auto stored = collection.supervisor().put(
        Collection::sourceOf(server.origin()), scriptedToken, secrets::Vault::Place::Session);
    QVERIFY(end(collection) < promptly);
    QTRY_VERIFY_WITH_TIMEOUT(stored.isFinished(), 30'000);
    QVERIFY(stored.isCanceled());
}

void TestCollectStop::storeIsWholeAfterwards()
{
    const auto organization = replay(u"slow=0.3"_s);
    Collection collection;
    auto id = collection.put(*organization);
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).pages > 1, 30'000);
    collection.restart(); // the token was kept for the session, and the session goes on
    QVERIFY(collection.catchUp(id));
    const QString wrong = difference(collection.events(), organization->log());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

QTEST_GUILESS_MAIN(TestCollectStop)
#include "tst_collect_stop.moc"
