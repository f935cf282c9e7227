// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"
#include "filter/IdSet.h"
#include "store/Alerts.h"
#include "store/Annotations.h"
#include "store/Cases.h"
#include "store/Documents.h"
#include "store/Facets.h"
#include "store/Integrity.h"
#include "store/Recovery.h"
#include "store/StoreFile.h"

#include <QRandomGenerator>
#include <QTest>

using namespace octotrail;
using namespace octotrail::test;
using event::ErrorKind;

/// A case that came from somebody who means harm: its file is sound, and says whatever DuckDB lets a file say.
class TestHostileStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWhatRunsByItself_data();
    void refusesWhatRunsByItself();
    void savesTheEventsOfWhatItRefuses_data();
    void savesTheEventsOfWhatItRefuses();
    void survivesOtherTypes_data();
    void survivesOtherTypes();
    void survivesBlocksThatLie_data();
    void survivesBlocksThatLie();
    void setsOfIdsAreNotTrusted();

private:
    /// A case with some events, on which the statements were run behind its back.
    static void make(Case &made, const QString &sql);
};

void TestHostileStore::make(Case &made, const QString &sql)
{
    made.open();
    made.append(events(0, 100));
    made.close();
    auto database = store::duckdb::Database::open(made.file().toStdString(), {});
    QVERIFY(database);
    auto connection = database->connect();
    QVERIFY(connection);
    const event::Status run = connection->run(sql.toStdString());
    QVERIFY2(run, run ? "" : qPrintable(run.error().sentence));
}

void TestHostileStore::refusesWhatRunsByItself_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("named");
    const auto row = [](const char *name, const char *sql, const char *named) {
        QTest::newRow(name) << QString::fromLatin1(sql) << QString::fromLatin1(named);
    };
    // Without being refused these would stand before DuckDB's own functions, and hide what the analyst looks for.
    row("a macro instead of a function", "CREATE MACRO lower(x) AS 'nobody@example.com'", "lower");
    row("a macro instead of a table function", "CREATE MACRO duckdb_columns() AS TABLE SELECT 1", "duckdb_columns");
    row("a macro instead of what tells the name", "CREATE MACRO current_database() AS 'elsewhere'", "current_database");
    row("a view instead of events",
        "CREATE TABLE hidden AS FROM events; DROP TABLE events; CREATE VIEW events AS FROM hidden WHERE seq > 10",
        "events");
    row("a view beside them", "CREATE VIEW victims AS SELECT * FROM events", "victims");
    row("a schema", "CREATE SCHEMA other; CREATE TABLE other.events(seq BIGINT)", "other");
    row("a type", "CREATE TYPE mood AS ENUM ('good', 'bad')", "mood");
    row("a sequence", "CREATE SEQUENCE numbers", "numbers");
}

void TestHostileStore::refusesWhatRunsByItself()
{
    QFETCH(const QString, sql);
    QFETCH(const QString, named);
    Case made;
    make(made, sql);
    for (const bool readOnly : {false, true}) {
        const auto opened = readOnly ? store::openReadOnly(made.file()) : store::Store::open(made.file());
        QVERIFY2(!opened, "it was opened");
        QCOMPARE(opened.error().kind, ErrorKind::Refused);
        QVERIFY2(opened.error().sentence.contains(made.file()) && opened.error().sentence.contains(named),
            qPrintable(opened.error().sentence));
    }
}

void TestHostileStore::savesTheEventsOfWhatItRefuses_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("a macro") << QStringLiteral("CREATE MACRO greatest(a, b) AS 7");
    QTest::newRow("a view") << QStringLiteral("CREATE TABLE hidden AS FROM events; DROP TABLE events; "
                                              "CREATE VIEW events AS FROM hidden WHERE seq > 1000");
}

void TestHostileStore::savesTheEventsOfWhatItRefuses()
{
    QFETCH(const QString, sql);
    constexpr int count = 5000;
    Case made;
    made.open();
    made.append(events(1000, count));
    made.close();
    make(made, sql);
    const QString saved = made.folder() + QStringLiteral("/saved.duckdb");
    const auto report = store::recoverStore(made.file(), saved, {}, {});
    QVERIFY2(report, report ? "" : qPrintable(report.error().sentence));
    QVERIFY2(report->events > count * 8 / 10, qPrintable(QString::number(report->events)));
    const auto opened = must(store::Store::open(saved));
    QCOMPARE(must(get(opened->count({}))), report->events);
}

void TestHostileStore::survivesOtherTypes_data()
{
    QTest::addColumn<QString>("sql");
    const auto row = [](const char *sql) { QTest::newRow(sql) << QString::fromLatin1(sql); };
    // Read as a text, a number is an address of its author's choice.
    row("ALTER TABLE sources ALTER name TYPE HUGEINT USING 81985529216486895");
    row("ALTER TABLE documents ALTER body TYPE BIGINT USING 81985529216486895");
    row("ALTER TABLE alerts ALTER rule_title TYPE UUID USING uuid()");
    row("ALTER TABLE blocks ALTER data TYPE HUGEINT USING 81985529216486895");
    row("ALTER TABLE blocks ALTER part TYPE VARCHAR USING 'x'");
    row("ALTER TABLE events ALTER seq TYPE TINYINT");
    row("ALTER TABLE events ALTER \"actor.alternateId\" TYPE STRUCT(a BIGINT) USING {'a': 81985529216486895}");
    row("ALTER TABLE events ALTER target TYPE BIGINT USING 7");
    row("ALTER TABLE events ALTER target TYPE STRUCT(id VARCHAR)[] USING [{'id': 'x'}]");
    row("ALTER TABLE events ALTER published TYPE BOOLEAN USING true");
    row("ALTER TABLE events ALTER source TYPE BOOLEAN USING true");
    row("ALTER TABLE events ALTER \"debugData\" TYPE VARCHAR[] USING ['x']");
    row("ALTER TABLE meta ALTER \"key\" TYPE BLOB USING 'x'::BLOB");
    row("ALTER TABLE integrity ALTER chain TYPE BIGINT USING 81985529216486895");
    row("ALTER TABLE block_filters ALTER data TYPE BIGINT USING 81985529216486895");
    row("ALTER TABLE annotations ALTER note TYPE HUGEINT USING 81985529216486895");
    row("DROP TABLE annotations");
    row("DROP TABLE blocks");
    row("DROP TABLE sources");
}

void TestHostileStore::survivesOtherTypes()
{
    QFETCH(const QString, sql);
    Case made;
    made.open();
    made.append(events(0, 100));
    store::SourceConfig source;
    source.name = QStringLiteral("Okta");
    must(get(made.store().putSource(source)));
    store::Finding finding;
    finding.ruleId = QStringLiteral("rule");
    must(get(store::Alerts(made.shared()).commit({{finding}, 20, QStringLiteral("engine")})));
    must(get(store::Documents(made.shared())
                 .save({QStringLiteral("search"), QStringLiteral("1"), {}, QStringLiteral("Mine"), "{}", {}})));
    made.close();
    {
        auto database = store::duckdb::Database::open(made.file().toStdString(), {});
        QVERIFY(database);
        auto connection = database->connect();
        const event::Status run = connection->run(sql.toStdString());
        QVERIFY2(run, run ? "" : qPrintable(run.error().sentence));
    }
    const auto opened = store::Store::open(made.file());
    if (!opened) {
        QVERIFY(!opened.error().sentence.isEmpty());
        return;
    }
    // Whatever each of these says, the process lives.
    store::Store &store = **opened;
    std::vector<store::Seq> seqs;
    for (store::Seq seq = 1; seq <= 100; ++seq) {
        seqs.push_back(seq);
    }
    std::vector<std::string> paths{"source", "debugContext.debugData.risk", "target", "outcome.reason"};
    for (const event::Field &field : event::fields()) {
        paths.emplace_back(field.path);
    }
    (void)get(store.rows(seqs, paths));
    (void)get(store.event(5));
    (void)get(store.sources());
    (void)get(store.count({}));
    (void)searchAll(store, query("actor.alternateId sw \"a\" or target.id pr"));
    (void)searchAll(store, query("debugContext.debugData.risk co \"x\""));
    (void)get(store::Alerts(*opened).list({}));
    (void)get(store::Documents(*opened).list(QStringLiteral("search")));
    (void)get(store::Annotations(*opened).list());
    (void)store::Integrity(*opened).verify({}, {}, {});
    (void)get(store.append({1, events(100, 10), {}}));
}

void TestHostileStore::survivesBlocksThatLie_data()
{
    QTest::addColumn<QString>("sql");
    const auto row = [](const char *sql) { QTest::newRow(sql) << QString::fromLatin1(sql); };
    row("UPDATE blocks SET data = ''::BLOB");
    row("UPDATE blocks SET data = repeat('\\x00', 100)::BLOB");
    // A frame of zstd that says it has 4 GB.
    row("UPDATE blocks SET data = '\\x28\\xB5\\x2F\\xFD\\xA0\\xFF\\xFF\\xFF\\xFF\\x01\\x00\\x00'::BLOB");
    row("UPDATE blocks SET first_seq = -9223372036854775808");
    row("UPDATE blocks SET last_seq = 9223372036854775807");
    row("UPDATE blocks SET part = 2147483647");
    row("UPDATE blocks SET part = -1");
    row("INSERT INTO blocks SELECT first_seq, last_seq, 2147483647, data FROM blocks");
    row("INSERT INTO blocks FROM blocks");
    row("UPDATE events SET seq = 9223372036854775807");
    row("UPDATE events SET seq = -seq");
    row("UPDATE events SET source = -2147483648");
    row("UPDATE events SET published = TIMESTAMP 'infinity'");
    row("UPDATE events SET published = TIMESTAMP '-290000-01-01'");
    row("UPDATE meta SET \"value\" = '9223372036854775807' WHERE \"key\" = 'highest_seq'");
    row("UPDATE meta SET \"value\" = 'many' WHERE \"key\" = 'highest_seq'");
    row("UPDATE events SET \"actor.displayName\" = repeat('x', 20000000) WHERE seq = 5");
}

void TestHostileStore::survivesBlocksThatLie()
{
    QFETCH(const QString, sql);
    Case made;
    make(made, sql);
    const auto opened = store::Store::open(made.file());
    if (!opened) {
        QVERIFY(!opened.error().sentence.isEmpty());
        return;
    }
    store::Store &store = **opened;
    const SearchResult all = searchAll(store, query("eventType pr"));
    (void)get(store.rows(all.seqs, {"published", "actor.displayName", "debugContext.debugData.risk"}));
    (void)get(store.event(5));
    (void)searchAll(store, query("debugContext.debugData.nothing co \"x\""));
    const auto verified = store::Integrity(*opened).verify({}, {}, {});
    QVERIFY(!verified || !verified->isSound() || sql.contains(QStringLiteral("highest_seq"))
        || sql.contains(QStringLiteral("last_seq =")) || sql.contains(QStringLiteral("INSERT INTO blocks")));
    (void)get(store.append({1, events(100, 10), {}}));
}

void TestHostileStore::setsOfIdsAreNotTrusted()
{
    const std::vector<std::string_view> ids{"a", "bc", "def", "longer than a few letters"};
    const std::string packed = filter::packIds(ids);
    QVERIFY(filter::isInIds("bc", packed));
    QVERIFY(!filter::isInIds("nobody", packed));
    // Each end, each byte, and sets in which no slot is free.
    for (std::size_t size = 0; size < packed.size(); ++size) {
        (void)filter::isInIds("nobody", std::string_view(packed).substr(0, size));
    }
    for (std::size_t i = 0; i < packed.size(); ++i) {
        std::string changed = packed;
        changed[i] = static_cast<char>(~changed[i]);
        (void)filter::isInIds("nobody", changed);
        (void)filter::isInIds("bc", changed);
    }
    QVERIFY(!filter::isInIds("nobody", std::string("\x02\0\0\0", 4) + std::string(16, '\xff')));
    QVERIFY(!filter::isInIds("nobody", std::string("\x01\0\0\0", 4) + std::string(8, '\x01')));
}

QTEST_GUILESS_MAIN(TestHostileStore)
#include "tst_hostile_store.moc"
