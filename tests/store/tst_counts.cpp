// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"
#include "event/Json.h"
#include "store/Facets.h"
#include "store/Histogram.h"

#include <QTest>
#include <map>
#include <numeric>
#include <set>
#include <thread>

using namespace octotrail;
using namespace octotrail::test;
using namespace std::chrono_literals;

namespace {

constexpr int eventCount = 3000;

} // namespace

/// What the store counts about a query's events: over time, and by their values.
class TestCounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void histogramCountsEveryEventOnce_data();
    void histogramCountsEveryEventOnce();
    void barsAreWhatAQueryOfThemFinds();
    void binsAreUsualLengths();
    void binsFollowTheZone();
    void daysFollowTheClocks();
    void spansWithoutEvents();
    void ofManyValuesTheMostFrequentAreTold();
    void tooManyValuesBecomeOthers_data();
    void tooManyValuesBecomeOthers();
    void histogramOfAnyPath_data();
    void histogramOfAnyPath();
    void facetsCount_data();
    void facetsCount();
    void facetsOfTargetsAndDebugData();
    void rareValuesFirst();
    void aLimitKeepsWhatComesFirst();
    void aPathWithoutAColumn();
    void seqsThatAreKnown();
    void cancelled();
    void whatFollowsACancelledCount();

private:
    store::HistogramData histogram(store::HistogramRequest request)
    {
        return must(get(store::Histogram(m_case.store()).count(std::move(request))));
    }
    std::vector<store::Facet> facets(store::FacetRequest request)
    {
        std::vector<store::Facet> all;
        for (const auto &facet : store::Facets(m_case.store()).count(std::move(request)).results()) {
            all.push_back(must(facet));
        }
        return all;
    }

    Case m_case;
};

void TestCounts::initTestCase()
{
    m_case.open();
    m_case.append(events(0, eventCount));
    m_case.append({event::LogEvent::fromBytes(R"({"uuid":"timeless","eventType":"odd"})")});
}

void TestCounts::histogramCountsEveryEventOnce_data()
{
    QTest::addColumn<QByteArray>("filter");
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<int>("maxBins");
    QTest::newRow("all") << QByteArray() << QByteArray() << 120;
    QTest::newRow("few bins") << QByteArray() << QByteArray() << 3;
    QTest::newRow("one bin") << QByteArray() << QByteArray() << 1;
    QTest::newRow("filter") << QByteArray(R"(outcome.result eq "FAILURE")") << QByteArray() << 50;
    QTest::newRow("bytes") << QByteArray(R"(unlisted.deep.thing pr)") << QByteArray() << 50;
    QTest::newRow("words") << QByteArray() << QByteArray("needle7") << 50;
    QTest::newRow("nothing") << QByteArray(R"(eventType eq "no.such")") << QByteArray() << 50;
}

void TestCounts::histogramCountsEveryEventOnce()
{
    QFETCH(const QByteArray, filter);
    QFETCH(const QByteArray, word);
    QFETCH(const int, maxBins);
    store::HistogramRequest request;
    request.query = query(filter.constData());
    if (!word.isEmpty()) {
        request.query.words = {word.toStdString()};
    }
    request.maxBins = maxBins;
    const std::int64_t expected = must(get(m_case.store().count(request.query)));
    const store::HistogramData data = histogram(request);
    QCOMPARE(data.total + data.timeless, expected);
    QVERIFY(data.bins <= maxBins || maxBins < 3);
    std::int64_t sum = 0;
    for (int bin = 0; bin < data.bins; ++bin) {
        sum += data.countOf(bin);
    }
    QCOMPARE(sum, data.total);
    for (std::size_t i = 0; i < data.series.size(); ++i) {
        const store::HistogramData::Series &series = data.series[i];
        QCOMPARE(std::accumulate(series.counts.begin(), series.counts.end(), std::int64_t{0}), series.total);
        QVERIFY(i == 0 || data.series[i - 1].total >= series.total);
    }
    if (data.bins > 0) {
        QVERIFY(data.countOf(0) > 0); // nothing but what is there
        QVERIFY(data.countOf(data.bins - 1) > 0);
    }
}

void TestCounts::barsAreWhatAQueryOfThemFinds()
{
    store::HistogramRequest request;
    request.maxBins = 60;
    const store::HistogramData data = histogram(request);
    QVERIFY(data.series.size() > 2);
    for (const auto &series : data.series) {
        const std::string filter
            = series.value.empty() ? "not (outcome.result pr)" : "outcome.result eq \"" + series.value + "\"";
        for (int bin = 0; bin < data.bins; ++bin) {
            store::EventQuery one = query(filter.c_str());
            one.range = data.rangeOf(bin);
            QCOMPARE(series.counts[static_cast<std::size_t>(bin)], must(get(m_case.store().count(one))));
        }
    }
    QVERIFY(data.others.empty());
}

void TestCounts::binsAreUsualLengths()
{
    QCOMPARE(store::Histogram::binWidth(59s, 120).count(), std::chrono::microseconds(1s).count());
    QCOMPARE(store::Histogram::binWidth(1h, 120).count(), std::chrono::microseconds(1min).count());
    QCOMPARE(store::Histogram::binWidth(7 * 24h, 120).count(), std::chrono::microseconds(2h).count());
    QCOMPARE(store::Histogram::binWidth(0us, 120).count(), std::chrono::microseconds(1ms).count());
    // Whatever the span, there are no more bins than asked for.
    for (const auto span : {1us, std::chrono::microseconds(90 * 24h), std::chrono::microseconds(24h * 365 * 500)}) {
        for (const int bins : {3, 10, 200}) {
            QVERIFY(span / store::Histogram::binWidth(span, bins) + 1 <= bins);
        }
    }
}

void TestCounts::binsFollowTheZone()
{
    store::HistogramRequest request;
    request.span = {*event::parseTimestamp("2026-11-01T00:00:00Z"), *event::parseTimestamp("2026-11-29T00:00:00Z")};
    request.maxBins = 40; // a day each
    request.zone = event::ZoneOffsets(5h + 30min);
    const store::HistogramData data = histogram(request);
    QCOMPARE(data.width.count(), std::chrono::microseconds(24h).count());
    QCOMPARE(event::formatTimestamp(data.start), std::string("2026-10-31T18:30:00.000Z"));
}

void TestCounts::daysFollowTheClocks()
{
    const auto time = [](const char *text) { return *event::parseTimestamp(text); };
    Case own;
    own.open();
    std::vector<event::LogEvent> events;
    for (const char *moment : {"2026-10-24T21:59:59Z", "2026-10-24T22:00:00Z", "2026-10-25T22:59:59Z",
             "2026-10-25T23:00:00Z", "2026-10-29T12:00:00Z"}) {
        events.push_back(event::LogEvent::fromBytes(
            R"({"uuid":"u)" + std::to_string(events.size()) + R"(","published":")" + moment + R"("})"));
    }
    own.append(std::move(events));
    store::HistogramRequest request;
    request.span = {time("2026-10-20T12:00:00Z"), time("2026-10-30T12:00:00Z")};
    request.maxBins = 13;
    request.zone = event::ZoneOffsets(1h, {{time("2026-03-29T01:00:00Z"), 2h}, {time("2026-10-25T01:00:00Z"), 1h}});
    const store::HistogramData data = must(get(store::Histogram(own.store()).count(request)));
    QCOMPARE(data.bins, 11);
    const std::vector<std::int64_t> expected{0, 0, 0, 0, 1, 2, 1, 0, 0, 1, 0};
    for (int bin = 0; bin < data.bins; ++bin) {
        // Midnight there: of the 20th, and so on.
        const std::string hour = bin <= 5 ? "T22:00:00.000Z" : "T23:00:00.000Z";
        QCOMPARE(event::formatTimestamp(data.startOf(bin)), "2026-10-" + std::to_string(19 + bin) + hour);
        QCOMPARE(data.countOf(bin), expected[static_cast<std::size_t>(bin)]);
    }
    QCOMPARE(event::formatTimestamp(data.startOf(data.bins)), std::string("2026-10-30T23:00:00.000Z"));
}

void TestCounts::spansWithoutEvents()
{
    store::HistogramRequest request;
    request.query.range.since = *event::parseTimestamp("2030-01-01T00:00:00Z");
    request.span.since = request.query.range.since;
    request.now = *event::parseTimestamp("2030-01-02T00:00:00Z");
    const store::HistogramData data = histogram(request);
    QVERIFY(data.bins > 20); // empty, but there
    QCOMPARE(data.total, 0);
    QVERIFY(data.rangeOf(data.bins - 1).contains(*request.now));
    // A range that ends before it begins.
    request.span = {*event::parseTimestamp("2030-01-02T00:00:00Z"), *event::parseTimestamp("2030-01-01T00:00:00Z")};
    QCOMPARE(histogram(request).bins, 0);
}

void TestCounts::ofManyValuesTheMostFrequentAreTold()
{
    // A thousand come once, fourteen often; one of these is hostile.
    Case many;
    many.open();
    const auto json = [](int n, const std::string &login) {
        return event::LogEvent::fromBytes(R"({"uuid":"u)" + std::to_string(n) + R"(","published":")"
            + event::formatTimestamp(publishedOf(n)) + R"(","actor":{"alternateId":")" + login + R"("}})");
    };
    std::vector<event::LogEvent> all;
    all.reserve(2000);
    for (int n = 0; n < 2000; ++n) {
        const std::string often = n % 8 == 1 ? "it's\\u0000" : "many" + std::to_string(n % 13);
        all.push_back(json(n, n % 2 == 0 ? "once" + std::to_string(n) : often));
    }
    many.append(std::move(all));
    store::HistogramRequest request;
    request.path = "actor.alternateId";
    request.maxBins = 10;
    const store::HistogramData data = must(get(store::Histogram(many.store()).count(request)));
    QCOMPARE(data.total, 2000);
    QCOMPARE(data.series.size(), 16U);
    const auto values = must(get(many.store().countBy({}, request.path, 16)));
    for (std::size_t i = 0; i < values.size(); ++i) {
        QCOMPARE(data.series[i].value, values[i].value);
        QCOMPARE(data.series[i].total, values[i].count);
    }
    QCOMPARE(std::accumulate(data.others.begin(), data.others.end(), std::int64_t{0}), 998);
}

void TestCounts::tooManyValuesBecomeOthers_data()
{
    QTest::addColumn<std::string>("path");
    QTest::newRow("more than are shown") << std::string("actor.alternateId");
    QTest::newRow("more than are told apart while counting") << std::string("uuid");
}

void TestCounts::tooManyValuesBecomeOthers()
{
    QFETCH(const std::string, path);
    store::HistogramRequest request;
    request.path = path;
    request.maxBins = 10;
    const store::HistogramData data = histogram(request);
    QVERIFY(data.series.size() <= 16);
    QVERIFY(!data.others.empty());
    std::int64_t sum = 0;
    for (int bin = 0; bin < data.bins; ++bin) {
        sum += data.countOf(bin);
    }
    QCOMPARE(sum, data.total);
    QCOMPARE(sum + data.timeless, must(get(m_case.store().count({}))));
}

void TestCounts::histogramOfAnyPath_data()
{
    QTest::addColumn<std::string>("path");
    for (const char *path : {"unlisted.deep.thing", "no.such.column", "target", "target.type", "source",
             "actor.profile.department", "annotation.tag", "debugContext.debugData.odd"}) {
        QTest::newRow(path) << std::string(path);
    }
}

/// As facets count it.
void TestCounts::histogramOfAnyPath()
{
    QFETCH(const std::string, path);
    store::HistogramRequest request;
    request.path = path;
    request.maxBins = 10;
    const store::HistogramData data = histogram(request);
    const auto values = must(get(m_case.store().countBy({}, path, 100)));
    QVERIFY(!data.series.empty());
    std::int64_t total = 0;
    for (const auto &value : values) {
        total += value.count;
        const auto series = std::ranges::find(data.series, value.value, &store::HistogramData::Series::value);
        if (series != data.series.end()) {
            QVERIFY(series->total <= value.count && series->total >= value.count - data.timeless);
        }
    }
    QVERIFY(data.total <= total && data.total >= total - data.timeless);
    QCOMPARE(data.severalValues, data.total + data.timeless > must(get(m_case.store().count({}))));
    request.path = "no..path";
    QVERIFY(get(store::Histogram(m_case.store()).count(request)).error().kind == event::ErrorKind::InvalidInput);
}

void TestCounts::facetsCount_data()
{
    QTest::addColumn<QByteArray>("filter");
    QTest::newRow("all") << QByteArray();
    QTest::newRow("filter") << QByteArray(R"(outcome.result eq "FAILURE")");
    QTest::newRow("bytes") << QByteArray(R"(unlisted.deep.thing pr)");
}

void TestCounts::facetsCount()
{
    QFETCH(const QByteArray, filter);
    store::FacetRequest request;
    request.query = query(filter.constData());
    request.paths = {"outcome.result", "actor.alternateId", "target", "source", "securityContext.asNumber"};
    request.limit = 5;
    const auto found = facets(request);
    QCOMPARE(found.size(), request.paths.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        QCOMPARE(found[i].path, request.paths[i]);
        QVERIFY(found[i].values.size() <= 5);
        const auto all = must(get(m_case.store().countBy(request.query, request.paths[i], 1'000'000)));
        for (std::size_t v = 0; v < found[i].values.size(); ++v) {
            QCOMPARE(found[i].values[v].value, all[v].value);
            QCOMPARE(found[i].values[v].count, all[v].count);
        }
        std::int64_t missing = 0;
        for (const auto &value : all) {
            missing += value.value.empty() ? value.count : 0;
        }
        QCOMPARE(found[i].missing, missing);
        QCOMPARE(found[i].distinct, static_cast<std::int64_t>(all.size()) - (missing > 0 ? 1 : 0));
    }
}

void TestCounts::facetsOfTargetsAndDebugData()
{
    Case own;
    own.open();
    std::vector<event::LogEvent> all = events(0, 50);
    int number = 0;
    for (const char *targets : {R"([{"alternateId":"a","type":"User"},{"type":"AppInstance"}])",
             R"([{"alternateId":"a","type":"User"},{"alternateId":"a","type":"User"}])",
             R"([{"alternateId":"","type":"User"},{"alternateId":"b","type":"User"},{"id":"x","type":"Rule"}])",
             R"([{"id":"y"},{"id":"z"}])", R"([{}])", "[]", "null"}) {
        all.push_back(
            event::LogEvent::fromBytes(R"({"uuid":"t)" + std::to_string(number++) + R"(","target":)" + targets + "}"));
    }
    for (const char *value : {R"("push")", R"("")", "17", "true", "null"}) {
        all.push_back(event::LogEvent::fromBytes(R"({"uuid":"t)" + std::to_string(number++)
            + R"(","debugContext":{"debugData":{"factor":)" + value + "}}}"));
    }
    own.append(all);
    for (const std::string path : {"target.alternateId", "target.type", "target.id", "target.displayName",
             "debugContext.debugData.factor", "debugContext.debugData.requestUri"}) {
        std::map<std::string, std::int64_t> expected;
        for (const event::LogEvent &event : all) {
            std::set<std::string> values;
            event::visitValues(event.bytes(), event::FieldPath(path), [&](auto text, auto) {
                if (!text.empty()) {
                    values.emplace(text);
                }
                return true;
            });
            for (const std::string &value : values.empty() ? std::set<std::string>{""} : values) {
                ++expected[value];
            }
        }
        std::map<std::string, std::int64_t> found;
        for (const auto &value : must(get(own.store().countBy({}, path, 1000)))) {
            found[value.value] = value.count;
        }
        QCOMPARE(found, expected);
    }
    QCOMPARE(must(get(own.store().countBy({}, "target", 1000))).size(),
        must(get(own.store().countBy({}, "target.alternateId", 1000))).size());
}

void TestCounts::rareValuesFirst()
{
    store::FacetRequest request;
    request.paths = {"eventType"};
    request.rareFirst = true;
    request.limit = 3;
    const auto rare = facets(request);
    QCOMPARE(rare[0].values.front().value, std::string("odd"));
    QCOMPARE(rare[0].values.front().count, 1);
    for (std::size_t v = 1; v < rare[0].values.size(); ++v) {
        QVERIFY(rare[0].values[v - 1].count <= rare[0].values[v].count);
    }
}

void TestCounts::aLimitKeepsWhatComesFirst()
{
    using Values = std::vector<std::pair<std::int64_t, std::string>>;
    for (const bool rareFirst : {false, true}) {
        store::FacetRequest request;
        request.paths
            = {"eventType", "actor.alternateId", "outcome.result", "target.alternateId", "unlisted.deep.thing"};
        request.rareFirst = rareFirst;
        const auto valuesOf = [](const store::Facet &facet) {
            Values values;
            for (const auto &[value, count] : facet.values) {
                values.emplace_back(count, value);
            }
            return values;
        };
        request.limit = 1'000'000;
        const auto all = facets(request);
        for (const int limit : {1, 2, 3, 7}) {
            request.limit = limit;
            const auto some = facets(request);
            for (std::size_t path = 0; path < all.size(); ++path) {
                Values expected = valuesOf(all[path]);
                std::ranges::sort(expected, [&](const auto &a, const auto &b) {
                    return a.first != b.first ? (a.first < b.first) == rareFirst : a.second < b.second;
                });
                expected.resize(std::min(expected.size(), static_cast<std::size_t>(limit)));
                QCOMPARE(valuesOf(some[path]), expected);
                QCOMPARE(some[path].distinct, all[path].distinct);
                QCOMPARE(some[path].missing, all[path].missing);
            }
        }
    }
}

void TestCounts::aPathWithoutAColumn()
{
    store::FacetRequest request;
    request.paths = {"unlisted.deep.thing"};
    request.limit = 2;
    request.rareFirst = true;
    const auto found = facets(request);
    const auto all = must(get(m_case.store().countBy({}, "unlisted.deep.thing", 1'000'000)));
    QCOMPARE(found[0].distinct, static_cast<std::int64_t>(all.size()) - 1);
    QVERIFY(found[0].missing > 0);
    QCOMPARE(found[0].values.front().count, all.back().count);
}

void TestCounts::seqsThatAreKnown()
{
    // Handed over, they stand for what the query finds; a query that SQL decides alone does not need them.
    store::FacetRequest request;
    request.query = query(R"(unlisted.deep.thing pr)");
    request.seqs = std::make_shared<const std::vector<store::Seq>>(std::vector<store::Seq>{1, 2, 3});
    request.paths = {"outcome.result"};
    std::int64_t sum = 0;
    const auto counted = facets(request);
    for (const auto &value : counted[0].values) {
        sum += value.count;
    }
    QCOMPARE(sum, 3);
    store::HistogramRequest over;
    over.query = request.query;
    over.seqs = request.seqs;
    QCOMPARE(histogram(over).total, 3);
}

void TestCounts::cancelled()
{
    std::stop_source stop;
    stop.request_stop();
    const auto bins = get(store::Histogram(m_case.store()).count({}, stop));
    QVERIFY(!bins);
    QVERIFY(bins.error().kind == event::ErrorKind::Cancelled);
    store::FacetRequest request;
    request.paths = {"unlisted.deep.thing"};
    const auto values = get(store::Facets(m_case.store()).count(request, stop));
    QVERIFY(!values);
    QVERIFY(values.error().kind == event::ErrorKind::Cancelled);
    // The store answers as before.
    QCOMPARE(must(get(m_case.store().count({}))), std::int64_t{eventCount + 1});
}

void TestCounts::whatFollowsACancelledCount()
{
    // Whenever the stop comes, be it while the transaction ends: the connection must serve the next one.
    for (int i = 0; i < 120; ++i) {
        std::stop_source stop;
        store::FacetRequest request;
        request.paths = {"outcome.result", "eventType"};
        const auto first = store::Histogram(m_case.store()).count({}, stop);
        const auto second = store::Facets(m_case.store()).count(request, stop);
        std::this_thread::sleep_for(std::chrono::microseconds(i * 60 % 5000));
        stop.request_stop();
        (void)get(first);
        (void)get(second);
        for (int reader = 0; reader < 2; ++reader) {
            const SearchResult found = searchAll(m_case.store(), {});
            QVERIFY2(!found.error, found.error ? qPrintable(found.error->sentence) : "");
            QCOMPARE(found.total, eventCount + 1);
        }
    }
}

QTEST_GUILESS_MAIN(TestCounts)
#include "tst_counts.moc"
