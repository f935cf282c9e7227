// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"
#include "store/BlockRewriter.h"
#include "store/BlockValues.h"
#include "store/Integrity.h"
#include "store/IntegrityChain.h"
#include "store/StoreFile.h"

#include <QRegularExpression>
#include <QTest>

using namespace octotrail;
using namespace octotrail::test;
using namespace Qt::StringLiterals;
using store::Integrity;
using store::IntegrityReport;
using store::Seq;

namespace {

IntegrityReport verified(const Case &c, const QString &head = {}, bool checkColumns = true)
{
    return must(Integrity(c.shared()).verify({checkColumns, head}, {}, {}));
}

/// Works on the file of a case behind its back.
template <class F>
void tamper(Case &c, F change)
{
    c.close();
    {
        auto database = store::duckdb::Database::open(c.file().toStdString(), {});
        QVERIFY(database);
        auto connection = database->connect();
        QVERIFY(connection);
        must(change(*connection));
    }
    c.open();
}

void runSql(Case &c, const std::string &sql)
{
    tamper(c, [&](store::duckdb::Connection &connection) { return connection.run(sql); });
}

/// Packs every block anew, with what edit makes of each event; nullopt drops it.
template <class F>
event::Status rewriteBytes(store::duckdb::Connection &connection, F edit)
{
    store::BlockCache none(0);
    store::BlockReader reader(connection, none);
    const auto extents = must(reader.extents());
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < extents.size(); ++i) {
        all.push_back(i);
    }
    std::vector<store::Block> changed;
    for (const store::BlockPtr &block : must(reader.blocks(all))) {
        store::Block &copy = changed.emplace_back();
        for (std::size_t i = 0; i < block->count(); ++i) {
            if (const std::optional<std::string> bytes = edit(block->seq(i), std::string(block->bytes(i)))) {
                copy.add(block->seq(i), *bytes);
            }
        }
    }
    return store::replaceBlocks(connection, extents, changed);
}

std::optional<std::string> same(std::string bytes)
{
    return bytes;
}

#define VERIFY_PROBLEM(report, pattern)                                                                                \
    QVERIFY2(                                                                                                          \
        !(report).isSound() && (report).problems.join(u'\n').contains(QRegularExpression(QStringLiteral(pattern))),    \
        qPrintable((report).problems.join(u'\n')))

} // namespace

/// Whatever is done to a store behind Octotrail's back shows.
class TestIntegrity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyCommitIsInTheChain();
    void anEmptyStoreIsSound();
    void aChangedColumnIsNamed();
    void changedBytesAreFound();
    void aDamagedBlockIsFound();
    void aFilterThatHidesEventsIsFound();
    void wrongCountsAreFound();
    void aLostRowIsFound();
    void aDroppedEventIsFound();
    void anEventOfAnotherSourceIsFound();
    void anAddedEventIsFound();
    void aChangedChainIsFound();
    void aShortenedStoreLacksItsHead();
    void compactionChangesNothing();
    void removalsAreRecorded();
    void removalDoesNotHideAChange();
    void anOlderStoreIsAdopted();
    void stopsWhenAsked();

private:
    std::unique_ptr<Case> m_case;
    Seq m_first = 0;
};

/// Three commits of two sources.
void TestIntegrity::init()
{
    m_case = std::make_unique<Case>();
    m_case->open();
    m_first = m_case->append(events(0, 300), 1).firstSeq;
    m_case->append(events(300, 200), 2);
    m_case->append(events(500, 20), 1);
}

void TestIntegrity::everyCommitIsInTheChain()
{
    const IntegrityReport before = verified(*m_case);
    QVERIFY2(before.isSound(), qPrintable(before.problems.join(u'\n')));
    QCOMPARE(before.events, 520);
    QVERIFY(before.entries >= 1);
    QCOMPARE(before.head.size(), 64);
    QCOMPARE(must(get(Integrity(m_case->shared()).head())), before.head);

    m_case->append(events(500, 40), 1); // half of them duplicates
    m_case->append(events(500, 40), 1); // all of them
    m_case->reopen();
    const IntegrityReport after = verified(*m_case, before.head);
    QVERIFY2(after.isSound(), qPrintable(after.problems.join(u'\n')));
    QCOMPARE(after.events, 540);
    QCOMPARE(after.entries, before.entries + 1);
    QVERIFY(after.head != before.head);
}

void TestIntegrity::anEmptyStoreIsSound()
{
    Case empty;
    empty.open();
    const IntegrityReport report = verified(empty);
    QVERIFY(report.isSound());
    QCOMPARE(report.events, 0);
    QVERIFY(report.head.isEmpty());
}

void TestIntegrity::aChangedColumnIsNamed()
{
    const Seq seq = m_first + 7;
    runSql(
        *m_case, "UPDATE events SET \"actor.alternateId\" = 'someone@else.example' WHERE seq = " + std::to_string(seq));
    const IntegrityReport report = verified(*m_case);
    QCOMPARE(report.flaws, 1);
    QVERIFY(report.problems[0].contains(u"columns of event %1"_s.arg(seq)));
    QVERIFY(verified(*m_case, {}, false).isSound()); // its bytes are what they were
}

void TestIntegrity::changedBytesAreFound()
{
    tamper(*m_case, [this](store::duckdb::Connection &connection) {
        return rewriteBytes(connection, [this](Seq seq, std::string bytes) {
            if (seq == m_first + 11) {
                bytes += ' ';
            }
            return same(bytes);
        });
    });
    const IntegrityReport report = verified(*m_case);
    VERIFY_PROBLEM(report, "at least one was changed");
    QCOMPARE(report.flaws, 1);
}

void TestIntegrity::aDamagedBlockIsFound()
{
    runSql(*m_case,
        "UPDATE blocks SET data = '\\x00\\x01\\x02'::BLOB WHERE part = 0 AND first_seq = (SELECT min(first_seq) FROM "
        "blocks)");
    VERIFY_PROBLEM(verified(*m_case), "lost its bytes");
}

/// Filters that are wrong would hide events from searches for words.
void TestIntegrity::aFilterThatHidesEventsIsFound()
{
    must(get(m_case->store().compact())); // so that each block has one
    store::EventQuery query;
    query.words = {"Mozilla"};
    QVERIFY(must(get(m_case->store().count(query))) > 500);
    QVERIFY(verified(*m_case).isSound());
    // The version, and a filter of no pieces at all.
    runSql(*m_case, "UPDATE block_filters SET data = '\\x01'::BLOB || repeat('\\x00', 248)::BLOB");
    // But for the newest ones, which are looked at without asking.
    QVERIFY(must(get(m_case->store().count(query))) < 100);
    const IntegrityReport report = verified(*m_case);
    VERIFY_PROBLEM(report, "filter of events [0-9,]+ to [0-9,]+ is not theirs");
    QVERIFY(verified(*m_case, {}, false).isSound()); // its bytes are what they were

    // A list of values, of another event.
    const std::string other = R"({"eventType":"elsewhere"})";
    const std::string values = store::blockValues(std::vector<std::string_view>{other});
    QVERIFY(!values.empty());
    runSql(*m_case,
        "UPDATE block_filters SET data = from_hex('" + QByteArray::fromStdString(values).toHex().toStdString() + "')");
    VERIFY_PROBLEM(verified(*m_case), "filter of events [0-9,]+ to [0-9,]+ is not theirs");

    // One that admits more than it has to hides nothing.
    runSql(*m_case, "UPDATE block_filters SET data = '\\x01'::BLOB || repeat('\\xFF', 248)::BLOB");
    QVERIFY(verified(*m_case).isSound());
    // Nor does one of a kind that is not known.
    runSql(*m_case, "UPDATE block_filters SET data = '\\x63'::BLOB");
    QVERIFY(verified(*m_case).isSound());
}

void TestIntegrity::wrongCountsAreFound()
{
    const std::string values = "SELECT 0, 'eventType', \"eventType\", count(*) FROM events GROUP BY ALL";
    runSql(*m_case, "INSERT INTO value_counts " + values);
    QVERIFY(verified(*m_case).isSound());
    runSql(*m_case, "UPDATE value_counts SET n = n + 1 WHERE value = (SELECT min(value) FROM value_counts)");
    VERIFY_PROBLEM(verified(*m_case), "values of eventType occur was noted wrong");
    QVERIFY(verified(*m_case, {}, false).isSound()); // its bytes are what they were
}

void TestIntegrity::aLostRowIsFound()
{
    runSql(*m_case, "DELETE FROM events WHERE seq = " + std::to_string(m_first + 3));
    VERIFY_PROBLEM(verified(*m_case), "lost its row");
}

void TestIntegrity::aDroppedEventIsFound()
{
    const Seq dropped = m_first + 20;
    runSql(*m_case, "DELETE FROM events WHERE seq = " + std::to_string(dropped));
    tamper(*m_case, [dropped](store::duckdb::Connection &connection) {
        return rewriteBytes(connection,
            [dropped](Seq seq, std::string bytes) { return seq == dropped ? std::nullopt : same(std::move(bytes)); });
    });
    const IntegrityReport report = verified(*m_case);
    VERIFY_PROBLEM(report, "are stored where entry");
    QCOMPARE(report.flaws, 1);
}

void TestIntegrity::anEventOfAnotherSourceIsFound()
{
    runSql(*m_case, "UPDATE events SET source = 2 WHERE seq = " + std::to_string(m_first + 1));
    VERIFY_PROBLEM(verified(*m_case), "at least one was changed");
}

void TestIntegrity::anAddedEventIsFound()
{
    runSql(*m_case,
        "INSERT INTO events SELECT * REPLACE (seq + 10000 AS seq) FROM events WHERE seq = " + std::to_string(m_first));
    VERIFY_PROBLEM(verified(*m_case), "by no commit");
}

void TestIntegrity::aChangedChainIsFound()
{
    runSql(*m_case, "UPDATE integrity SET recorded = '2020-01-01T00:00:00Z' WHERE entry = 1");
    VERIFY_PROBLEM(verified(*m_case), "broken at entry 1 ");
}

void TestIntegrity::aShortenedStoreLacksItsHead()
{
    const QString head = verified(*m_case).head;
    runSql(*m_case,
        "DELETE FROM events WHERE seq >= (SELECT max(first_seq) FROM integrity);"
        "DELETE FROM blocks WHERE first_seq >= (SELECT max(first_seq) FROM integrity);"
        "DELETE FROM integrity WHERE entry = (SELECT max(entry) FROM integrity)");
    QVERIFY(verified(*m_case).isSound());
    const IntegrityReport report = verified(*m_case, head);
    QVERIFY(!report.hasExpectedHead);
    QVERIFY(!report.isSound());
}

void TestIntegrity::compactionChangesNothing()
{
    for (int i = 0; i < 100; ++i) {
        m_case->append(events(1000 + 3 * i, 3), 1);
    }
    const QString head = verified(*m_case).head;
    must(get(m_case->store().compact()));
    const IntegrityReport report = verified(*m_case, head);
    QVERIFY2(report.isSound(), qPrintable(report.problems.join(u'\n')));
    QCOMPARE(report.head, head);
}

void TestIntegrity::removalsAreRecorded()
{
    const QString head = verified(*m_case).head;
    must(get(m_case->store().removeSource(2, true)));
    const IntegrityReport report = verified(*m_case, head);
    QVERIFY2(report.isSound(), qPrintable(report.problems.join(u'\n')));
    QCOMPARE(report.events, 320);
    QVERIFY(report.removals >= 1);
    m_case->append(events(300, 200), 2); // they may come again
    QVERIFY(verified(*m_case, head).isSound());
}

void TestIntegrity::removalDoesNotHideAChange()
{
    // Bulk loads of two sources share a commit, and so an entry.
    Case c;
    c.open();
    const auto one = c.store().append({1, events(0, 1100), {}});
    const auto two = c.store().append({2, events(1100, 1100), {}});
    const Seq seq = must(get(one)).firstSeq;
    must(get(two));
    QCOMPARE(verified(c).entries, 1);
    tamper(c, [seq](store::duckdb::Connection &connection) {
        return rewriteBytes(connection,
            [seq](Seq other, const std::string &bytes) { return same(other == seq ? bytes + ' ' : bytes); });
    });
    must(get(c.store().removeSource(2, true)));
    VERIFY_PROBLEM(verified(c), "had been changed when others of their range were removed");
}

void TestIntegrity::anOlderStoreIsAdopted()
{
    tamper(*m_case, [](store::duckdb::Connection &connection) {
        return connection.run("DROP TABLE integrity").and_then([&] { return store::createIntegrityChain(connection); });
    });
    const IntegrityReport report = verified(*m_case);
    QVERIFY2(report.isSound(), qPrintable(report.problems.join(u'\n')));
    QCOMPARE(report.events, 520);
    QCOMPARE(report.entries, 1);
    m_case->append(events(2000, 5), 1);
    QCOMPARE(verified(*m_case, report.head).entries, 2);
}

void TestIntegrity::stopsWhenAsked()
{
    std::stop_source stop;
    stop.request_stop();
    const auto report = Integrity(m_case->shared()).verify({}, {}, stop.get_token());
    QVERIFY(!report);
    QCOMPARE(report.error().kind, event::ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestIntegrity)
#include "tst_integrity.moc"
