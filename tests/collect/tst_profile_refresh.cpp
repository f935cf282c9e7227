// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Collection.h"
#include "ScriptedLog.h"

#include "store/Profiles.h"

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>

using namespace octotrail;
using namespace octotrail::collect;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using simulator::ProfileChange;
using store::ProfileKind;
using Change = store::ProfileChange;

namespace {

template <class T>
T got(const QFuture<event::Result<T>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 30'000) || !future.result()) {
        qWarning("no answer of the store");
        return T();
    }
    return *future.result();
}

/// Refreshes often, and lists all of it only when told otherwise.
Pace refreshPace(std::chrono::milliseconds full = 24h)
{
    Pace pace = quickPace(200ms);
    pace.profilesPeriod = 150ms;
    pace.fullListingPeriod = full;
    return pace;
}

simulator::Simulator::Options people(int users)
{
    simulator::Simulator::Options options;
    options.users = users;
    options.history = 1h;
    options.usersPerWindow = 100'000;
    options.devicesPerWindow = 100'000;
    return options;
}

store::SourceConfig sourceWithProfiles(const QUrl &origin, bool devices = true)
{
    auto source = Collection::sourceOf(origin);
    source.users = true;
    source.devices = devices;
    return source;
}

std::vector<store::Profile> all(const Collection &collection, ProfileKind kind)
{
    return got(collection.store().profiles(kind, {}, {}));
}

std::optional<store::Profile> one(const Collection &collection, ProfileKind kind, const QString &id)
{
    const auto found = got(store::Profiles(collection.store()).find(kind, {id.toStdString()}));
    return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

std::vector<Change> history(const Collection &collection, const store::Profile &profile)
{
    return got(store::Profiles(collection.store()).history(profile.source, profile.kind, profile.id));
}

qint64 listings(const ScriptedLog &log)
{
    return std::ranges::count_if(
        log.requests(), [](const HttpRequest &request) { return request.path.startsWith("/api/v1/users"); });
}

} // namespace

/// Full listings, then what changed; who left, who is gone; and all that may come between.
class TestProfileRefresh : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deprovisionedUsersAreThere();
    void changesComeIncrementally();
    void deletedOnesAreKeptAndMarked();
    void laggingIndexIsAskedAgain();
    void staleAnswersUndoNothing();
    void interruptedListingGoesOn();
    void deadCursorBeginsAgain();
    void rateLimitInMidListing();
    void emptyListingMarksNobody();
    void missingRoleIsExplained_data();
    void missingRoleIsExplained();
    void embeddedCredentialsAreDropped();
    void hugeOrganization();
};

/// Complaint: a plain listing never has users that were deprovisioned.
void TestProfileRefresh::deprovisionedUsersAreThere()
{
    const auto organization = simulate(people(450));
    Collection collection;
    const auto id = collection.put(sourceWithProfiles(organization->origin(), false), organization->token().toLatin1());
    QVERIFY(collection.catchUp(id));
    const auto users = all(collection, ProfileKind::User);
    QCOMPARE(users.size(), std::size_t{450});
    QVERIFY(std::ranges::count(users, u"DEPROVISIONED"_s, &store::Profile::status) > 5);
    QCOMPARE(organization->requestCount(u"/api/v1/users"_s), 3);
}

void TestProfileRefresh::changesComeIncrementally()
{
    const auto organization = simulate(people(450));
    Collection collection(refreshPace());
    const auto id = collection.put(sourceWithProfiles(organization->origin()), organization->token().toLatin1());
    QVERIFY(collection.catchUp(id));
    const qint64 first = organization->requestCount(u"/api/v1/users"_s);

    const QString moved = organization->changeProfile(ProfileChange::Move);
    const QString left = organization->changeProfile(ProfileChange::Deactivate);
    const QString tablet = organization->changeProfile(ProfileChange::Enrol);
    const QString managed = organization->changeProfile(ProfileChange::Manage);
    QTRY_COMPARE_WITH_TIMEOUT(one(collection, ProfileKind::User, left)->status, u"DEPROVISIONED"_s, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(one(collection, ProfileKind::Device, tablet), 20'000);

    const auto mover = one(collection, ProfileKind::User, moved);
    QVERIFY(mover && !mover->deleted);
    const auto changes = history(collection, *mover);
    const auto department = std::ranges::find(changes, u"profile.department"_s, &Change::field);
    QVERIFY(department != changes.end());
    QVERIFY(department->before != department->after && !department->before.isEmpty());
    QVERIFY(mover->bytes.find(department->after.toStdString()) != std::string::npos);
    QCOMPARE(std::ranges::count(changes, u"profile.department"_s, &Change::field), 1); // asked again, told once
    QCOMPARE(changes.back().kind, Change::Kind::Added);
    QCOMPARE(std::ranges::count(changes, u"lastUpdated"_s, &Change::field), 0);

    const auto device = one(collection, ProfileKind::Device, managed);
    QVERIFY(device);
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::count(history(collection, *device), u"users"_s, &Change::field) == 1, 20'000);

    // The users of a device, and the devices of a user.
    const auto owners = got(store::Profiles(collection.store()).related(*one(collection, ProfileKind::Device, tablet)));
    QCOMPARE(owners.size(), std::size_t{1});
    const auto devices = got(store::Profiles(collection.store()).related(owners.front()));
    QVERIFY(std::ranges::find(devices, tablet, &store::Profile::id) != devices.end());

    // A page for each refresh since, not a listing.
    QVERIFY(organization->requestCount(u"/api/v1/users"_s) > first);
    const auto progress = got(store::Profiles(collection.store()).progress(id, ProfileKind::User));
    QCOMPARE(progress.listing, 1);
    QVERIFY(!progress.full);
}

void TestProfileRefresh::deletedOnesAreKeptAndMarked()
{
    const auto organization = simulate(people(250));
    Collection collection(refreshPace(300ms));
    const auto id = collection.put(sourceWithProfiles(organization->origin()), organization->token().toLatin1());
    QVERIFY(collection.catchUp(id));
    const auto before = all(collection, ProfileKind::User).size();
    const QString gone = organization->changeProfile(ProfileChange::Delete);
    QTRY_VERIFY_WITH_TIMEOUT(one(collection, ProfileKind::User, gone)->deleted, 20'000);
    const auto user = one(collection, ProfileKind::User, gone);
    QCOMPARE(user->status, u"DEPROVISIONED"_s); // two different things
    QVERIFY(!user->login.isEmpty());
    QCOMPARE(history(collection, *user).front().kind, Change::Kind::Deleted);
    QCOMPARE(all(collection, ProfileKind::User).size(), before);
    const auto marked = all(collection, ProfileKind::User);
    QCOMPARE(
        std::ranges::count_if(marked, [](const store::Profile &profile) { return profile.deleted.has_value(); }), 1);
    // It is noted once, however often it is missing.
    const auto listing
        = [&] { return got(store::Profiles(collection.store()).progress(id, ProfileKind::User)).listing; };
    const auto seen = listing();
    QTRY_VERIFY_WITH_TIMEOUT(listing() > seen + 1, 20'000);
    const auto changes = history(collection, *user);
    QCOMPARE(std::ranges::count(changes, Change::Kind::Deleted, &Change::kind), 1);
}

/// Complaint: the index that serves search is stale.
void TestProfileRefresh::laggingIndexIsAskedAgain()
{
    auto options = people(60);
    options.searchLag = 1500ms;
    const auto organization = simulate(options);
    Collection collection(refreshPace());
    const auto id = collection.put(sourceWithProfiles(organization->origin(), false), organization->token().toLatin1());
    QVERIFY(collection.catchUp(id));
    const QString suspended = organization->changeProfile(ProfileChange::Suspend);
    const auto since = [&] { return got(store::Profiles(collection.store()).progress(id, ProfileKind::User)).since; };
    // Refreshes that begin after the change, and do not see it yet.
    const auto changed = event::now();
    QTRY_VERIFY_WITH_TIMEOUT(since() && *since() >= std::chrono::floor<std::chrono::seconds>(changed), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(one(collection, ProfileKind::User, suspended)->status, u"SUSPENDED"_s, 20'000);
}

void TestProfileRefresh::staleAnswersUndoNothing()
{
    Collection collection;
    const auto organization = simulate(people(20));
    const auto id = collection.put(*organization);
    store::Profiles profiles(collection.store());
    const auto user = [](const char *status, const char *updated) {
        return R"({"id":"00u1","status":")" + std::string(status) + R"(","lastUpdated":")" + updated
            + R"(","profile":{"login":"jane@acme.example"}})";
    };
    got(profiles.put({id, ProfileKind::User, {user("ACTIVE", "2026-01-01T00:00:00.000Z")}, {}, false}));
    got(profiles.put({id, ProfileKind::User, {user("SUSPENDED", "2026-01-02T00:00:00.000Z")}, {}, false}));
    const auto report
        = got(profiles.put({id, ProfileKind::User, {user("ACTIVE", "2026-01-01T00:00:00.000Z")}, {}, false}));
    QCOMPARE(report.unchanged, 1);
    const auto now = one(collection, ProfileKind::User, u"00u1"_s);
    QCOMPARE(now->status, u"SUSPENDED"_s);
    QCOMPARE(history(collection, *now).size(), std::size_t{2});
    // The history is bounded.
    for (int i = 0; i < 20; ++i) {
        std::string json = R"({"id":"00u1","status":"ACTIVE","lastUpdated":"2026-02-01T00:00:00.000Z","profile":{)";
        for (int field = 0; field < 40; ++field) {
            json += "\"f" + std::to_string(field) + "\":\"" + std::to_string(i) + "\",";
        }
        got(profiles.put({id, ProfileKind::User, {json + "\"login\":\"jane@acme.example\"}}"}, {}, false}));
    }
    const auto kept = history(collection, *now);
    QCOMPARE(static_cast<int>(kept.size()), store::mostProfileChanges + 1); // and that it came
    QCOMPARE(kept.front().after, u"19"_s);
}

void TestProfileRefresh::interruptedListingGoesOn()
{
    const auto organization = simulate(people(650), u"users:500@3*"_s); // two pages, then no more
    Collection collection;
    const auto source = sourceWithProfiles(organization->origin(), false);
    const auto id = collection.put(source, organization->token().toLatin1());
    QTRY_VERIFY_WITH_TIMEOUT(organization->requestCount(u"/api/v1/users"_s) >= 3, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(all(collection, ProfileKind::User).size(), std::size_t{400}, 20'000);
    const auto progress = got(store::Profiles(collection.store()).progress(id, ProfileKind::User));
    QVERIFY(!progress.nextLink.isEmpty());
    QVERIFY(!progress.since);
    collection.restart();
    // It goes on where it was: with the page that failed.
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).usersSentence.contains(u"again"_s), 20'000);
    QCOMPARE(got(store::Profiles(collection.store()).progress(id, ProfileKind::User)).listing, 1);
    QCOMPARE(all(collection, ProfileKind::User).size(), std::size_t{400});
}

void TestProfileRefresh::deadCursorBeginsAgain()
{
    const auto organization = simulate(people(450), u"users:dead-cursor@2"_s);
    Collection collection;
    const auto id = collection.put(sourceWithProfiles(organization->origin(), false), organization->token().toLatin1());
    QVERIFY(collection.catchUp(id));
    QCOMPARE(all(collection, ProfileKind::User).size(), std::size_t{450});
    QCOMPARE(got(store::Profiles(collection.store()).progress(id, ProfileKind::User)).listing, 2);
    QVERIFY(collection.status(id).usersSentence.isEmpty());
}

void TestProfileRefresh::rateLimitInMidListing()
{
    const auto organization = simulate(people(450), u"users:429@2,users:reset@4"_s);
    Collection collection;
    const auto id = collection.put(sourceWithProfiles(organization->origin(), false), organization->token().toLatin1());
    QVERIFY(collection.catchUp(id));
    QTRY_COMPARE_WITH_TIMEOUT(all(collection, ProfileKind::User).size(), std::size_t{450}, 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).usersSentence.isEmpty(), 60'000);
    QCOMPARE(organization->requestCount(u"/api/v1/users"_s), 5); // three pages and two faults
    QCOMPARE(got(store::Profiles(collection.store()).progress(id, ProfileKind::User)).listing, 1);
}

void TestProfileRefresh::emptyListingMarksNobody()
{
    ScriptedLog log([](const QByteArray &) { return HttpReply{}; });
    bool empty = false;
    log.setPages([&](const QByteArray &path) {
        if (path.startsWith("/api/v1/users")) {
            return reply(200, empty ? "[]" : R"([{"id":"00u1","profile":{"login":"a@b.example"}}])");
        }
        return log.pageTo(0, 5, log.link("/api/v1/logs?after=1&limit=1000"));
    });
    Collection collection(refreshPace(1ms));
    const auto id = collection.put(sourceWithProfiles(log.origin(), false), scriptedToken);
    QVERIFY(collection.catchUp(id));
    empty = true;
    const qint64 before = listings(log);
    QTRY_VERIFY_WITH_TIMEOUT(listings(log) > before + 1, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).usersSentence.contains(u"nobody"_s), 20'000);
    QVERIFY(!one(collection, ProfileKind::User, u"00u1"_s)->deleted);
    empty = false;
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).usersSentence.isEmpty(), 20'000);
}

void TestProfileRefresh::missingRoleIsExplained_data()
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<bool>("users");
    QTest::addColumn<QString>("words");
    QTest::newRow("devices") << u"devices:forbidden*"_s << false << u"okta.devices.read"_s;
    QTest::newRow("users") << u"users:forbidden*"_s << true << u"okta.users.read"_s;
}

void TestProfileRefresh::missingRoleIsExplained()
{
    QFETCH(QString, faults);
    QFETCH(bool, users);
    QFETCH(QString, words);
    const auto organization = simulate(people(60), faults);
    Collection collection;
    const auto id = collection.put(sourceWithProfiles(organization->origin()), organization->token().toLatin1());
    QVERIFY(collection.catchUp(id));
    const SourceStatus status = collection.status(id);
    QCOMPARE(status.state, State::Healthy);
    QVERIFY2((users ? status.usersSentence : status.devicesSentence).contains(words),
        qPrintable(status.usersSentence + status.devicesSentence));
    QVERIFY((users ? status.devicesSentence : status.usersSentence).isEmpty());
    QCOMPARE(collection.events().size(), organization->log().size());
    QVERIFY(all(collection, users ? ProfileKind::User : ProfileKind::Device).empty());
    QVERIFY(!all(collection, users ? ProfileKind::Device : ProfileKind::User).empty());
}

void TestProfileRefresh::embeddedCredentialsAreDropped()
{
    Collection collection;
    const auto organization = simulate(people(20));
    const auto id = collection.put(*organization);
    got(store::Profiles(collection.store())
            .put({id, ProfileKind::Device,
                {R"({"id":"guo1","_embedded":{"users":[{"managementStatus":"MANAGED","user":{"id":"00u1",)"
                 R"("credentials":{"password":{"value":"hunter2"}},"profile":{"login":"a@b.example"}}}]}})",
                    R"({"id":"guo2","_embedded":{"users":[{"user":{"\u0063redentials":{"password":"hunter2"}}}]}})"},
                {}, false}));
    const auto devices = all(collection, ProfileKind::Device);
    QCOMPARE(devices.size(), std::size_t{2});
    for (const store::Profile &device : devices) {
        QVERIFY2(device.bytes.find("hunter2") == std::string::npos, device.bytes.c_str());
    }
}

/// Not timed, but told: see the test's output.
void TestProfileRefresh::hugeOrganization()
{
    const auto organization = simulate(people(10'000));
    Collection collection;
    QElapsedTimer timer;
    timer.start();
    const auto id = collection.put(sourceWithProfiles(organization->origin()), organization->token().toLatin1());
    QVERIFY(collection.catchUp(id, 300'000));
    qInfo("10,000 users and their devices: %lld ms", timer.elapsed());
    QCOMPARE(all(collection, ProfileKind::User).size(), std::size_t{10'000});
    QVERIFY(all(collection, ProfileKind::Device).size() > 10'000);
    QCOMPARE(organization->requestCount(u"/api/v1/users"_s), 50);
}

QTEST_GUILESS_MAIN(TestProfileRefresh)
#include "tst_profile_refresh.moc"
