// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "CaseConnection.h"
#include "store/Retention.h"
#include "store/SortHeads.h"

#include <QTest>
#include <algorithm>

using namespace octotrail;
using namespace octotrail::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using store::EventQuery;
using store::Seq;
using store::SortKey;

namespace {

/// Events put into the table as such: enough for two complete ranges, and of each kind of text some: few values, as
/// many as events, none mostly, none but in one range, ones that are long and differ late, upper and lower case.
const std::string someEvents = R"(
INSERT INTO events(seq, source, published, "eventType", uuid, "actor.alternateId", "outcome.reason", "client.geographicalContext.city",
    displayMessage, target)
SELECT i, 1 + i % 2, CASE WHEN i % 1000 = 7 THEN NULL
        ELSE TIMESTAMP '2026-01-01' + to_microseconds((hash(i * 3) % 400000000000)::BIGINT) END,
    ['user.session.start', 'Policy.evaluate', 'a'][1 + i % 3], md5(i::VARCHAR),
    CASE WHEN i % 5 = 0 THEN 'USER' ELSE 'user' END || (hash(i) % 5000) || '@example.com',
    CASE WHEN i % 9000 = 1 THEN 'reason' || i END,
    CASE WHEN i BETWEEN 140000 AND 141000 THEN 'city' || i % 7 END,
    CASE WHEN i % 20000 = 3 THEN repeat('m', 150 + (i // 20000) * 10) || i ELSE 'message ' || i % 11 END,
    CASE WHEN i % 4 > 0 THEN [{'id': 't', 'type': 'User', 'alternateId': 'T' || hash(i * 7) % 100000,
        'displayName': NULL}] END
FROM range(1, 300001) AS numbers(i))";

/// So many that it takes long to put all in order, and so many of them at either end of the time that a screenful of
/// these bounds what comes first; in many ranges, of which one has all messages that come first.
const std::string manyEvents = R"(
INSERT INTO events(seq, source, published, uuid, displayMessage)
SELECT r * 131072 + k, 1, TIMESTAMP '2026-01-01' + to_seconds(r * 50000 + k)
        + CASE WHEN r > 8 THEN INTERVAL '10 years' ELSE INTERVAL '0 years' END, md5((r * 50000 + k)::VARCHAR),
    CASE WHEN r = 7 THEN 'first' ELSE 'then' END
FROM range(1, 17) AS ranges(r), range(43000) AS numbers(k))";

/// Of those that come first by a text some are told to come elsewhere.
const std::string wrongHeads = "UPDATE sort_heads SET \"key\" = 'zzz' WHERE seq % 2 = 0";

constexpr std::size_t screen = 1000;

const std::vector<std::string> paths{"eventType", "uuid", "actor.alternateId", "outcome.reason",
    "client.geographicalContext.city", "displayMessage", "target", "client.geographicalContext.state"};

std::vector<Seq> inOrder(
    store::duckdb::Connection &connection, const SortKey &key, bool descending, const std::string &condition = "true")
{
    return seqs(
        connection, "SELECT seq FROM events WHERE " + condition + " ORDER BY " + store::orderBy(key, descending));
}

bool never()
{
    return false;
}

void addMissing(store::duckdb::Connection &connection)
{
    store::RangesState whole;
    must(store::addMissingSortHeads(connection, never, whole));
}

} // namespace

/// What comes first by a text is told beforehand, and right.
class TestSortHeads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tellsTheFirst_data();
    void tellsTheFirst();
    void saysNothingOfWhatItDoesNotKnow();
    void stopsWhenWantedElsewhere();
    void followsWhatIsRemoved();
    void showsTheFirstAtOnce();
    void showsTheFirstOfSomeAtOnce_data();
    void showsTheFirstOfSomeAtOnce();
    void showsAScreenOfManyAtOnce();
    void isNotBelievedAgainstTheEvents();
    void isNotBelievedAgainstTheScreen();

private:
    void use(const std::unique_ptr<Case> &some);

    std::unique_ptr<Case> m_new; ///< not idle yet
    std::unique_ptr<Case> m_tidy;
    std::unique_ptr<Case> m_many;
    std::unique_ptr<Case> m_case;
};

void TestSortHeads::initTestCase()
{
    m_case = std::make_unique<Case>();
    m_case->open();
    m_case->close();
    withConnection(*m_case, [](store::duckdb::Connection &connection) { must(connection.run(someEvents)); });
    m_new = std::move(m_case);
    m_case = std::make_unique<Case>();
    QVERIFY(QFile::copy(m_new->file(), m_case->file()));
    withConnection(*m_case, [](store::duckdb::Connection &connection) { addMissing(connection); });
    m_tidy = std::move(m_case);
    m_case = std::make_unique<Case>();
    m_case->open();
    m_case->close();
    withConnection(*m_case, [](store::duckdb::Connection &connection) {
        must(connection.run(manyEvents));
        addMissing(connection);
    });
    m_many = std::move(m_case);
}

void TestSortHeads::use(const std::unique_ptr<Case> &some)
{
    m_case = std::make_unique<Case>();
    QVERIFY(QFile::copy(some->file(), m_case->file()));
}

void TestSortHeads::tellsTheFirst_data()
{
    QTest::addColumn<bool>("descending");
    QTest::newRow("descending") << true;
    QTest::newRow("ascending") << false;
}

void TestSortHeads::tellsTheFirst()
{
    QFETCH(bool, descending);
    use(m_tidy);
    withConnection(*m_case, [&](store::duckdb::Connection &connection) {
        for (const std::string &path : paths) {
            const SortKey key = *store::sortKey(path);
            const std::vector<Seq> first = must(store::firstByHeads(connection, key, descending));
            const std::vector<Seq> all = inOrder(connection, key, descending);
            // Long texts are cut: of those that come after one nothing is told.
            const bool hasLongFirst = path == "displayMessage" && descending;
            QVERIFY2(hasLongFirst || first.size() >= 100, path.c_str());
            QVERIFY2(std::equal(first.begin(), first.end(), all.begin()), path.c_str());
        }
    });
}

void TestSortHeads::saysNothingOfWhatItDoesNotKnow()
{
    use(m_new);
    withConnection(*m_case, [](store::duckdb::Connection &connection) {
        const SortKey key = *store::sortKey("actor.alternateId");
        QVERIFY(must(store::firstByHeads(connection, key, true)).empty());
        // Of fewer events than a range has there is nothing to keep.
        must(connection.run("DELETE FROM events WHERE seq > 131000"));
        addMissing(connection);
        QVERIFY(seqs(connection, "SELECT seq FROM sort_heads").empty());
    });
}

void TestSortHeads::stopsWhenWantedElsewhere()
{
    use(m_new);
    withConnection(*m_case, [](store::duckdb::Connection &connection) {
        int asked = 0;
        const auto made = [&] {
            return seqs(connection, "SELECT count(*) FROM (SELECT DISTINCT path, \"range\" FROM sort_heads)").front();
        };
        store::RangesState whole;
        must(store::addMissingSortHeads(
            connection, [&] { return ++asked > 4; }, whole));
        QCOMPARE(made(), Seq{4});
        QVERIFY(whole == store::RangesState());
        // What is made of one range and not of others is used with what is in these.
        const SortKey key = store::textSortKeys()[1];
        const std::vector<Seq> first = must(store::firstByHeads(connection, key, false));
        const std::vector<Seq> all = inOrder(connection, key, false);
        QVERIFY(first.size() >= 100);
        QVERIFY(std::equal(first.begin(), first.end(), all.begin()));
        must(store::addMissingSortHeads(connection, never, whole));
        const Seq complete = static_cast<Seq>(2 * store::textSortKeys().size());
        QCOMPARE(made(), complete);
        // Nothing is looked for while all is as it was; what was forgotten is made again.
        asked = 0;
        const auto count = [&] { return ++asked < 0; };
        must(store::addMissingSortHeads(connection, count, whole));
        QCOMPARE(asked, 0);
        must(store::dropSortHeads(connection, "SELECT 1 AS seq"));
        QVERIFY(made() < complete);
        must(store::addMissingSortHeads(connection, count, whole));
        QVERIFY(asked > 0);
        QCOMPARE(made(), complete);
    });
}

void TestSortHeads::followsWhatIsRemoved()
{
    const SortKey key = *store::sortKey("actor.alternateId");
    use(m_tidy);
    m_case->open();
    const auto report = must(
        get(store::Retention(m_case->shared()).purge(1, {7, 0}, *event::parseTimestamp("2026-01-10T00:00:00Z"))));
    QVERIFY(report.events > 50'000);
    EventQuery sorted = query("", "actor.alternateId", false);
    SearchResult result = searchAll(m_case->store(), sorted);
    QVERIFY(!result.error);
    QCOMPARE(result.total, 300'000 - report.events);
    must(get(m_case->store().compact()));
    result = searchAll(m_case->store(), sorted);
    QVERIFY(!result.error);
    m_case->close();
    withConnection(*m_case, [&](store::duckdb::Connection &connection) {
        QVERIFY(result.seqs == inOrder(connection, key, false));
        const std::vector<Seq> first = must(store::firstByHeads(connection, key, false));
        QVERIFY(first.size() >= 100);
        QVERIFY(std::equal(first.begin(), first.end(), result.seqs.begin()));
    });
}

void TestSortHeads::showsTheFirstAtOnce()
{
    use(m_tidy);
    m_case->open();
    std::vector<SearchResult> results;
    for (const std::string &path : paths) {
        results.push_back(searchAll(m_case->store(), query("", path.c_str())));
        QVERIFY(!results.back().error);
        // What is at hand and the rest; a screen, where too little is at hand.
        QCOMPARE(results.back().chunks.front() == screen, path == "displayMessage");
        QVERIFY(results.back().chunks[1] > screen);
    }
    m_case->close();
    withConnection(*m_case, [&](store::duckdb::Connection &connection) {
        for (std::size_t i = 0; i < paths.size(); ++i) {
            QVERIFY2(results[i].seqs == inOrder(connection, *store::sortKey(paths[i]), true), paths[i].c_str());
        }
    });
}

void TestSortHeads::showsTheFirstOfSomeAtOnce_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("condition");
    QTest::addColumn<bool>("isCommon");
    QTest::newRow("a third") << uR"(eventType eq "A")"_s << uR"(lower("eventType") = 'a')"_s << true;
    QTest::newRow("most") << uR"(not (displayMessage eq "message 3"))"_s << uR"(lower(displayMessage) <> 'message 3')"_s
                          << true;
    QTest::newRow("of some types") << uR"(eventType sw "user" and target.type eq "User")"_s
                                   << uR"(starts_with(lower("eventType"), 'user') AND len(target) > 0)"_s << true;
    // So few are put in order at once.
    QTest::newRow("rare ones") << u"outcome.reason pr"_s << uR"("outcome.reason" IS NOT NULL)"_s << false;
}

/// Of a filter's events those whose order is known come first.
void TestSortHeads::showsTheFirstOfSomeAtOnce()
{
    QFETCH(const QString, filter);
    QFETCH(const QString, condition);
    QFETCH(bool, isCommon);
    use(m_tidy);
    m_case->open();
    const std::vector<std::string> sorted{"uuid", "actor.alternateId", "target"};
    std::vector<SearchResult> results;
    for (const std::string &path : sorted) {
        for (const bool descending : {true, false}) {
            const auto expression = filter.toStdString();
            results.push_back(searchAll(m_case->store(), query(expression.c_str(), path.c_str(), descending)));
            QVERIFY(!results.back().error);
            const std::vector<std::size_t> &chunks = results.back().chunks;
            QVERIFY2(isCommon ? chunks.front() < screen : chunks.size() == 1, path.c_str());
        }
    }
    m_case->close();
    withConnection(*m_case, [&](store::duckdb::Connection &connection) {
        for (std::size_t i = 0; i < results.size(); ++i) {
            const SortKey key = *store::sortKey(sorted[i / 2]);
            QVERIFY2(
                results[i].seqs == inOrder(connection, key, i % 2 == 0, condition.toStdString()), key.path.c_str());
        }
    });
}

/// Of many events a screen is shown before all are in order, and no more than that of what many ranges tell.
void TestSortHeads::showsAScreenOfManyAtOnce()
{
    use(m_many);
    withConnection(*m_case, [](store::duckdb::Connection &connection) {
        QVERIFY(must(store::firstByHeads(connection, *store::sortKey("uuid"), true)).size() > screen);
    });
    m_case->open();
    const SearchResult byUuid = searchAll(m_case->store(), query("", "uuid"));
    const SearchResult byMessage = searchAll(m_case->store(), query("", "displayMessage", false));
    m_case->close();
    for (const SearchResult &result : {byUuid, byMessage}) {
        QVERIFY2(!result.error, result.error ? qPrintable(result.error->sentence) : "");
        QCOMPARE(result.total, 16 * 43'000);
    }
    QCOMPARE(byUuid.chunks[0], screen);
    QVERIFY(byUuid.chunks[1] > screen);
    QCOMPARE(byMessage.chunks[0], 100U);
    QCOMPARE(byMessage.chunks[1], screen - 100);
    QVERIFY(byMessage.chunks[2] > screen);
    withConnection(*m_case, [&](store::duckdb::Connection &connection) {
        QVERIFY(byUuid.seqs == inOrder(connection, *store::sortKey("uuid"), true));
        QVERIFY(byMessage.seqs == inOrder(connection, *store::sortKey("displayMessage"), false));
    });
}

void TestSortHeads::isNotBelievedAgainstTheEvents()
{
    use(m_tidy);
    withConnection(*m_case, [](store::duckdb::Connection &connection) { must(connection.run(wrongHeads)); });
    m_case->open();
    const EventQuery sorted = query("", "actor.alternateId");
    const SearchResult wrong = searchAll(m_case->store(), sorted);
    QVERIFY(wrong.error);
    QCOMPARE(wrong.error->kind, event::ErrorKind::Refused);
    QVERIFY2(!wrong.error->sentence.contains(QStringLiteral("damaged")), qPrintable(wrong.error->sentence));
    QVERIFY(wrong.error->sentence.contains(QStringLiteral("actor.alternateId")));
    const SearchResult right = searchAll(m_case->store(), sorted);
    QVERIFY(!right.error);
    QCOMPARE(right.chunks.front(), screen); // nothing is at hand
    QCOMPARE(right.total, 300'000);
    must(get(m_case->store().compact())); // makes them anew
    m_case->reopen();
    const SearchResult again = searchAll(m_case->store(), sorted);
    QVERIFY(!again.error);
    QVERIFY(again.chunks.front() < screen); // what is at hand again
    QVERIFY(again.seqs == right.seqs);
}

/// Of many events it is told by the screen, before all are in order.
void TestSortHeads::isNotBelievedAgainstTheScreen()
{
    use(m_many);
    withConnection(*m_case, [](store::duckdb::Connection &connection) { must(connection.run(wrongHeads)); });
    m_case->open();
    const EventQuery sorted = query("", "displayMessage");
    const SearchResult wrong = searchAll(m_case->store(), sorted);
    QVERIFY(wrong.error);
    QCOMPARE(wrong.error->kind, event::ErrorKind::Refused);
    QVERIFY(wrong.error->sentence.contains(QStringLiteral("displayMessage")));
    const SearchResult right = searchAll(m_case->store(), sorted);
    QVERIFY(!right.error);
    QCOMPARE(right.chunks.front(), screen); // nothing is at hand
    QCOMPARE(right.total, 16 * 43'000);
}

QTEST_GUILESS_MAIN(TestSortHeads)
#include "tst_sort_heads.moc"
