// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Collection.h"
#include "HttpServer.h"
#include "event/Json.h"
#include "notify/AlertForwarder.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>

using namespace octotrail;
using namespace octotrail::notify;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::AlertSeverity;

namespace {

constexpr int patience = 30'000;

std::string valueOf(const std::string &json, std::string_view path)
{
    std::string value;
    event::visitValues(json, event::FieldPath(path), [&](std::string_view text, event::JsonKind) {
        value = text;
        return false;
    });
    return value;
}

/// A store with alerts to come, and a forwarder that does not wait long.
struct World
{
    World()
        : alerts(collection.sharedStore())
        , forwarder(alerts)
        , delivered(&forwarder, &AlertForwarder::delivered)
        , failed(&forwarder, &AlertForwarder::failed)
    {
        AlertForwarder::Pace pace;
        pace.waits = {20ms, 40ms};
        pace.timeout = 2s;
        forwarder.setPace(pace);
        forwarder.setSourceNames({{1, u"Acme"_s}});
    }
    void route(AlertSeverity severity, const QString &webhook, const QString &command = {})
    {
        AlertForwarder::Routes routes;
        routes.at(static_cast<std::size_t>(severity)) = {webhook, command};
        forwarder.setRoutes(routes);
    }
    void raise(AlertSeverity severity, const QString &title = u"Push bombing"_s, bool isRecord = false)
    {
        store::Finding finding;
        finding.ruleId = u"rule"_s;
        finding.title = title;
        finding.dedupKey = QString::number(++count);
        finding.severity = severity;
        finding.isRecord = isRecord;
        finding.source = 1;
        finding.context = u"{\"failures\":14}"_s;
        finding.tags = {u"attack.t1110"_s};
        const auto done = alerts.commit({{finding}, count, u"test"_s});
        QVERIFY(QTest::qWaitFor([&] { return done.isFinished(); }, patience));
    }

    Collection collection;
    store::Alerts alerts;
    AlertForwarder forwarder;
    QSignalSpy delivered, failed;
    int count = 0;
};

} // namespace

/// Alerts that are sent on, to a real server and real programs.
class TestAlertForwarder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void postsAlerts();
    void triesAgainAndGivesUp();
    void followsNoRedirect();
    void sendsATest();
    void runsCommands();
    void tellsHowACommandFailed_data();
    void tellsHowACommandFailed();
    void refusesWhatCannotBeUsed();
};

void TestAlertForwarder::postsAlerts()
{
    World world;
    HttpServer server([](const HttpRequest &) { return reply(204, {}); });
    world.raise(AlertSeverity::High); // nowhere to go
    world.route(AlertSeverity::High, server.url(u"/hook?team=1"_s).toString());
    world.raise(AlertSeverity::High);
    QTRY_COMPARE_WITH_TIMEOUT(world.delivered.size(), 1, patience);
    QCOMPARE(server.requests().size(), 1);
    const HttpRequest request = server.requests().front();
    QCOMPARE(request.path, QByteArray("/hook?team=1"));
    QCOMPARE(request.headers.value("content-type"), QByteArray("application/json"));
    QVERIFY(!request.headers.contains("authorization"));
    QVERIFY(request.headers.value("content-length").toInt() > 100);
    // What is only recorded calls nobody.
    world.raise(AlertSeverity::High, u"Only recorded"_s, true);
    world.raise(AlertSeverity::High);
    QTRY_COMPARE_WITH_TIMEOUT(world.delivered.size(), 2, patience);
    QCOMPARE(server.requests().size(), 2);
    // Another severity goes elsewhere.
    world.raise(AlertSeverity::Low);
    QTest::qWait(100);
    QCOMPARE(server.requests().size(), 2);
    QCOMPARE(world.forwarder.underWay(), 0);
    QVERIFY(world.failed.isEmpty());
}

void TestAlertForwarder::triesAgainAndGivesUp()
{
    World world;
    int failures = 2;
    HttpServer server([&](const HttpRequest &) { return failures-- > 0 ? reply(503, {}) : reply(200, "ok"); });
    world.route(AlertSeverity::High, server.url(u"/"_s).toString());
    world.raise(AlertSeverity::High);
    QTRY_COMPARE_WITH_TIMEOUT(world.delivered.size(), 1, patience);
    QCOMPARE(server.requests().size(), 3);
    failures = 1000;
    world.raise(AlertSeverity::High, u"The one that fails"_s);
    QTRY_COMPARE_WITH_TIMEOUT(world.failed.size(), 1, patience);
    QCOMPARE(server.requests().size(), 6);
    const QString sentence = world.failed.front().at(1).toString();
    QVERIFY2(sentence.contains(u"The one that fails"_s) && sentence.contains(u"503"_s), qPrintable(sentence));
    QVERIFY(!sentence.contains(u"team"_s));
    QCOMPARE(world.forwarder.underWay(), 0);
}

void TestAlertForwarder::followsNoRedirect()
{
    World world;
    HttpServer other([](const HttpRequest &) { return reply(200, {}); });
    HttpServer server(
        [&](const HttpRequest &) { return reply(307, {}, {"Location: " + other.url(u"/"_s).toEncoded()}); });
    world.route(AlertSeverity::High, server.url(u"/"_s).toString());
    world.raise(AlertSeverity::High);
    QTRY_COMPARE_WITH_TIMEOUT(world.failed.size(), 1, patience);
    QVERIFY(other.requests().isEmpty());
}

void TestAlertForwarder::sendsATest()
{
    World world;
    const QSignalSpy tested(&world.forwarder, &AlertForwarder::tested);
    HttpServer server([](const HttpRequest &request) { return reply(request.path == "/good" ? 200 : 401, {}); });
    AlertForwarder::Routes routes;
    routes[4] = {server.url(u"/good"_s).toString(), u"cat"_s};
    routes[3] = {server.url(u"/good"_s).toString(), {}}; // the same once more
    routes[2] = {server.url(u"/bad"_s).toString(), {}};
    world.forwarder.test(routes); // without being set
    QTRY_COMPARE_WITH_TIMEOUT(tested.size(), 3, patience);
    QCOMPARE(server.requests().size(), 2); // a fault is told at once
    QCOMPARE(std::ranges::count_if(tested, [](const auto &one) { return one.at(1).toString().isEmpty(); }), 2);
    QVERIFY(std::ranges::any_of(tested, [](const auto &one) { return one.at(1).toString().contains(u"401"_s); }));
    QCOMPARE(world.forwarder.underWay(), 0);
    QVERIFY(world.delivered.isEmpty() && world.failed.isEmpty());
}

void TestAlertForwarder::runsCommands()
{
    World world;
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"an alert.json"_s);
    world.route(AlertSeverity::Critical, {}, u"tee \"%1\""_s.arg(file));
    const QString title = u"It's $(touch /tmp/owned); \"quoted\""_s;
    world.raise(AlertSeverity::Critical, title);
    QTRY_COMPARE_WITH_TIMEOUT(world.delivered.size(), 1, patience);
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const std::string json = written.readAll().toStdString();
    QCOMPARE(valueOf(json, "title"), title.toStdString());
    QCOMPARE(valueOf(json, "severity"), std::string("critical"));
    QCOMPARE(valueOf(json, "state"), std::string("open"));
    QCOMPARE(valueOf(json, "source"), std::string("Acme"));
    QCOMPARE(valueOf(json, "context.failures"), std::string("14"));
    QCOMPARE(valueOf(json, "tags"), std::string("attack.t1110"));
}

void TestAlertForwarder::tellsHowACommandFailed_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("words");
    QTest::newRow("none") << u"/no/such/program"_s << u"/no/such/program"_s;
    QTest::newRow("code") << u"sh -c \"echo broken >&2; exit 3\""_s << u"ended with 3: broken"_s;
    QTest::newRow("crash") << u"sh -c \"kill -SEGV $$\""_s << u"crashed"_s;
    QTest::newRow("hangs") << u"sleep 600"_s << u"in time"_s;
}

void TestAlertForwarder::tellsHowACommandFailed()
{
    QFETCH(QString, command);
    QFETCH(QString, words);
    World world;
    AlertForwarder::Pace pace;
    pace.waits = {10ms};
    pace.timeout = command.startsWith(u"sleep"_s) ? 100ms : 10s;
    world.forwarder.setPace(pace);
    world.route(AlertSeverity::High, {}, command);
    world.raise(AlertSeverity::High);
    QTRY_COMPARE_WITH_TIMEOUT(world.failed.size(), 1, patience);
    QVERIFY2(world.failed.front().at(1).toString().contains(words), qPrintable(world.failed.front().at(1).toString()));
    QCOMPARE(world.forwarder.underWay(), 0);
}

void TestAlertForwarder::refusesWhatCannotBeUsed()
{
    QVERIFY(AlertForwarder::checkWebhook(u"https://hooks.example.com/a/b?c=d"_s));
    QVERIFY(AlertForwarder::checkWebhook(u"http://127.0.0.1:9000/"_s));
    for (const QString &bad : {u""_s, u"x"_s, u"http://example.com"_s, u"file:///etc/passwd"_s, u"https://"_s,
             u"https://a:b@example.com"_s}) {
        QVERIFY2(!AlertForwarder::checkWebhook(bad), qPrintable(bad));
    }
    QVERIFY(AlertForwarder::checkCommand(u"sh -c true"_s));
    QVERIFY(!AlertForwarder::checkCommand(u""_s));
    QVERIFY(!AlertForwarder::checkCommand(u"/etc/passwd"_s));
    // What is in the settings already does no harm, either.
    World world;
    world.route(AlertSeverity::High, u"http://example.com/"_s);
    world.raise(AlertSeverity::High);
    QTRY_COMPARE_WITH_TIMEOUT(world.failed.size(), 1, patience);
}

QTEST_GUILESS_MAIN(TestAlertForwarder)
#include "tst_alert_forwarder.moc"
