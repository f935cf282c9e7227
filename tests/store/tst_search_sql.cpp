// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"
#include "store/FieldCensus.h"
#include "store/SearchSql.h"
#include "store/StoreFile.h"

#include <QTest>
#include <algorithm>

using namespace octotrail;
using namespace octotrail::store;
using namespace octotrail::test;
using namespace Qt::StringLiterals;

/// What is told of a store in SQL, and which fields and values it has.
class TestSearchSql : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheSame_data();
    void findsTheSame();
    void saysWhatIsLeftOut();
    void literalsStayLiterals();
    void timesAndSources();
    void census();
    void newestValues();
    void anEmptyStore();
};

void TestSearchSql::findsTheSame_data()
{
    QTest::addColumn<QByteArray>("filter");
    for (const char *filter : {"", "outcome.result eq \"FAILURE\"", "not (actor.alternateId co \"a\") and severity pr",
             "client.ipAddress cidr \"0.0.0.0/1\"", "client.ipAddress cidr \"203.0.113.0/24\"",
             "client.ipAddress cidr (\"10.0.0.0/8\", \"198.51.100.7\")", "securityContext.asNumber gt 10",
             "target[type eq \"User\" and displayName co \"a\"]",
             "target.alternateId sw \"a\" or eventType ew \"start\"", "published ge \"2023-11-14T22:20:00Z\"",
             "published.hour gt 20", "actor.displayName re \"^[A-M]\"",
             "client.geographicalContext.geolocation.lat gt 1.5", "eventType in (\"user.session.start\", \"x\")",
             "debugContext.debugData.requestUri co \"/\"", "actor.alternateId co \"it's\" or uuid pr",
             "not (actor.displayName co \"a\\u0000b'\")"}) {
        QTest::newRow(filter) << QByteArray(filter);
    }
}

void TestSearchSql::findsTheSame()
{
    QFETCH(const QByteArray, filter);
    Case c;
    c.open();
    c.append(events(0, 400));
    const EventQuery asked = query(filter.constData());
    const SearchResult found = searchAll(c.store(), asked);
    const auto sql = must(get(searchSql(c.store(), asked)));
    QVERIFY2(sql.leftOut.isEmpty(), qPrintable(sql.leftOut.join(u'\n')));
    QVERIFY2(!sql.text.contains(u"in_network"_s), qPrintable(sql.text));
    c.close();
    // By DuckDB as it is, without the functions that the store gives it.
    auto database = duckdb::Database::open(c.file().toStdString(), {});
    QVERIFY(database);
    auto connection = database->connect();
    QVERIFY(connection);
    auto result = connection->query(sql.text.trimmed().chopped(1).toStdString());
    QVERIFY2(result, result ? "" : qPrintable(result.error().sentence + u'\n' + sql.text));
    std::vector<Seq> seqs;
    while (const auto chunk = result->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            seqs.push_back(chunk->column(0).bigint(row));
        }
    }
    QCOMPARE(seqs, found.seqs);
}

void TestSearchSql::saysWhatIsLeftOut()
{
    Case c;
    c.open();
    c.append(events(0, 10));
    const auto sql = must(get(searchSql(
        c.store(), query("severity pr and actor.detailEntry.x eq \"a\" and (* co \"b\" or version pr) and uuid pr"))));
    QCOMPARE(sql.leftOut, QStringList({u"actor.detailEntry.x eq \"a\""_s, u"* co \"b\" or version pr"_s}));
    QVERIFY(sql.text.startsWith(u"-- "_s));
    EventQuery words;
    words.words = {"ada", "two\nlines; DROP TABLE events"};
    const auto worded = must(get(searchSql(c.store(), words)));
    QCOMPARE(worded.leftOut.size(), 2);
    int comments = 0;
    for (const QString &line : worded.text.split(u'\n')) {
        comments += line.startsWith(u"--"_s) ? 1 : 0;
        QVERIFY2(line.startsWith(u"--"_s) || !line.contains(u"DROP"_s), qPrintable(line));
    }
    QCOMPARE(comments, 2);
    const auto network = must(get(searchSql(c.store(), query("client.ipAddress cidr \"2001:db8::/32\""))));
    QVERIFY(network.text.contains(u"SQL console"_s));
}

void TestSearchSql::literalsStayLiterals()
{
    Case c;
    c.open();
    c.append(events(0, 10));
    const auto sql = must(get(searchSql(c.store(), query("actor.id eq \"x' OR true; DROP TABLE events; --\""))));
    QVERIFY2(sql.text.contains(u"'x'' or true; drop table events; --'"_s), qPrintable(sql.text));
}

void TestSearchSql::timesAndSources()
{
    Case c;
    c.open();
    EventQuery asked;
    asked.range = {publishedOf(3), publishedOf(5)};
    asked.sources = {1, 7};
    const auto sql = must(get(searchSql(c.store(), asked)));
    QVERIFY2(sql.text.contains(u"published >= TIMESTAMP '2023-11-14T"_s), qPrintable(sql.text));
    QVERIFY(sql.text.contains(u"published < TIMESTAMP '"_s));
    QVERIFY(sql.text.contains(u"source IN (1, 7)"_s));
    QVERIFY(!sql.text.contains(u"Z'"_s));
}

void TestSearchSql::census()
{
    Case c;
    c.open();
    c.append(events(0, 400));
    const auto census = must(get(FieldCensus(c.store()).fields()));
    QCOMPARE(census.events, 400);
    const auto of = [&](const char *path) {
        const auto found = std::ranges::find(census.fields, std::string(path), &FieldCensus::Occurrence::path);
        return found == census.fields.end() ? -1 : found->events;
    };
    QCOMPARE(of("uuid"), 400);
    QCOMPARE(of("published.hour"), of("published"));
    std::int64_t targets = 0;
    for (int n = 0; n < 400; ++n) {
        targets += hasTargets(n) ? 1 : 0;
    }
    QCOMPARE(of("target.type"), targets);
    const std::int64_t outcomes = must(get(c.store().count(query("outcome.result pr"))));
    QCOMPARE(of("outcome.result"), outcomes);
}

void TestSearchSql::newestValues()
{
    Case c;
    c.open();
    c.append(events(0, 400));
    FieldCensus census(c.store());
    for (const char *path : {"outcome.result", "actor.alternateId", "securityContext.asNumber"}) {
        auto all = must(get(c.store().countBy({}, path, 1000)));
        std::erase_if(all, [](const Store::ValueCount &value) { return value.value.empty(); });
        const auto newest = must(get(census.values(path, {}, 1000))).values;
        QCOMPARE(newest.size(), all.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            QCOMPARE(newest[i].value, all[i].value);
            QCOMPARE(newest[i].count, all[i].count);
        }
    }
    const auto of = [&](const char *path, const char *word = "") { return must(get(census.values(path, word, 10))); };
    QCOMPARE(of("outcome.result", "SUCC").values.size(), 1U);
    QCOMPARE(of("outcome.result").newest, 0);
    QVERIFY(!of("target.type").values.empty());
    QCOMPARE(of("debugContext.debugData.\"odd.key\"", "value 10").values.size(), 1U);
    for (const char *path :
        {"no.such.path", "target", "published", "published.hour", "debugContext.debugData.it's \"odd\"", "a..b", ""}) {
        QVERIFY2(of(path).values.empty(), path);
    }
    // What has no column is read from the newest events' bytes.
    const auto read = of("unlisted.deep.thing", "NEEDLE");
    QCOMPARE(read.values.size(), 3U);
    QCOMPARE(read.values.front().value, "needle4");
    QCOMPARE(read.values.front().count, 14);
    QCOMPARE(read.newest, 0);
    c.append(events(400, 2000));
    QCOMPARE(of("unlisted.deep.thing").newest, FieldCensus::sampleOfBytes);
    QCOMPARE(of("unlisted.deep.thing").values.front().count, 200);
}

void TestSearchSql::anEmptyStore()
{
    Case c;
    c.open();
    const auto census = must(get(FieldCensus(c.store()).fields()));
    QCOMPARE(census.events, 0);
    QVERIFY(must(get(FieldCensus(c.store()).values("eventType", {}, 10))).values.empty());
}

QTEST_GUILESS_MAIN(TestSearchSql)
#include "tst_search_sql.moc"
