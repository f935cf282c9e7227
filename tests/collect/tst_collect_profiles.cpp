// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Collection.h"
#include "ScriptedLog.h"

#include <QTest>

using namespace octotrail;
using namespace octotrail::collect;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Users and devices into the store's profiles.
class TestCollectProfiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void usersAndDevices();
    void profilesAreNotListedAgainBeforeTheirTime();
    void classicHasNoDevices();
    void featureMissingIsNoTokenProblem();
    void usersAreStrippedAndPinned();
    void usersAreTriedAgain();
};

void TestCollectProfiles::usersAndDevices()
{
    simulator::Simulator::Options options;
    options.users = 450; // three pages
    options.history = 1h;
    const auto organization = simulate(options);
    Collection collection;
    auto source = Collection::sourceOf(organization->origin());
    source.users = true;
    source.devices = true;
    const auto id = collection.put(source, organization->token().toLatin1());
    QVERIFY(collection.catchUp(id));
    const SourceStatus status = collection.status(id);
    QVERIFY2(status.usersSentence.isEmpty(), qPrintable(status.usersSentence));
    QVERIFY2(status.devicesSentence.isEmpty(), qPrintable(status.devicesSentence));
    QVERIFY(status.users > 400);
    QVERIFY(status.devices > 0);
    const auto users = collection.store().profiles(store::ProfileKind::User, {}, {});
    const auto devices = collection.store().profiles(store::ProfileKind::Device, {}, {});
    QVERIFY(QTest::qWaitFor([&] { return users.isFinished() && devices.isFinished(); }));
    QVERIFY(users.result() && devices.result());
    QCOMPARE(static_cast<qint64>(users.result()->size()), status.users);
    QCOMPARE(static_cast<qint64>(devices.result()->size()), status.devices);
    const auto received1 = users.result();
    for (const store::Profile &user : *received1) {
        QVERIFY(!user.login.isEmpty());
        QVERIFY(user.bytes.find("recovery_question") == std::string::npos);
        QVERIFY(user.bytes.find("\"password\"") == std::string::npos);
    }
}

void TestCollectProfiles::profilesAreNotListedAgainBeforeTheirTime()
{
    simulator::Simulator::Options options;
    options.history = 1h;
    const auto organization = simulate(options);
    Collection collection;
    auto source = Collection::sourceOf(organization->origin());
    source.users = true;
    source.usersPeriod = 60min;
    const auto id = collection.put(source, organization->token().toLatin1());
    QVERIFY(collection.catchUp(id));
    const qint64 requests = organization->requestCount(u"/api/v1/users"_s);
    QVERIFY(requests > 0);
    collection.restart();
    QVERIFY(collection.catchUp(id));
    QCOMPARE(organization->requestCount(u"/api/v1/users"_s), requests);
}

void TestCollectProfiles::classicHasNoDevices()
{
    simulator::Simulator::Options options;
    options.classic = true;
    options.history = 1h;
    const auto organization = simulate(options);
    for (const bool known : {false, true}) {
        Collection collection;
        auto source = Collection::sourceOf(organization->origin());
        source.identityEngine = !known;
        source.devices = true;
        const qint64 before = organization->requestCount(u"/api/v1/devices"_s);
        const auto id = collection.put(source, organization->token().toLatin1());
        QVERIFY(collection.catchUp(id));
        QCOMPARE(collection.status(id).state, State::Healthy);
        QVERIFY2(collection.status(id).devicesSentence.contains(known ? u"Classic"_s : u"Identity Engine"_s),
            qPrintable(collection.status(id).devicesSentence));
        QCOMPARE(organization->requestCount(u"/api/v1/devices"_s) - before, known ? 0 : 1);
        QCOMPARE(collection.events().size(), organization->log().size());
    }
}

void TestCollectProfiles::featureMissingIsNoTokenProblem()
{
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    log.setPages([&](const QByteArray &path) {
        return path.startsWith("/api/v1/devices") ? reply(
                   401, R"({"errorCode":"E0000015","errorSummary":"You do not have permission to access the feature"})")
                                                  : log.pageTo(0, 5, log.link("/api/v1/logs?after=1&limit=1000"));
    });
    Collection collection(quickPace(1h));
    auto source = Collection::sourceOf(log.origin());
    source.devices = true;
    const auto id = collection.put(source, scriptedToken);
    QVERIFY(collection.catchUp(id));
    QCOMPARE(collection.status(id).state, State::Healthy);
    QVERIFY(collection.status(id).devicesSentence.contains(u"Identity Engine"_s));
    QCOMPARE(collection.events().size(), std::size_t{5});
}

void TestCollectProfiles::usersAreStrippedAndPinned()
{
    HttpServer thief([](const HttpRequest &) { return reply(200, "[]"); });
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    log.setPages([&](const QByteArray &path) {
        if (path.startsWith("/api/v1/users")) {
            return reply(200,
                R"([{"id":"00u1","status":"ACTIVE","profile":{"login":"jane@acme.example","firstName":"Jane"},)"
                R"("credentials":{"password":{"value":"hunter2"},"recovery_question":{"question":"Pet?"}}},)"
                R"({"id":"00u2","credentials":{"password":"hunter2"})"
                R"(,"profile":{"login":"tom@acme.example"}}])",
                {"Link: <" + thief.url(u"/api/v1/users?after=1"_s).toEncoded() + ">; rel=\"next\""});
        }
        return log.pageTo(0, 5, log.link("/api/v1/logs?after=1&limit=1000"));
    });
    Collection collection(quickPace(1h));
    auto source = Collection::sourceOf(log.origin());
    source.users = true;
    const auto id = collection.put(source, scriptedToken);
    QVERIFY(collection.catchUp(id));
    QVERIFY(thief.requests().isEmpty());
    QVERIFY2(collection.status(id).usersSentence.contains(u"another host"_s),
        qPrintable(collection.status(id).usersSentence));
    log.setPages([&](const QByteArray &path) {
        return path.startsWith("/api/v1/users") ? reply(200,
                   R"([{"id":"00u1","profile":{"login":"jane@acme.example"},"credentials":{"password":"hunter2"}}])")
                                                : log.pageTo(0, 0, {});
    });
    collection.supervisor().pollNow(id);
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).usersSentence.isEmpty(), 30'000);
    const auto users = collection.store().profiles(store::ProfileKind::User, {}, {});
    QVERIFY(QTest::qWaitFor([&] { return users.isFinished(); }));
    QVERIFY(users.result() && !users.result()->empty());
    const auto received2 = users.result();
    for (const store::Profile &user : *received2) {
        QVERIFY2(user.bytes.find("hunter2") == std::string::npos, user.bytes.c_str());
        QVERIFY(user.login.contains(u"@acme.example"_s));
    }
    const auto asked = std::find_if(log.requests().begin(), log.requests().end(),
        [](const HttpRequest &request) { return request.path.startsWith("/api/v1/users"); });
    QVERIFY2(asked->path.startsWith("/api/v1/users?limit=200&search=lastUpdated%20gt"), asked->path.constData());
    QVERIFY(asked->headers["content-type"].contains("omitCredentials"));
}

void TestCollectProfiles::usersAreTriedAgain()
{
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    int asked = 0;
    log.setPages([&](const QByteArray &path) {
        if (path.startsWith("/api/v1/users")) {
            return ++asked < 3 ? reply(503, "") : reply(200, R"([{"id":"00u1","profile":{"login":"a@b.example"}}])");
        }
        return log.pageTo(0, 5, log.link("/api/v1/logs?after=1&limit=1000"));
    });
    Collection collection(quickPace(1h));
    auto source = Collection::sourceOf(log.origin());
    source.users = true;
    const auto id = collection.put(source, scriptedToken);
    QVERIFY(collection.catchUp(id)); // only when the users are there, too
    QCOMPARE(collection.status(id).users, 1);
    QVERIFY(collection.status(id).usersSentence.isEmpty());
}

QTEST_GUILESS_MAIN(TestCollectProfiles)
#include "tst_collect_profiles.moc"
