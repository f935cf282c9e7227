// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"
#include "filter/Expression.h"
#include "store/ChartCounts.h"

#include <QTest>
#include <map>
#include <numeric>

using namespace octotrail;
using namespace octotrail::test;

namespace {

constexpr int eventCount = 2000;

} // namespace

/// What the store counts for charts and maps.
class TestChartCounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void barsAreValues();
    void partsAddUpToTheBar_data();
    void partsAddUpToTheBar();
    void tooManyPartsBecomeOne();
    void aPathWithoutAColumn();
    void whatIsNoPath();
    void onlyTheQuerysEvents();
    void places();
    void coordinatesThatAreNone();
    void cancelled();

private:
    store::ChartCounts count(store::ChartRequest request)
    {
        return must(get(store::Charts(m_case.store()).count(std::move(request))));
    }
    Case m_case;
};

void TestChartCounts::initTestCase()
{
    m_case.open();
    m_case.append(events(0, eventCount));
}

void TestChartCounts::barsAreValues()
{
    store::ChartRequest request;
    request.path = "outcome.result";
    const store::ChartCounts counts = count(request);
    std::map<std::string, std::int64_t> expected;
    for (int n = 0; n < eventCount; ++n) {
        ++expected[n % 1000 == 999 ? std::string() : outcomeOf(n)];
    }
    std::map<std::string, std::int64_t> found;
    for (const auto &bar : counts.bars) {
        QVERIFY(bar.parts.empty());
        found[bar.value] = bar.total;
    }
    QCOMPARE(found, expected);
    QCOMPARE(counts.missing, expected[""]);
}

void TestChartCounts::partsAddUpToTheBar_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("stack");
    QTest::newRow("text by text") << "actor.alternateId"
                                  << "outcome.result";
    QTest::newRow("integer by boolean") << "securityContext.asNumber"
                                        << "securityContext.isProxy";
    QTest::newRow("text by target") << "eventType"
                                    << "target";
    QTest::newRow("by itself") << "eventType"
                               << "eventType";
    QTest::newRow("bytes by text") << "unlisted.deep.thing"
                                   << "severity";
    QTest::newRow("text by bytes") << "outcome.result"
                                   << "unlisted.deep.thing";
    QTest::newRow("time by text") << "published"
                                  << "severity";
    QTest::newRow("number by debugData") << "client.geographicalContext.geolocation.lon"
                                         << "debugContext.debugData.requestUri";
    QTest::newRow("target by its type") << "target.alternateId"
                                        << "target.type";
    QTest::newRow("text by a profile") << "eventType"
                                       << "actor.profile.department";
    QTest::newRow("annotation by source") << "annotation.tag"
                                          << "source";
}

void TestChartCounts::partsAddUpToTheBar()
{
    QFETCH(const QString, path);
    QFETCH(const QString, stack);
    store::ChartRequest request;
    request.path = path.toStdString();
    request.stack = stack.toStdString();
    request.limit = 5;
    request.stackLimit = 3;
    const store::ChartCounts counts = count(request);
    QVERIFY(!counts.bars.empty());
    QVERIFY(counts.bars.size() <= 5 && counts.stacks.size() <= 3);
    for (const auto &bar : counts.bars) {
        QCOMPARE(bar.parts.size(), counts.stacks.size() + 1);
        const auto sum = std::accumulate(bar.parts.begin(), bar.parts.end(), std::int64_t{0});
        // An event with two targets is in two parts.
        const bool several = stack == QLatin1String("target") || stack == QLatin1String("unlisted.deep.thing");
        QVERIFY(several ? sum >= bar.total : sum == bar.total);
    }
}

void TestChartCounts::tooManyPartsBecomeOne()
{
    store::ChartRequest request;
    request.path = "severity";
    request.stack = "client.ipAddress";
    request.stackLimit = 4;
    const store::ChartCounts counts = count(request);
    QCOMPARE(counts.stacks.size(), std::size_t{4});
    const auto info = std::ranges::find(counts.bars, "INFO", &store::ChartCounts::Bar::value);
    QVERIFY(info != counts.bars.end());
    QVERIFY(info->parts.back() > info->parts.front());
}

void TestChartCounts::aPathWithoutAColumn()
{
    store::ChartRequest request;
    request.path = "unlisted.deep.thing";
    const store::ChartCounts counts = count(request);
    QVERIFY(counts.distinct > 1);
    QVERIFY(counts.missing > 0);
}

void TestChartCounts::whatIsNoPath()
{
    store::ChartRequest request;
    request.path = "severity";
    request.stack = "no..path";
    const auto result = get(store::Charts(m_case.store()).count(request));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, event::ErrorKind::InvalidInput);
}

void TestChartCounts::onlyTheQuerysEvents()
{
    store::ChartRequest request;
    request.query = query("outcome.result eq \"FAILURE\" and unlisted.deep.thing eq \"needle4\"");
    request.path = "outcome.result";
    request.stack = "severity";
    const store::ChartCounts counts = count(request);
    QVERIFY(counts.bars.size() <= 1);
    for (const auto &bar : counts.bars) {
        QCOMPARE(bar.value, "FAILURE");
        QCOMPARE(bar.total, must(get(m_case.store().count(request.query))));
    }
}

void TestChartCounts::places()
{
    const store::Places found = must(get(store::Charts(m_case.store()).places(store::EventQuery(), nullptr, 30)));
    QCOMPARE(found.total, eventCount);
    QCOMPARE(found.located, eventCount - 2); // the odd ones have none
    QCOMPARE(found.distinct, 90);
    QCOMPARE(found.places.size(), std::size_t{30});
    QCOMPARE(found.places.front().city, "Paris");
    QCOMPARE(found.places.front().latitude, 48.5);
}

void TestChartCounts::coordinatesThatAreNone()
{
    Case other;
    other.open();
    std::vector<event::LogEvent> odd;
    for (const char *place : {R"({"lat":91,"lon":0})", R"({"lat":0,"lon":-181})", R"({"lat":"north","lon":0})",
             R"({"lat":1e308,"lon":1})", R"({"lat":null,"lon":null})", R"({"lat":-90,"lon":180})"}) {
        odd.push_back(event::LogEvent::fromBytes(R"({"uuid":"odd-)" + std::to_string(odd.size())
            + R"(","published":"2026-11-01T00:00:00Z","client":{"geographicalContext":{"geolocation":)" + place
            + "}}}"));
    }
    other.append(std::move(odd));
    const store::Places found = must(get(store::Charts(other.store()).places(store::EventQuery(), nullptr, 30)));
    QCOMPARE(found.total, 6);
    QCOMPARE(found.located, 1);
    QCOMPARE(found.places.size(), std::size_t{1});
}

void TestChartCounts::cancelled()
{
    std::stop_source stop;
    stop.request_stop();
    store::ChartRequest request;
    request.path = "eventType";
    QCOMPARE(get(store::Charts(m_case.store()).count(request, stop)).error().kind, event::ErrorKind::Cancelled);
    QCOMPARE(
        get(store::Charts(m_case.store()).places({}, nullptr, 10, stop)).error().kind, event::ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestChartCounts)
#include "tst_chart_counts.moc"
