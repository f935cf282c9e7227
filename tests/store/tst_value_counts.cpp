// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "CaseConnection.h"
#include "store/Facets.h"
#include "store/Retention.h"
#include "store/ValueCounts.h"

#include <QTest>

using namespace octotrail;
using namespace octotrail::test;
using namespace Qt::StringLiterals;
using store::Facet;

namespace {

/// Events put into the table as such: enough for two complete ranges. Some texts have few values, one has as many as
/// there are events, one in a single range only, one is long, one is nowhere.
const std::string someEvents = R"(
INSERT INTO events(seq, source, published, "eventType", uuid, "outcome.result", "actor.alternateId", "actor.displayName",
    displayMessage)
SELECT i, 1 + i % 2, TIMESTAMP '2026-01-01' + to_seconds(i),
    ['user.session.start', 'Policy.evaluate', 'a'][1 + (hash(i) % 3)::BIGINT], md5(i::VARCHAR),
    CASE WHEN i % 7 > 0 THEN ['SUCCESS', 'FAILURE'][1 + (hash(i * 3) % 2)::BIGINT] END,
    'user' || CASE WHEN i < 131072 THEN hash(i) % 5000 ELSE hash(i) % 10 END || '@example.com',
    CASE WHEN i = 200000 THEN repeat('n', 201) ELSE '' END, 'message ' || i % 11
FROM range(1, 300001) AS numbers(i))";

const std::vector<std::string> paths{"eventType", "uuid", "outcome.result", "actor.alternateId", "actor.displayName",
    "displayMessage", "client.geographicalContext.city", "severity"};

bool never()
{
    return false;
}

QString countedAs(const std::vector<Facet> &facets)
{
    QString text;
    for (const Facet &facet : facets) {
        text += u"%1: %2 values, %3 without"_s.arg(QString::fromStdString(facet.path))
                    .arg(facet.distinct)
                    .arg(facet.missing);
        for (const auto &[value, count] : facet.values) {
            text += u", %1 %2"_s.arg(QString::fromStdString(value)).arg(count);
        }
        text += u'\n';
    }
    return text;
}

} // namespace

/// What is known beforehand of how often values occur is what counting says, and is used for that.
class TestValueCounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void keepsFewAndShortValues();
    void facetsSayWhatCountingSays();
    void saysTheSameTwice();
    void followsWhatIsAddedAndRemoved();
    void isUsed();
    void isNotBelievedWhereEventsAreMissing();
    void isNotUsedForSomeEvents();

private:
    void change(const std::string &sql) const
    {
        withConnection(*m_case, [&](store::duckdb::Connection &connection) { must(connection.run(sql)); });
    }
    QString counted(bool rareFirst = false, const store::EventQuery &query = {}) const
    {
        std::vector<Facet> all;
        for (const auto &facet : store::Facets(m_case->store()).count({query, {}, paths, 20, rareFirst}).results()) {
            all.push_back(must(facet));
        }
        return countedAs(all);
    }
    /// What counting says of the file as it is, without what is known beforehand.
    QString countedAnew(bool rareFirst = false) const
    {
        m_case->close();
        change("CREATE TABLE aside AS FROM value_counts; DELETE FROM value_counts");
        m_case->open();
        QString text = counted(rareFirst);
        m_case->close();
        change("INSERT INTO value_counts FROM aside; DROP TABLE aside");
        m_case->open();
        return text;
    }

    std::unique_ptr<Case> m_tidy;
    std::unique_ptr<Case> m_case;
};

void TestValueCounts::initTestCase()
{
    m_case = std::make_unique<Case>();
    m_case->open();
    m_case->close();
    withConnection(*m_case, [](store::duckdb::Connection &connection) {
        must(connection.run(someEvents));
        store::RangesState whole;
        must(store::addMissingValueCounts(connection, never, whole));
        QCOMPARE(whole.lastRange, 2);
        QVERIFY(whole.rows > 0);
    });
    m_tidy = std::move(m_case);
}

void TestValueCounts::init()
{
    m_case = std::make_unique<Case>();
    QVERIFY(QFile::copy(m_tidy->file(), m_case->file()));
}

void TestValueCounts::keepsFewAndShortValues()
{
    withConnection(*m_case, [](store::duckdb::Connection &connection) {
        const auto ranges = [&connection](const std::string &path) {
            return must(store::rangesOf(
                connection, "SELECT \"range\" FROM value_counts WHERE path = '" + path + "' AND value IS NOT NULL"));
        };
        using Ranges = std::set<std::int64_t>;
        QVERIFY(ranges("eventType") == (Ranges{0, 1}));
        QVERIFY(ranges("client.geographicalContext.city") == (Ranges{0, 1}));
        QVERIFY(ranges("actor.alternateId") == Ranges{1}); // of the other one there are too many
        QVERIFY(ranges("actor.displayName") == Ranges{0}); // and this is too long
        QVERIFY(ranges("uuid").empty());
        QVERIFY(must(store::knownValueCounts(connection, {"uuid"})).empty());
        QVERIFY(must(store::wrongValueCounts(connection)).empty());
    });
}

void TestValueCounts::facetsSayWhatCountingSays()
{
    for (const bool rareFirst : {false, true}) {
        m_case->reopen();
        const QString known = counted(rareFirst);
        QVERIFY(known.contains(u"eventType: 3 values, 0 without"_s));
        QVERIFY(known.contains(u"outcome.result: 2 values, 42857 without"_s));
        QCOMPARE(known, countedAnew(rareFirst));
    }
}

void TestValueCounts::saysTheSameTwice()
{
    m_case->open();
    const auto facets = store::Facets(m_case->store()).count({{}, {}, {"eventType", "eventType"}, 20, false}).results();
    QCOMPARE(facets.size(), 2);
    QCOMPARE(must(facets[0]).values.size(), std::size_t{3});
    QCOMPARE(countedAs({must(facets[1])}), countedAs({must(facets[0])}));
}

void TestValueCounts::followsWhatIsAddedAndRemoved()
{
    change("INSERT INTO events(seq, source, published, \"eventType\", severity) SELECT seq + 300000, source, "
           "published + INTERVAL '20 days', 'later', 'INFO' FROM events WHERE seq < 150000");
    m_case->open();
    const QString before = counted();
    QVERIFY(before.contains(u"later 149999"_s));
    QCOMPARE(before, countedAnew());
    const auto report = must(
        get(store::Retention(m_case->shared()).purge(1, {21, 0}, *event::parseTimestamp("2026-01-24T00:00:00Z"))));
    QVERIFY(report.events > 50'000);
    const QString removed = counted();
    QVERIFY(removed != before);
    QCOMPARE(removed, countedAnew());
    must(get(m_case->store().compact()));
    QCOMPARE(counted(), removed);
    m_case->close();
    withConnection(*m_case, [](store::duckdb::Connection &connection) {
        QCOMPARE(
            must(store::rangesOf(connection, "SELECT \"range\" FROM value_counts WHERE path = 'eventType'")).size(),
            std::size_t{3});
        QVERIFY(must(store::wrongValueCounts(connection)).empty());
    });
}

/// Whoever changes the table changes what is seen, so that it is seen to be used; checking the file would tell it.
void TestValueCounts::isUsed()
{
    change("UPDATE value_counts SET value = 'nothing of the kind' WHERE path = 'eventType' AND value = 'a'");
    m_case->open();
    QVERIFY(counted().contains(u"nothing of the kind"_s));
    m_case->close();
    withConnection(*m_case, [](store::duckdb::Connection &connection) {
        QCOMPARE(must(store::wrongValueCounts(connection)), std::vector<std::string>{"eventType"});
    });
}

void TestValueCounts::isNotBelievedWhereEventsAreMissing()
{
    for (const char *sql : {"UPDATE value_counts SET n = n + 1 WHERE path = 'eventType' AND value = 'a'",
             "UPDATE value_counts SET n = 9223372036854775807 WHERE path = 'eventType'",
             "UPDATE value_counts SET \"range\" = 9223372036854775807 - \"range\" WHERE path = 'eventType'",
             "ALTER TABLE value_counts ALTER n TYPE VARCHAR USING 'x'"}) {
        init();
        m_case->open();
        const QString right = counted();
        m_case->close();
        change(sql);
        m_case->open();
        QVERIFY2(counted() == right, sql);
        m_case->close();
    }
}

void TestValueCounts::isNotUsedForSomeEvents()
{
    change("UPDATE value_counts SET value = 'nothing of the kind' WHERE path = 'eventType' AND value = 'a'");
    m_case->open();
    for (const char *filter : {R"(eventType pr)", R"(not (eventType eq "elsewhere"))"}) {
        store::EventQuery some = query(filter);
        QVERIFY(!counted(false, some).contains(u"nothing of the kind"_s));
    }
    store::EventQuery some;
    some.range.since = *event::parseTimestamp("2025-01-01T00:00:00Z");
    QVERIFY(!counted(false, some).contains(u"nothing of the kind"_s));
    some = {};
    some.sources = {1};
    QVERIFY(!counted(false, some).contains(u"nothing of the kind"_s));
}

QTEST_GUILESS_MAIN(TestValueCounts)
#include "tst_value_counts.moc"
