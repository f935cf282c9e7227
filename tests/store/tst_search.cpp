// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"
#include "Reference.h"
#include "filter/Matcher.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <map>
#include <set>

using namespace octotrail;
using namespace octotrail::test;
using store::EventQuery;
using store::Seq;

namespace {

constexpr int eventCount = 5000;

void append(const Case &to, Reference &reference, const std::vector<event::LogEvent> &some, store::SourceId source)
{
    reference.events.insert(reference.events.end(), some.begin(), some.end());
    const store::CommitReport report = to.append(some, source);
    QCOMPARE(report.inserted, static_cast<std::int64_t>(some.size()));
    for (Seq seq = report.firstSeq; seq < report.firstSeq + report.inserted; ++seq) {
        reference.sources[seq] = source;
    }
}

} // namespace

class TestSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void findsWhatMatches_data();
    void findsWhatMatches();
    void findsWords();
    void boundsTimeAndSources();
    void sorts_data();
    void sorts();
    void sortsWhatIsFarApart();
    void refusesToSortByWhatHasNoColumn();
    void readsRows();
    void boundsCells();
    void counts();
    void countsValues_data();
    void countsValues();
    void streamsEventsInOrder();
    void stopsStreaming();
    void sharesOneSnapshotWithLiveEvents();
    void saysNothingAfterCancel();
    void survivesDeletionWhileRunning();
    void writesParquet();

private:
    Case m_case;
    Reference m_reference;
};

void TestSearch::initTestCase()
{
    m_case.open();
    store::SourceConfig source;
    source.name = QStringLiteral("Beta");
    QCOMPARE(must(get(m_case.store().putSource(source))).id, 1);
    source.name = QStringLiteral("alpha");
    QCOMPARE(must(get(m_case.store().putSource(source))).id, 2);
    for (int first = 0; first < eventCount;) {
        // Bulk, pages and drops.
        const int count = std::min(first < 2500 ? 1700 : first < 4000 ? 300 : 7, eventCount - first);
        const store::SourceId id = first % 3 == 0 ? 2 : 1;
        std::vector<event::LogEvent> some = events(first, count);
        if (first == 0) {
            // One that has no time, and one that is no JSON.
            some.push_back(event::LogEvent::fromBytes(R"({"uuid":"timeless","eventType":"odd","n":"needle"})"));
            some.push_back(event::LogEvent::fromBytes("needle, but no JSON"));
        }
        append(m_case, m_reference, some, id);
        first += count;
    }
}

void TestSearch::findsWhatMatches_data()
{
    QTest::addColumn<QByteArray>("filter");
    const auto row = [](const char *filter) { QTest::newRow(filter) << QByteArray(filter); };
    row("");
    row(R"(eventType eq "user.session.start")");
    row(R"(eventType eq "USER.session.START" and outcome.result ne "failure")");
    row(R"(actor.alternateId co "çEL")");
    row(R"(actor.alternateId sw "bob" or actor.alternateId sw "ÉMILE")");
    row(R"(securityContext.asNumber ge 1050 and not (securityContext.isProxy eq true))");
    row(R"(target.alternateId eq "target3@example.com")");
    row(R"(target[type eq "User" and alternateId ew "4@example.com"])");
    row(R"(target pr)");
    row(R"(not (target pr))");
    row(R"(debugContext.debugData.url ew "n=77")");
    row(R"(client.ipAddress cidr "203.0.113.0/28")");
    row(R"(client.ipAddress in ("203.0.113.5", "203.0.113.77"))");
    row(R"(actor.alternateId re "^[a-c].*1[0-9]@")");
    row(R"(unlisted.deep.thing eq "needle4")");
    row(R"(unlisted.deep.thing pr and outcome.result eq "DENY")");
    row(R"(published gt "2023-11-14T23:00:00Z")");
    row(R"(displayMessage co "\"QUOTED\" É 3")");
    row(R"(eventType eq "nothing.of.the.kind")");
}

void TestSearch::findsWhatMatches()
{
    QFETCH(QByteArray, filter);
    const EventQuery query = test::query(filter.constData());
    const SearchResult result = searchAll(m_case.store(), query);
    QVERIFY2(!result.error, result.error ? qPrintable(result.error->sentence) : "");
    QCOMPARE(result.starts, 1);
    QCOMPARE(result.last, static_cast<Seq>(m_reference.events.size()));
    const std::vector<Seq> expected = m_reference.result(query);
    QCOMPARE(result.total, static_cast<qint64>(expected.size()));
    QVERIFY(result.seqs == expected);
    QCOMPARE(must(get(m_case.store().count(query))), static_cast<std::int64_t>(expected.size()));
}

void TestSearch::findsWords()
{
    const std::vector<std::vector<std::string>> searches{{"needle"}, {"NEEDLE7", "hay"}, {"çelik12"}, {"\"quoted\""},
        {"é 3"}, {"emile", "paris"}, {"/api/v1/authn?n=42"}, {"timeless"}, {"no json"}, {"nowhere at all"}, {"uuid"}};
    for (const auto &words : searches) {
        EventQuery query;
        query.words = words;
        const std::vector<Seq> expected = m_reference.result(query);
        const SearchResult result = searchAll(m_case.store(), query);
        QVERIFY2(result.seqs == expected, words[0].c_str());
        if (words[0].size() > 7) {
            continue; // the other ways for some are enough
        }
        query.sortPath = "actor.alternateId";
        query.descending = false;
        QVERIFY2(searchAll(m_case.store(), query).seqs == m_reference.result(query), words[0].c_str());
        EventQuery both = test::query(R"(outcome.result eq "FAILURE")");
        both.words = words;
        QVERIFY2(searchAll(m_case.store(), both).seqs == m_reference.result(both), words[0].c_str());
    }
}

void TestSearch::boundsTimeAndSources()
{
    EventQuery query;
    query.range = {publishedOf(1000), publishedOf(2001)};
    QVERIFY(searchAll(m_case.store(), query).seqs == m_reference.result(query));
    query.sources = {2};
    QVERIFY(!m_reference.result(query).empty());
    QVERIFY(searchAll(m_case.store(), query).seqs == m_reference.result(query));
    query.range = {};
    query.sources = {1, 2};
    QCOMPARE(searchAll(m_case.store(), query).total, static_cast<qint64>(m_reference.events.size()));
    query.sources = {77};
    QCOMPARE(searchAll(m_case.store(), query).total, 0);
}

void TestSearch::sorts_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("descending");
    for (const char *path : {"published", "actor.alternateId", "eventType", "securityContext.asNumber", "target",
             "source", "device.id", "target.id", R"(debugContext.debugData."odd.key")"}) {
        for (const bool descending : {false, true}) {
            QTest::addRow("%s %s", path, descending ? "down" : "up") << QByteArray(path) << descending;
        }
    }
}

void TestSearch::sorts()
{
    QFETCH(QByteArray, path);
    QFETCH(bool, descending);
    const EventQuery query = test::query("", path.constData(), descending);
    const SearchResult result = searchAll(m_case.store(), query);
    QVERIFY(result.seqs == m_reference.result(query));
    const bool isByText = path != "published" && path != "securityContext.asNumber"; // so few are told at once then
    QCOMPARE(result.chunks.size() == 1, isByText);
}

void TestSearch::sortsWhatIsFarApart()
{
    Case farApart;
    farApart.open();
    Reference reference;
    for (const int first : {0, 9'000'000}) {
        std::vector<event::LogEvent> some = events(first, 2500);
        some.push_back(event::LogEvent::fromBytes(R"({"uuid":"timeless)" + std::to_string(first) + R"("})"));
        append(farApart, reference, some, 1);
    }
    for (const char *path : {"actor.alternateId", "eventType", "outcome.result", "target", "device.id"}) {
        for (const bool descending : {false, true}) {
            for (const char *filter : {"", R"(outcome.result eq "FAILURE")", R"(actor.alternateId co "bob")"}) {
                const EventQuery query = test::query(filter, path, descending);
                QVERIFY2(searchAll(farApart.store(), query).seqs == reference.result(query), path);
            }
        }
    }
}

void TestSearch::refusesToSortByWhatHasNoColumn()
{
    const SearchResult result = searchAll(m_case.store(), test::query("", "unlisted.deep"));
    QVERIFY(result.error);
    QCOMPARE(result.error->kind, event::ErrorKind::InvalidInput);
}

void TestSearch::readsRows()
{
    const std::vector<Seq> seqs{4000, 3, 2, 1, 1702, 999999, 1000, 1001, 1002, 1003};
    const std::vector<std::string> paths{"eventType", "actor.alternateId", "published", "target", "source",
        "securityContext.asNumber", "securityContext.isProxy", "client.geographicalContext.geolocation.lon",
        "unlisted.deep.thing", "debugContext.debugData.requestUri"};
    const std::vector<store::EventRow> rows = must(get(m_case.store().rows(seqs, paths)));
    QCOMPARE(rows.size(), seqs.size() - 1);
    std::size_t i = 0;
    for (const Seq seq : seqs) {
        if (seq == 999999) {
            continue;
        }
        const store::EventRow &row = rows[i++];
        const event::LogEvent &event = m_reference.event(seq);
        QCOMPARE(row.seq, seq);
        QCOMPARE(row.source, m_reference.source(seq));
        QVERIFY(row.published == event.published());
        QCOMPARE(row.cells.size(), paths.size());
        const auto text = [&](const char *path) {
            const auto value = event.text(*event::fieldByPath(path));
            return value ? QString::fromStdString(std::string(*value)) : QString();
        };
        QCOMPARE(row.cells[0], text("eventType"));
        QCOMPARE(row.cells[0].isNull(), text("eventType").isNull());
        QCOMPARE(row.cells[1], text("actor.alternateId"));
        QCOMPARE(row.cells[2],
            event.published() ? QString::fromStdString(event::formatTimestamp(*event.published())) : QString());
        QCOMPARE(row.cells[4], row.source == 1 ? QStringLiteral("Beta") : QStringLiteral("alpha"));
        QCOMPARE(row.cells[5], text("securityContext.asNumber"));
        QCOMPARE(row.cells[6], text("securityContext.isProxy"));
        QCOMPARE(row.cells[7], text("client.geographicalContext.geolocation.lon"));
        QCOMPARE(row.cells[9], text("debugContext.debugData.requestUri"));
    }
    // Of event 3999: targets, and what has no column.
    QCOMPARE(must(get(m_case.store().rows({2}, {"target"})))[0].cells[0],
        QStringLiteral("target1@example.com (User), Salesforce (AppInstance)"));
    QVERIFY(must(get(m_case.store().rows({1}, {"target"})))[0].cells[0].isNull());
    QCOMPARE(must(get(m_case.store().rows({5}, {"unlisted.deep.thing"})))[0].cells[0], QStringLiteral("needle4, hay"));
    QVERIFY(must(get(m_case.store().rows({6}, {"unlisted.deep.thing"})))[0].cells[0].isNull());
    QVERIFY(must(get(m_case.store().rows({}, {"target"}))).empty());
}

void TestSearch::boundsCells()
{
    Case c;
    c.open();
    std::string targets;
    for (int i = 0; i < 500; ++i) {
        targets += std::string(i == 0 ? "" : ",") + R"({"id":"t","type":"User","alternateId":"somebody@example.com"})";
    }
    const std::string longText(100'000, 'x');
    std::string wide;
    for (int i = 0; i < 5000; ++i) {
        wide += "\xf0\x9f\x90\x99"; // an octopus: two UTF-16 units each
    }
    c.append({event::LogEvent::fromBytes(R"({"uuid":"1","published":"2024-01-01T00:00:00Z","displayMessage":")"
        + longText + R"(","actor":{"displayName":"x)" + wide + R"("},"own":")" + longText + R"(","target":[)" + targets
        + "]}")});
    const auto rows = must(get(c.store().rows({1}, {"displayMessage", "actor.displayName", "own", "target"})));
    for (const QString &cell : rows[0].cells) {
        QVERIFY(cell.size() > 900);
        QVERIFY(cell.size() <= 1000);
        QVERIFY(cell.isValidUtf16());
    }
}

void TestSearch::counts()
{
    const store::SourceCounts counts = must(get(m_case.store().counts(2)));
    std::int64_t events = 0;
    for (const auto &[seq, source] : m_reference.sources) {
        events += source == 2 ? 1 : 0;
    }
    QCOMPARE(counts.events, events);
    QVERIFY(counts.oldest && counts.newest && *counts.oldest < *counts.newest);
    QCOMPARE(must(get(m_case.store().counts(99))).events, 0);
}

void TestSearch::countsValues_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("filter");
    for (const char *path : {"eventType", "actor.alternateId", "securityContext.asNumber", "securityContext.isProxy",
             "device.id", "target", "source", "unlisted.deep.thing", "client.geographicalContext.geolocation.lat"}) {
        for (const char *filter :
            {"", R"(outcome.result eq "DENY")", R"(unlisted.deep.thing eq "needle4" or eventType co "sso")"}) {
            QTest::addRow("%s of %s", path, filter) << QByteArray(path) << QByteArray(filter);
        }
    }
}

void TestSearch::countsValues()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, filter);
    const EventQuery query = test::query(filter.constData());
    std::map<std::string, std::int64_t> expected;
    const std::string name = path.toStdString();
    for (const Seq seq : m_reference.matching(query)) {
        const event::LogEvent &event = m_reference.event(seq);
        std::set<std::string> values;
        if (name == "source") {
            values.insert(m_reference.source(seq) == 1 ? "Beta" : "alpha");
        } else if (name == "target") {
            for (const auto &target : event.targets()) {
                values.emplace(target.alternateId.value_or(""));
            }
        } else if (const auto id = event::fieldByPath(name)) {
            values.emplace(event.text(*id).value_or(""));
        } else {
            event::visitValues(event.bytes(), event::FieldPath(name), [&](std::string_view text, event::JsonKind) {
                values.emplace(text);
                return true;
            });
        }
        if (values.empty()) {
            values.insert(std::string());
        }
        for (const std::string &value : values) {
            ++expected[value];
        }
    }
    std::vector<std::pair<std::string, std::int64_t>> ordered(expected.begin(), expected.end());
    std::ranges::stable_sort(ordered, std::ranges::greater{}, &std::pair<std::string, std::int64_t>::second);
    const std::size_t limit = 7;
    const bool numeric = name == "securityContext.asNumber";
    const auto counts = must(get(m_case.store().countBy(query, name, numeric ? 1000 : static_cast<int>(limit))));
    if (numeric) {
        QCOMPARE(counts.size(), ordered.size());
        for (const auto &[value, count] : counts) {
            QCOMPARE(count, expected[value]);
        }
        return;
    }
    QCOMPARE(counts.size(), std::min(limit, ordered.size()));
    for (std::size_t i = 0; i < counts.size(); ++i) {
        QCOMPARE(counts[i].value, ordered[i].first);
        QCOMPARE(counts[i].count, ordered[i].second);
    }
}

void TestSearch::streamsEventsInOrder()
{
    for (const EventQuery &query :
        {test::query("", "published", false), test::query("", "actor.alternateId"),
            test::query(R"(unlisted.deep.thing eq "needle4")"), test::query(R"(outcome.result eq "DENY")", "target")}) {
        std::int64_t total = -1;
        std::vector<Seq> seqs;
        bool same = true;
        const event::Status status = m_case.store().forEachEvent(
            query, [&](std::int64_t n) { total = n; },
            [&](const store::StoredEvent &stored) {
                seqs.push_back(stored.seq);
                same = same && stored.event.bytes() == m_reference.event(stored.seq).bytes()
                    && stored.source == m_reference.source(stored.seq);
                return true;
            },
            {});
        QVERIFY(status);
        QVERIFY(same);
        QCOMPARE(total, static_cast<std::int64_t>(seqs.size()));
        QVERIFY(seqs == m_reference.result(query));
    }
}

void TestSearch::stopsStreaming()
{
    int seen = 0;
    QVERIFY(m_case.store().forEachEvent({}, {}, [&](const store::StoredEvent &) { return ++seen < 10; }, {}));
    QCOMPARE(seen, 10);
    std::stop_source stop;
    const event::Status status = m_case.store().forEachEvent(
        {}, {},
        [&](const store::StoredEvent &) {
            if (++seen == 20) {
                stop.request_stop();
            }
            return true;
        },
        stop.get_token());
    QVERIFY(!status);
    QCOMPARE(status.error().kind, event::ErrorKind::Cancelled);
    QCOMPARE(seen, 20);
}

void TestSearch::sharesOneSnapshotWithLiveEvents()
{
    Case c;
    c.open();
    constexpr int batches = 60;
    constexpr int perBatch = 50;
    std::vector<std::pair<Seq, std::int64_t>> live; // of the writer's thread until all are done
    connect(
        &c.store(), &store::Store::committed, &c.store(),
        [&](const store::CommittedBatchPtr &batch) {
            live.emplace_back(batch->firstSeq, static_cast<std::int64_t>(batch->events.size()));
        },
        Qt::DirectConnection);
    std::vector<QFuture<event::Result<store::CommitReport>>> appends;
    std::vector<SearchResult> results;
    for (int i = 0; i < batches; ++i) {
        appends.push_back(c.store().append({1, events(i * perBatch, perBatch), {}}));
        if (i % 6 == 5) {
            results.push_back(searchAll(c.store(), {}));
        }
    }
    for (const auto &append : appends) {
        must(get(append));
    }
    for (const SearchResult &result : results) {
        std::vector<Seq> all = result.seqs;
        for (const auto &[first, count] : live) {
            for (Seq seq = first; seq < first + count; ++seq) {
                if (seq > result.last) {
                    all.push_back(seq);
                }
            }
        }
        std::ranges::sort(all);
        QCOMPARE(all.size(), std::size_t{batches * perBatch});
        QVERIFY(std::ranges::adjacent_find(all) == all.end());
    }
}

void TestSearch::saysNothingAfterCancel()
{
    EventQuery query;
    query.words = {"nowhere to be found"};
    const auto search = m_case.store().search(query);
    int heard = 0;
    connect(search.get(), &store::Search::started, this, [&] { search->cancel(); });
    const auto count = [&] { ++heard; };
    connect(search.get(), &store::Search::found, this, count);
    connect(search.get(), &store::Search::progressed, this, count);
    connect(search.get(), &store::Search::finished, this, count);
    connect(search.get(), &store::Search::failed, this, count);
    QVERIFY(search->isRunning());
    QTRY_VERIFY(!search->isRunning());
    // Whoever asks next waits for the cancelled one to end.
    QVERIFY(searchAll(m_case.store(), {}).total > 0);
    QVERIFY(searchAll(m_case.store(), {}).total > 0);
    QCoreApplication::processEvents();
    QCOMPARE(heard, 0);
}

void TestSearch::survivesDeletionWhileRunning()
{
    for (int i = 0; i < 30; ++i) {
        EventQuery query;
        query.words = {"nowhere to be found"};
        auto search = m_case.store().search(query);
        if (i % 3 == 1) {
            QCoreApplication::processEvents();
        } else if (i % 3 == 2) {
            QSignalSpy started(search.get(), &store::Search::started);
            QVERIFY(started.wait());
        }
        search.reset();
    }
    QVERIFY(searchAll(m_case.store(), {}).total > 0);
}

void TestSearch::writesParquet()
{
    const QString file = m_case.folder() + QStringLiteral("/it's here.parquet");
    const std::vector<std::string> fields{
        "published", "eventType", "target", "source", "debugContext.debugData.odd.key"};
    for (const EventQuery &query : {test::query(R"(outcome.result eq "DENY")", "published", false),
             test::query(R"(unlisted.deep.thing eq "needle4")", "published", false)}) {
        const std::int64_t written = must(m_case.store().exportParquet(query, file, fields, {}));
        QCOMPARE(written, static_cast<std::int64_t>(m_reference.matching(query).size()));
        QFile parquet(file);
        QVERIFY(parquet.open(QIODevice::ReadOnly));
        QCOMPARE(parquet.read(4), QByteArray("PAR1"));
    }
    const auto refused = m_case.store().exportParquet({}, file, {"unlisted.deep"}, {});
    QCOMPARE(refused.error().kind, event::ErrorKind::InvalidInput);
    const auto nowhere
        = m_case.store().exportParquet({}, m_case.folder() + QStringLiteral("/none/x.parquet"), fields, {});
    QCOMPARE(nowhere.error().kind, event::ErrorKind::Storage);
}

QTEST_GUILESS_MAIN(TestSearch)
#include "tst_search.moc"
