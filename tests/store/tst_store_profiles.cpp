// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"

#include "filter/Matcher.h"
#include "filter/Sql.h"
#include "store/Annotations.h"
#include "store/FieldCensus.h"
#include "store/Migrations.h"
#include "store/Pivot.h"
#include "store/Profiles.h"
#include "store/StoreFile.h"

#include <algorithm>
#include <map>

using namespace octotrail;
using namespace octotrail::test;
using namespace Qt::StringLiterals;
using store::ProfileKind;
using store::Seq;

namespace {

std::string user(int number, const std::string &department, const std::string &status = "ACTIVE")
{
    return R"({"id":"00u)" + std::to_string(number) + R"(","status":")" + status
        + R"(","lastUpdated":"2026-01-01T00:00:00.000Z","profile":{"login":"u)" + std::to_string(number)
        + R"(@acme.example","title":"Clerk","manager":"Mo","department":")" + department + R"("}})";
}

/// As of the n-th full listing.
store::ProfileProgress listing(std::int64_t number)
{
    store::ProfileProgress progress;
    progress.listing = number;
    return progress;
}

/// Number n: by user n % 10, to user n % 3, on device n % 4; some without.
std::vector<event::LogEvent> events(int count)
{
    std::vector<event::LogEvent> events;
    for (int n = 0; n < count; ++n) {
        std::string json = R"({"uuid":"e)" + std::to_string(n) + R"(","published":"2026-11-01T00:)"
            + std::to_string(10 + n / 60) + ":" + std::to_string(10 + n % 50) + R"(.000Z","eventType":"x")";
        json += R"(,"actor":{"id":"00u)" + std::to_string(n % 10) + R"("})";
        json += n % 4 ? R"(,"device":{"id":"guo)" + std::to_string(n % 4) + R"("})" : std::string();
        json += n % 5 ? R"(,"target":[{"id":"0oa1","type":"AppInstance"},{"id":"00u)" + std::to_string(n % 3)
                + R"(","type":"User"}])"
                      : std::string();
        events.push_back(event::LogEvent::fromBytes(json + "}"));
    }
    return events;
}

} // namespace

/// What filters, rows and counts of events say of profiles.
class TestStoreProfiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_case = std::make_unique<Case>();
        m_case->open();
        m_events = events(200);
        m_case->append(m_events);
        std::vector<std::string> users;
        for (int n = 0; n < 8; ++n) { // two actors have no profile
            users.push_back(user(n, n % 2 ? "Finance" : "Sales"));
        }
        put(ProfileKind::User, users);
        put(ProfileKind::Device,
            {R"({"id":"guo1","status":"ACTIVE","profile":{"platform":"MACOS","managed":true}})",
                R"({"id":"guo2","status":"ACTIVE","profile":{"platform":"IOS","managed":false}})"});
    }

    void cleanup() { m_case.reset(); }

    void searchesAsTheMatcherDoes_data()
    {
        QTest::addColumn<QByteArray>("filter");
        for (const char *filter :
            {R"(actor.profile.department eq "Finance")", R"(actor.profile.department ne "Finance")",
                R"(not (actor.profile.department pr))", R"(actor.profile.title sw "cl" and eventType eq "x")",
                R"(target.profile.department eq "finance")", R"(target[type eq "User" and profile.department co "al"])",
                R"(target[type eq "AppInstance" and profile.department pr])", R"(device.profile.managed eq true)",
                R"(device.profile.platform in ("IOS", "MACOS") or actor.profile.status eq "SUSPENDED")",
                R"(actor.profile.department eq "Finance" and target.detailEntry.x eq null)",
                R"(actor.profile.noSuchAttribute pr)"}) {
            QTest::newRow(filter) << QByteArray(filter);
        }
    }

    void searchesAsTheMatcherDoes()
    {
        QFETCH(const QByteArray, filter);
        const store::EventQuery asked = query(filter.constData());
        const auto index = must(get(store::Profiles(m_case->store()).index()));
        QCOMPARE(index->size(), std::size_t{10});
        const filter::Matcher matcher(asked.expression, {}, index);
        std::vector<Seq> expected;
        for (std::size_t i = 0; i < m_events.size(); ++i) {
            if (matcher.matches(m_events[i])) {
                expected.push_back(static_cast<Seq>(i + 1));
            }
        }
        auto found = searchAll(m_case->store(), asked);
        QVERIFY(!found.error);
        std::ranges::sort(found.seqs);
        QCOMPARE(found.seqs, expected);
        QCOMPARE(must(get(m_case->store().count(asked))), static_cast<std::int64_t>(expected.size()));
        int streamed = 0;
        must(m_case->store().forEachEvent(
            asked, [](std::int64_t) {}, [&](const store::StoredEvent &) { return ++streamed > 0; }, {}));
        QCOMPARE(static_cast<std::size_t>(streamed), expected.size());
        const bool isNobody = filter.contains("noSuch") || filter.contains("AppInstance");
        QCOMPARE(expected.empty(), isNobody);
    }

    void profilesChangeAndFiltersFollow()
    {
        const store::EventQuery suspended = query(R"(actor.profile.status eq "SUSPENDED")");
        QCOMPARE(must(get(m_case->store().count(suspended))), 0);
        put(ProfileKind::User, {user(1, "Finance", "SUSPENDED")});
        QCOMPARE(must(get(m_case->store().count(suspended))), 20);
    }

    void rowsTellOfProfiles()
    {
        const auto rows = must(get(m_case->store().rows({2, 10},
            {"actor.profile.department", "actor.profile.title", "actor.profile.status", "target.profile.department",
                "device.profile.platform", "eventType"})));
        QCOMPARE(rows.size(), std::size_t{2});
        QCOMPARE(rows[0].cells[0], QStringLiteral("Finance"));
        QCOMPARE(rows[0].cells[1], QStringLiteral("Clerk"));
        QCOMPARE(rows[0].cells[2], QStringLiteral("ACTIVE"));
        QCOMPARE(rows[0].cells[3], QStringLiteral("Finance"));
        QCOMPARE(rows[0].cells[4], QStringLiteral("MACOS"));
        QCOMPARE(rows[0].cells[5], QStringLiteral("x"));
        QVERIFY(rows[1].cells[0].isNull()); // user 9 has no profile
    }

    void countsByProfiles()
    {
        const auto counts = must(get(m_case->store().countBy({}, "actor.profile.department", 10)));
        QCOMPARE(counts.size(), std::size_t{3});
        QCOMPARE(counts[0].value, "Finance");
        QCOMPARE(counts[0].count, 80);
        QCOMPARE(counts[1].value, "Sales");
        QCOMPARE(counts[1].count, 80);
        QCOMPARE(counts[2].value, "");
        QCOMPARE(counts[2].count, 40);
        const auto ofTargets = must(get(m_case->store().countBy({}, "target.profile.department", 10)));
        qint64 sum = 0;
        for (const auto &count : ofTargets) {
            sum += count.count;
        }
        QCOMPARE(sum, 200);
    }

    void groupsByProfiles_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("then");
        QTest::newRow("of actors") << QByteArray("actor.profile.department") << QByteArray();
        QTest::newRow("of devices, beside the profile") << QByteArray("device.profile.status") << QByteArray();
        QTest::newRow("of targets") << QByteArray("target.profile.department") << QByteArray();
        QTest::newRow("with a column") << QByteArray("device.profile.platform") << QByteArray("actor.id");
        QTest::newRow("with bytes") << QByteArray("actor.profile.department") << QByteArray("no.column");
    }

    /// Each group has as many events as a filter finds that says the same.
    void groupsByProfiles()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const QByteArray, then);
        store::PivotRequest request;
        request.groupBy = {path.toStdString()};
        if (!then.isEmpty()) {
            request.groupBy.push_back(then.toStdString());
        }
        request.distinctOf = "uuid";
        const store::PivotResult result = must(get(store::Pivot(m_case->store()).group(request)));
        QVERIFY(result.groups >= 2);
        for (std::size_t row = 0; row < static_cast<std::size_t>(result.groups); ++row) {
            QByteArray filter;
            for (std::size_t i = 0; i < request.groupBy.size(); ++i) {
                const QByteArray name = i == 0 ? path : then;
                const QString value = result.table.cell(row, i);
                filter += i == 0 ? "" : " and ";
                filter += value.isNull() ? "not (" + name + " pr)" : name + " eq \"" + value.toUtf8() + '"';
            }
            const qint64 count = result.table.cell(row, request.groupBy.size()).toLongLong();
            const qint64 expected = must(get(m_case->store().count(query(filter.constData()))));
            // Of its targets one has a profile, and the app has none.
            const bool isNone = path.startsWith("target") && result.table.cell(row, 0).isNull();
            QVERIFY2(isNone ? count >= expected : count == expected, filter.constData());
            QCOMPARE(result.table.cell(row, request.groupBy.size() + 1).toLongLong(), count);
        }
    }

    void newestValuesAreThose()
    {
        store::FieldCensus census(m_case->store());
        for (const char *path :
            {"actor.profile.department", "actor.profile.title", "device.profile.platform", "device.profile.managed",
                "target.profile.department", "ACTOR.profile.department", "actor.profile.noSuchAttribute"}) {
            auto all = must(get(m_case->store().countBy({}, path, 100)));
            std::erase_if(all, [](const store::Store::ValueCount &count) { return count.value.empty(); });
            const auto found = must(get(census.values(path, {}, 100)));
            QCOMPARE(found.newest, 0);
            const auto isSame = [](const store::Store::ValueCount &a, const store::Store::ValueCount &b) {
                return a.value == b.value && a.count == b.count;
            };
            QVERIFY2(std::ranges::equal(found.values, all, isSame), path);
        }
        const auto some = must(get(census.values("actor.profile.department", "FIN", 10)));
        QCOMPARE(some.values.size(), std::size_t{1});
        QCOMPARE(some.values.front().value, "Finance");
    }

    /// What completion tells of a path is what a search for it finds.
    void fieldsOccurAsFiltersFindThem()
    {
        store::Annotations annotations(m_case->shared());
        must(get(annotations.edit({3, 5, 8}, {true, {}, {}, {}})));
        must(get(annotations.edit({5, 9}, {{}, {u"look"_s}, {}, {}})));
        must(get(annotations.edit({9}, {{}, {}, {}, u"Why?"_s})));
        const auto census = must(get(store::FieldCensus(m_case->store()).fields()));
        std::map<std::string, std::int64_t> found;
        for (const store::FieldCensus::Occurrence &field : census.fields) {
            if (field.path.find(".profile.") != std::string::npos || field.path.starts_with("annotation.")) {
                found[field.path] = field.events;
                QCOMPARE(field.events, must(get(m_case->store().count(query((field.path + " pr").c_str())))));
            }
        }
        QCOMPARE(found.at("actor.profile.department"), 160);
        QCOMPARE(found.at("target.profile.department"), 160);
        QCOMPARE(found.at("device.profile.platform"), 100);
        QCOMPARE(found.at("actor.profile.city"), 0);
        QCOMPARE(found.at("annotation.bookmarked"), 4);
        QCOMPARE(found.at("annotation.tag"), 2);
        QCOMPARE(found.at("annotation.note"), 1);
    }

    void oneIdInTwoSources()
    {
        // An organization that was connected twice: who is still listed counts.
        must(get(store::Profiles(m_case->store()).put({2, ProfileKind::User, {user(1, "Legal")}, listing(1), true})));
        must(get(store::Profiles(m_case->store()).put({2, ProfileKind::User, {user(99, "Legal")}, listing(2), true})));
        QCOMPARE(must(get(m_case->store().count(query(R"(actor.profile.department eq "Legal")")))), 0);
        QCOMPARE(must(get(store::Profiles(m_case->store()).find(ProfileKind::User, {"00u1"}))).size(), std::size_t{2});
    }

    void olderStoresAreBroughtUp()
    {
        Case c;
        store::StoreFile::Options options;
        options.steps = store::migrations().first(2);
        {
            auto old = store::StoreFile::open(c.file(), options);
            QVERIFY(old);
            auto connection = old->database().connect();
            QVERIFY(connection);
            must(connection->run(
                "INSERT INTO profiles VALUES (1, 'user', '00u1', 'ACTIVE', 'Jane', 'j@a.example', NULL, "
                "TIMESTAMP '2026-01-01 00:00:00', '{\"id\":\"00u1\",\"status\":\"ACTIVE\"}')"));
        }
        c.open();
        const auto users = must(get(c.store().profiles(ProfileKind::User, {}, {})));
        QCOMPARE(users.size(), std::size_t{1});
        QVERIFY(users.front().firstSeen == users.front().seen && !users.front().deleted);
        must(get(store::Profiles(c.store()).put({1, ProfileKind::User, {user(1, "Finance")}, listing(1), true})));
        QVERIFY(must(get(store::Profiles(c.store()).history(1, ProfileKind::User, QStringLiteral("00u1")))).size() > 2);
    }

    void removedWithTheirSource()
    {
        must(get(m_case->store().removeSource(1, false)));
        QVERIFY(must(get(m_case->store().profiles(ProfileKind::User, {}, {}))).empty());
        QVERIFY(
            must(get(store::Profiles(m_case->store()).history(1, ProfileKind::User, QStringLiteral("00u1")))).empty());
        QCOMPARE(must(get(m_case->store().count(query(R"(actor.profile.department pr)")))), 0);
    }

private:
    void put(ProfileKind kind, const std::vector<std::string> &profiles) const
    {
        must(get(store::Profiles(m_case->store()).put({1, kind, profiles, {}, false})));
    }

    std::unique_ptr<Case> m_case;
    std::vector<event::LogEvent> m_events;
};

QTEST_GUILESS_MAIN(TestStoreProfiles)
#include "tst_store_profiles.moc"
