// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "filter/Expression.h"
#include "store/Alerts.h"
#include "store/EntityProfile.h"

#include <QTest>
#include <numeric>

using namespace octotrail;
using namespace octotrail::test;
using namespace std::chrono_literals;
using store::EntityAspect;

namespace {

/// What one person did, an event at a time.
struct Deed
{
    std::string time;
    std::string country = "Germany";
    std::string city = "Berlin";
    std::string address = "203.0.113.7";
    int asNumber = 3320;
    std::string browser = "CHROME";
    std::string app = "Salesforce";
    std::string actor = "ada@example.com";
    std::string outcome = "SUCCESS";
};

std::string json(const Deed &deed, int number)
{
    return R"({"uuid":"deed-)" + std::to_string(number) + R"(","published":")" + deed.time
        + R"(","eventType":"user.authentication.sso","actor":{"id":"00u1","type":"User","alternateId":")" + deed.actor
        + R"(","displayName":"Ada"},"client":{"ipAddress":")" + deed.address + R"(","userAgent":{"browser":")"
        + deed.browser + R"(","os":"Windows 10"},"geographicalContext":{"city":")" + deed.city + R"(","country":")"
        + deed.country + R"("}},"securityContext":{"asNumber":)" + std::to_string(deed.asNumber)
        + R"(,"asOrg":"net"},"outcome":{"result":")" + deed.outcome
        + R"("},"target":[{"id":"0oa1","type":"AppInstance","alternateId":")" + deed.app + R"(","displayName":")"
        + deed.app + R"("},{"id":"0oa1","type":"AppInstance","alternateId":")" + deed.app + R"(","displayName":")"
        + deed.app
        + R"("},{"id":"00u2","type":"User","alternateId":"bob@example.com","displayName":"Bob"}],)"
          R"("debugContext":{"debugData":{"dtHash":"hash1"}}})";
}

event::Timestamp time(const char *text)
{
    return *event::parseTimestamp(text);
}

const store::EntityValue *find(const std::vector<store::EntityValue> &values, const std::string &part)
{
    const auto found = std::ranges::find_if(values, [&](const auto &value) { return value.parts.front() == part; });
    return found == values.end() ? nullptr : &*found;
}

std::int64_t sum(const store::WeekHours &hours)
{
    std::int64_t all = 0;
    for (const auto &day : hours) {
        all += std::accumulate(day.begin(), day.end(), std::int64_t{0});
    }
    return all;
}

} // namespace

/// What the store counts about somebody or something that events name.
class TestEntityProfile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void countsInAndBeforeTheRange();
    void newValuesAreThoseThatWereNotThereBefore();
    void aValueWithTwoPartsIsOne();
    void anAppCountsOnceForAnEvent();
    void hoursFollowTheZone();
    void hoursFollowTheClocks();
    void withoutARangeNothingIsEarlier();
    void limitsKeepWhatIsNew();
    void otherKinds_data();
    void otherKinds();
    void alertsOfItsEvents();
    void someoneUnknown();
    void hostileNames();
    void cancelled();

private:
    store::EntityData profile(store::EntityRequest request)
    {
        return must(get(store::EntityProfile(m_case.store()).count(std::move(request))));
    }
    static store::EntityRequest lastDay()
    {
        return {store::Entity::actor("ada@example.com"), {time("2026-11-20T00:00:00Z"), time("2026-11-21T00:00:00Z")}};
    }

    Case m_case;
    std::vector<store::Seq> m_seqs;
};

void TestEntityProfile::initTestCase()
{
    m_case.open();
    std::vector<Deed> deeds;
    for (int day = 10; day < 20; ++day) {
        deeds.push_back({"2026-11-" + std::to_string(day) + "T09:30:00Z"});
        deeds.push_back({"2026-11-" + std::to_string(day) + "T14:00:00Z", "Germany", "Hamburg"});
    }
    deeds.push_back({"2026-11-20T09:00:00Z"});
    deeds.push_back({"2026-11-20T23:15:00Z", "Brazil", "Recife", "198.51.100.9", 262287, "FIREFOX", "Workday"});
    deeds.push_back({"2026-11-20T23:20:00Z", "Brazil", "Recife", "198.51.100.9", 262287, "FIREFOX", "Workday"});
    deeds.push_back({"2026-11-21T00:00:00Z"}); // at the range's end: after it
    Deed other{"2026-11-20T12:00:00Z"};
    other.actor = "bob@example.com";
    deeds.push_back(other);
    std::vector<event::LogEvent> events;
    events.reserve(deeds.size());
    for (std::size_t i = 0; i < deeds.size(); ++i) {
        events.push_back(event::LogEvent::fromBytes(json(deeds[i], static_cast<int>(i))));
    }
    const store::CommitReport report = m_case.append(std::move(events));
    QCOMPARE(report.inserted, static_cast<std::int64_t>(deeds.size()));
    for (std::size_t i = 0; i < deeds.size(); ++i) {
        m_seqs.push_back(report.firstSeq + static_cast<store::Seq>(i));
    }
}

void TestEntityProfile::countsInAndBeforeTheRange()
{
    const store::EntityData data = profile(lastDay());
    QCOMPARE(data.total, 24);
    QCOMPARE(data.inRange, 3);
    QCOMPARE(data.before, 20);
    QVERIFY(data.first == time("2026-11-10T09:30:00Z"));
    QVERIFY(data.last == time("2026-11-21T00:00:00Z"));
    QCOMPARE(sum(data.hours), 3);
    QCOMPARE(sum(data.hoursBefore), 20);
    QCOMPARE(data.hours[4][23], 2); // a Friday
    const auto &countries = data.facet(EntityAspect::Country);
    QCOMPARE(countries.distinct, 2);
    QCOMPARE(countries.values.at(0).parts.at(0), "Brazil");
    QCOMPARE(countries.values.at(0).count, 2);
    QCOMPARE(countries.values.at(1).parts.at(0), "Germany");
    QCOMPARE(countries.values.at(1).before, 20);
}

void TestEntityProfile::newValuesAreThoseThatWereNotThereBefore()
{
    const store::EntityData data = profile(lastDay());
    for (const auto &[aspect, value] : {std::pair{EntityAspect::Country, "Brazil"}, {EntityAspect::Network, "262287"},
             {EntityAspect::Address, "198.51.100.9"}, {EntityAspect::Agent, "FIREFOX"},
             {EntityAspect::App, "Workday"}}) {
        const store::EntityFacet &facet = data.facet(aspect);
        QCOMPARE(facet.freshCount, 1);
        QCOMPARE(facet.fresh.size(), std::size_t{1});
        QCOMPARE(facet.fresh.front().parts.front(), value);
        QVERIFY(facet.fresh.front().first == time("2026-11-20T23:15:00Z"));
        QVERIFY(facet.fresh.front().last == time("2026-11-20T23:20:00Z"));
    }
    QCOMPARE(data.facet(EntityAspect::Outcome).freshCount, 0);
    QCOMPARE(data.facet(EntityAspect::Device).freshCount, 0);
}

void TestEntityProfile::aValueWithTwoPartsIsOne()
{
    store::EntityRequest request = lastDay();
    request.range = {};
    const store::EntityFacet places = profile(request).facet(EntityAspect::Location);
    QCOMPARE(places.distinct, 3);
    const store::EntityValue *hamburg = find(places.values, "Hamburg");
    QVERIFY(hamburg);
    QCOMPARE(hamburg->count, 10);
    QCOMPARE(hamburg->parts.at(1), "Germany");
}

void TestEntityProfile::anAppCountsOnceForAnEvent()
{
    const store::EntityFacet apps = profile(lastDay()).facet(EntityAspect::App);
    QCOMPARE(apps.distinct, 2);
    QCOMPARE(find(apps.values, "Workday")->count, 2);
    QCOMPARE(find(apps.values, "Salesforce")->count, 1);
}

void TestEntityProfile::hoursFollowTheZone()
{
    store::EntityRequest request = lastDay();
    request.zone = event::ZoneOffsets(2h);
    const store::EntityData data = profile(request);
    QCOMPARE(data.hours[5][1], 2); // already Saturday there
    QCOMPARE(data.hours[4][11], 1);
    QCOMPARE(sum(data.hours), 3);
}

/// Nine o'clock is nine o'clock, in summer and in winter.
void TestEntityProfile::hoursFollowTheClocks()
{
    Case own;
    own.open();
    std::vector<event::LogEvent> events;
    for (const char *moment : {"2026-03-18T08:10:00Z", "2026-07-01T07:10:00Z", "2026-11-04T08:10:00Z",
             "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"}) {
        Deed deed;
        deed.time = moment;
        events.push_back(event::LogEvent::fromBytes(json(deed, static_cast<int>(events.size()))));
    }
    own.append(std::move(events));
    store::EntityRequest request{store::Entity::actor("ada@example.com"), {}};
    request.zone = event::ZoneOffsets(1h, {{time("2026-03-29T01:00:00Z"), 2h}, {time("2026-10-25T01:00:00Z"), 1h}});
    const store::EntityData data = must(get(store::EntityProfile(own.store()).count(request)));
    QCOMPARE(data.hours[2][9], 3);
    QCOMPARE(data.hours[6][2], 2); // the hour that there was twice
    QCOMPARE(sum(data.hours), 5);
}

void TestEntityProfile::withoutARangeNothingIsEarlier()
{
    store::EntityRequest request = lastDay();
    request.range = {};
    const store::EntityData data = profile(request);
    QCOMPARE(data.inRange, 24);
    QCOMPARE(data.before, 0);
    QCOMPARE(sum(data.hoursBefore), 0);
    QCOMPARE(sum(data.hours), 24);
}

void TestEntityProfile::limitsKeepWhatIsNew()
{
    store::EntityRequest request = lastDay();
    request.range = {time("2026-11-15T00:00:00Z"), std::nullopt};
    request.limit = 1;
    const store::EntityFacet countries = profile(request).facet(EntityAspect::Country);
    QCOMPARE(countries.distinct, 2);
    QCOMPARE(countries.values.size(), std::size_t{1});
    QCOMPARE(countries.values.front().parts.front(), "Germany");
    QCOMPARE(countries.fresh.size(), std::size_t{1});
    QCOMPARE(countries.fresh.front().parts.front(), "Brazil");
}

void TestEntityProfile::otherKinds_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("count");
    QTest::newRow("address") << "client.ipAddress"
                             << "198.51.100.9" << 2;
    QTest::newRow("device") << "debugContext.debugData.dtHash"
                            << "hash1" << 25;
    QTest::newRow("id") << "actor.id"
                        << "00u1" << 25;
    QTest::newRow("app") << "target"
                         << "workday" << 2;
}

void TestEntityProfile::otherKinds()
{
    QFETCH(const QString, path);
    QFETCH(const QString, value);
    QFETCH(const int, count);
    const auto named = store::entityOf(path.toStdString(), value.toStdString());
    const store::EntityData data = profile({named ? *named : store::Entity::app(value.toStdString()), {}});
    QCOMPARE(data.total, count);
    // The filter finds the same events.
    store::EventQuery query;
    query.expression = *filter::parse(store::entityFilter(named ? *named : store::Entity::app(value.toStdString())));
    QCOMPARE(must(get(m_case.store().count(query))), count);
}

void TestEntityProfile::alertsOfItsEvents()
{
    store::Alerts alerts(m_case.shared());
    store::Finding finding;
    finding.ruleId = QStringLiteral("rule");
    finding.title = QStringLiteral("New country");
    finding.dedupKey = QStringLiteral("any");
    finding.seqs = {m_seqs.at(21)};
    finding.uuids = {"deed-21"};
    finding.first = finding.last = time("2026-11-20T23:15:00Z");
    const auto report = must(get(alerts.commit({{finding}, m_seqs.back(), QStringLiteral("test")})));
    QCOMPARE(report.raised.size(), std::size_t{1});
    const store::EntityData data = profile(lastDay());
    QCOMPARE(data.alerts, report.raised);
    QCOMPARE(data.alertCount, 1);
    store::EntityRequest before = lastDay();
    before.range = {std::nullopt, time("2026-11-20T00:00:00Z")};
    QVERIFY(profile(before).alerts.empty());
    QVERIFY(profile({store::Entity::actor("bob@example.com"), {}}).alerts.empty());
}

void TestEntityProfile::someoneUnknown()
{
    const store::EntityData data = profile({store::Entity::actor("nobody@example.com"), {}});
    QCOMPARE(data.total, 0);
    QVERIFY(!data.first);
    QVERIFY(data.facet(EntityAspect::App).values.empty());
}

void TestEntityProfile::hostileNames()
{
    for (const char *name : {"\"] or true", "a\\\"b", "'; DROP TABLE events; --", "\xff\xfe", "x\ny"}) {
        QCOMPARE(profile({store::Entity::actor(name), {}}).total, 0);
        QCOMPARE(profile({store::Entity::app(name), {}}).total, 0);
    }
    QVERIFY(!store::entityOf("client.ipAddress", ""));
    QVERIFY(!store::entityOf("eventType", "user.session.start"));
}

void TestEntityProfile::cancelled()
{
    std::stop_source stop;
    stop.request_stop();
    const auto result = get(store::EntityProfile(m_case.store()).count(lastDay(), stop));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, event::ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestEntityProfile)
#include "tst_entity_profile.moc"
