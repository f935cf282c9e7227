// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"
#include "store/SqlConsole.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <QThread>
#include <algorithm>
#include <sched.h>

using namespace octotrail;
using namespace octotrail::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int eventCount = 3000;

} // namespace

/// The analyst's own SQL: what it answers, and what it must not do.
class TestSqlConsole : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void answers();
    void typesAreTold();
    void keepsTheOrder();
    void limitsAreSaid();
    void errorsHaveAPlace_data();
    void errorsHaveAPlace();
    void refuses_data();
    void refuses();
    void threadsAreBounded();
    void allows_data();
    void allows();
    void givesNamesForCompletion();
    void canBeCancelled();
    void outOfMemoryIsASentence();
    void goesOnWhileEventsCome();

private:
    event::Result<store::SqlTable> ask(const QString &sql, const store::SqlLimits &limits = {})
    {
        store::SqlConsole console(m_case.shared());
        return get(console.run(sql, limits));
    }

    Case m_case;
    QStringList m_before; ///< the files beside the store
};

void TestSqlConsole::initTestCase()
{
    m_case.open();
    m_case.append(events(0, eventCount));
    QFile secret(m_case.folder() + u"/secret.csv"_s);
    QVERIFY(secret.open(QIODevice::WriteOnly));
    secret.write("a,b\n1,2\n");
    secret.close();
    // The one folder whose files DuckDB may open, for exports.
    QVERIFY(QDir(m_case.folder()).mkdir(u"case.duckdb.export"_s));
    QVERIFY(QFile::copy(secret.fileName(), m_case.folder() + u"/case.duckdb.export/left.csv"_s));
}

void TestSqlConsole::answers()
{
    const auto table = must(ask(u"SELECT count(*) AS n, min(\"eventType\") FROM events"_s));
    QCOMPARE(table.columns.size(), std::size_t{2});
    QCOMPARE(table.columns[0].name, u"n"_s);
    QCOMPARE(table.rowCount(), 1);
    QCOMPARE(table.cell(0, 0), QString::number(eventCount));
    QVERIFY(!table.isCut);
    QCOMPARE(must(ask(u"SELECT 1 WHERE false"_s)).rowCount(), 0);
    // A comment at the end, a semicolon, names that occur twice, a text with a semicolon in it.
    const auto odd = must(ask(u"SELECT 1 AS a, 'x;y' AS a -- the end"_s));
    QCOMPARE(odd.cell(0, 1), u"x;y"_s);
    QCOMPARE(must(ask(u"SELECT 7;\n"_s)).cell(0, 0), u"7"_s);
    // NULL is no empty text.
    const auto nulls = must(ask(u"SELECT NULL, ''"_s));
    QVERIFY(nulls.cell(0, 0).isNull());
    QVERIFY(!nulls.cell(0, 1).isNull() && nulls.cell(0, 1).isEmpty());
}

void TestSqlConsole::typesAreTold()
{
    const auto table = must(ask(u"SELECT 1, 1.5, true, 'x', TIMESTAMP '2026-01-02 03:04:05', [1, 2], {'a': 'b'}, "
                                "target FROM events LIMIT 1"_s));
    using Kind = store::SqlColumn::Kind;
    const std::vector<Kind> kinds{
        Kind::Number, Kind::Number, Kind::Boolean, Kind::Text, Kind::Text, Kind::Json, Kind::Json, Kind::Json};
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        QCOMPARE(table.columns[i].kind, kinds[i]);
    }
    QCOMPARE(table.columns[4].type, u"TIMESTAMP"_s);
    QCOMPARE(table.cell(0, 5), u"[1,2]"_s);
    QCOMPARE(table.cell(0, 6), u"{\"a\":\"b\"}"_s);
}

void TestSqlConsole::keepsTheOrder()
{
    const auto table = must(ask(u"SELECT seq FROM events ORDER BY seq DESC"_s));
    QCOMPARE(table.rowCount(), eventCount);
    for (std::size_t row = 1; row < eventCount; ++row) {
        QVERIFY(table.cell(row - 1, 0).toLongLong() > table.cell(row, 0).toLongLong());
    }
}

void TestSqlConsole::limitsAreSaid()
{
    const auto cut = must(ask(u"SELECT seq FROM events"_s, {100}));
    QCOMPARE(cut.rowCount(), 100);
    QVERIFY(cut.isCut);
    const auto whole = must(ask(u"SELECT seq FROM events LIMIT 100"_s, {100}));
    QVERIFY(!whole.isCut);
    store::SqlLimits small;
    small.bytes = 10'000;
    small.cell = 50;
    const auto narrow = must(ask(u"SELECT repeat('x', 1000000) FROM events"_s, small));
    QVERIFY(narrow.isCut);
    QVERIFY(narrow.rowCount() > 10 && narrow.rowCount() < 200);
    QCOMPARE(narrow.cell(0, 0).size(), 51);
}

void TestSqlConsole::errorsHaveAPlace_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<int>("column");
    QTest::newRow("no column") << u"SELECT seq, nothing FROM events"_s << 13;
    QTest::newRow("on the third line") << u"SELECT seq\nFROM events\nWHERE nothing = 1"_s << 30;
    QTest::newRow("no table") << u"SELECT 1 FROM nowhere"_s << 15;
    QTest::newRow("syntax") << u"SELEC 1"_s << 1;
    QTest::newRow("syntax in the middle") << u"SELECT 1 FORM events x"_s << 15;
    QTest::newRow("far to the right") << QString(u"SELECT "_s + u"seq, "_s.repeated(80) + u"nothing FROM events"_s)
                                      << 408;
    QTest::newRow("behind other letters") << u"SELECT 'äöü', nothing FROM events"_s << 15;
    QTest::newRow("a forbidden function") << u"SELECT * FROM\nread_csv('x')"_s << 15;
    QTest::newRow("the function that events are stored with") << u"SELECT * FROM octotrail_chunk()"_s << 15;
}

void TestSqlConsole::errorsHaveAPlace()
{
    QFETCH(const QString, sql);
    const auto table = ask(sql);
    QVERIFY(!table);
    QCOMPARE(table.error().kind, event::ErrorKind::InvalidInput);
    QVERIFY2(!table.error().sentence.contains(u'\n') && table.error().sentence.size() > 10,
        qPrintable(table.error().sentence));
    QTEST(table.error().column, "column");
}

void TestSqlConsole::refuses_data()
{
    QTest::addColumn<QString>("sql");
    const QString folder = m_case.folder();
    const auto row = [](const QString &sql) { QTest::newRow(qPrintable(sql.left(70))) << sql; };
    // Changes.
    for (const char *sql : {"DELETE FROM events", "INSERT INTO meta VALUES ('a', 'b')", "DROP TABLE events",
             "UPDATE events SET source = 9", "CREATE TABLE t(a INTEGER)", "CREATE TEMP TABLE t AS SELECT 1",
             "CREATE MACRO f(x) AS x", "ALTER TABLE events ADD COLUMN x INTEGER", "TRUNCATE events",
             "WITH x AS (DELETE FROM events RETURNING *) SELECT * FROM x", "SELECT 1 INTO t", "VACUUM", "CHECKPOINT",
             "SELECT * FROM checkpoint()", "SELECT * FROM force_checkpoint('store')", "CALL checkpoint()", "BEGIN",
             "COMMIT", "ROLLBACK", "EXPLAIN ANALYZE DELETE FROM events", "PREPARE p AS DELETE FROM events", "EXECUTE p",
             "ANALYZE"}) {
        row(QString::fromLatin1(sql));
    }
    // Settings.
    for (const char *sql : {"SET threads = 100", "SET GLOBAL enable_external_access = true", "RESET threads",
             "SET memory_limit = '100GB'", "PRAGMA database_list", "PRAGMA threads=8", "PRAGMA enable_profiling",
             "USE memory", "SELECT * FROM pragma_database_list()", "SELECT * FROM pragma_storage_info('events')",
             "SELECT * FROM duckdb_settings()", "SELECT * FROM duckdb_secrets()", "SET VARIABLE a = 1",
             "SELECT * FROM enable_profiling()", "SELECT nextval('s')", "SELECT write_log('x')",
             "SELECT in_ids('x', '\\xAA'::BLOB)", "SELECT filter_denies(1, '\\xAA'::BLOB)",
             "SELECT time_bins(published, severity, '\\xAA'::BLOB) FROM events"}) {
        row(QString::fromLatin1(sql));
    }
    row(u"SELECT * FROM enable_logging('QueryLog', storage='file', storage_path='%1/log')"_s.arg(folder));
    // Extensions.
    for (const char *sql : {"INSTALL httpfs", "LOAD httpfs", "LOAD '/tmp/x.duckdb_extension'",
             "FORCE INSTALL spatial FROM community", "UPDATE EXTENSIONS"}) {
        row(QString::fromLatin1(sql));
    }
    // Files and the network.
    for (const QString &sql :
        {u"COPY events TO '%1/out.csv'"_s, u"COPY (SELECT 1) TO '%1/out.parquet' (FORMAT parquet)"_s,
            u"COPY events FROM '%1/secret.csv'"_s, u"ATTACH '%1/other.duckdb'"_s, u"ATTACH ':memory:' AS m"_s,
            u"DETACH store"_s, u"EXPORT DATABASE '%1/all'"_s, u"IMPORT DATABASE '%1/all'"_s,
            u"SELECT * FROM read_csv('%1/secret.csv')"_s, u"SELECT * FROM read_csv_auto('%1/secret.csv')"_s,
            u"SELECT * FROM READ_CSV('%1/secret.csv')"_s, u"SELECT * FROM \"read_csv\"('%1/secret.csv')"_s,
            u"SELECT * FROM main.read_csv('%1/secret.csv')"_s, u"SELECT * FROM read_text('%1/secret.csv')"_s,
            u"SELECT * FROM read_blob('%1/case.duckdb')"_s, u"SELECT * FROM read_json('%1/secret.csv')"_s,
            u"SELECT * FROM read_ndjson_objects('%1/secret.csv')"_s, u"SELECT * FROM parquet_metadata('%1/x')"_s,
            u"SELECT * FROM glob('%1/*')"_s, u"SELECT * FROM sniff_csv('%1/secret.csv')"_s,
            u"SELECT * FROM '%1/secret.csv'"_s, u"FROM '%1/secret.csv'"_s, u"SELECT * FROM \"%1/secret.csv\""_s,
            u"SELECT * FROM '%1/case.duckdb'"_s, u"SELECT * FROM \"%1/case.duckdb.export/left\".\"csv\""_s,
            u"SELECT * FROM \"%1/case\".\"duckdb.export/left\".\"csv\""_s, u"SELECT * FROM \"%1/case\".\"duckdb\""_s,
            u"SELECT * FROM \"secret\".\"csv\""_s,
            u"SELECT (SELECT max(a) FROM read_csv('%1/secret.csv')) FROM events"_s,
            u"SELECT 1 WHERE 1 IN (FROM read_csv('%1/secret.csv'))"_s,
            u"WITH x AS (SELECT * FROM read_csv('%1/secret.csv')) SELECT * FROM x"_s,
            u"SELECT * FROM events, LATERAL (SELECT * FROM read_csv('%1/secret.csv'))"_s,
            u"SELECT * FROM query('SELECT * FROM read_csv(''%1/secret.csv'')')"_s,
            u"SELECT * FROM query_table('%1/secret.csv')"_s,
            u"SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))"_s,
            u"DESCRIBE SELECT * FROM read_csv('%1/secret.csv')"_s,
            u"SUMMARIZE SELECT * FROM read_csv('%1/secret.csv')"_s, u"SELECT * FROM 'https://example.com/x.parquet'"_s,
            u"SELECT getenv('HOME')"_s, u"SELECT * FROM arrow_scan(1::POINTER, 2::POINTER, 3::POINTER)"_s,
            u"SELECT * FROM arrow_scan(1, 2, 3)"_s}) {
        row(sql.contains(u"%1"_s) ? sql.arg(folder) : sql);
    }
    // Several statements, and what is none.
    for (const QString &sql : {u"SELECT 1; SELECT 2"_s, u"SELECT 1; DROP TABLE events"_s,
             u"SELECT 1;;DELETE FROM events"_s, u"SELECT 1) TO '/tmp/x'; --"_s, u"1) AS a; DROP TABLE events; --"_s,
             u"SELECT 1 /* ; */ ; /**/ DELETE FROM events"_s, u""_s, u"  \n"_s, u";"_s, u"-- nothing"_s, u"hello"_s,
             u"SELECT ?"_s, u"SELECT $1"_s, QString(u"SELECT 1"_s + QChar(u'\0') + u"; DROP TABLE events"_s),
             QString(u"SELECT "_s + u"abs("_s.repeated(3000) + u"1"_s + u")"_s.repeated(3000)),
             QString(u"SELECT '"_s + u"x"_s.repeated(300000) + u"'"_s)}) {
        row(sql);
    }
}

void TestSqlConsole::refuses()
{
    QFETCH(const QString, sql);
    const QStringList files = QDir(m_case.folder()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    const auto table = ask(sql);
    QVERIFY2(!table, "it ran");
    QCOMPARE(table.error().kind, event::ErrorKind::InvalidInput);
    QVERIFY(table.error().sentence.size() > 10);
    // Nothing came of it, and the store goes on.
    QCOMPARE(QDir(m_case.folder()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), files);
    QCOMPARE(must(get(m_case.store().count({}))), eventCount);
}

void TestSqlConsole::threadsAreBounded()
{
    const QString asked = u"SELECT current_setting('threads')"_s;
    // A bulk load, as that of init, has one until the store rests.
    QTRY_COMPARE_WITH_TIMEOUT(must(ask(asked)).cell(0, 0).toInt(), std::min(QThread::idealThreadCount(), 8), 30'000);

    // A process that may use one processor only.
    cpu_set_t all;
    QCOMPARE(sched_getaffinity(0, sizeof all, &all), 0);
    int first = 0;
    while (!CPU_ISSET(first, &all)) {
        ++first;
    }
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    QCOMPARE(sched_setaffinity(0, sizeof one, &one), 0);
    Case confined;
    confined.open();
    QCOMPARE(sched_setaffinity(0, sizeof all, &all), 0);
    store::SqlConsole console(confined.shared());
    const auto threads = [&] { return must(get(console.run(asked, {}))).cell(0, 0).toInt(); };
    QCOMPARE(threads(), 1);
    confined.append(events(0, 2'000)); // a bulk load, and what ends it
    confined.append(events(2'000, 10));
    QCOMPARE(threads(), 1);
    for (const char *sql : {"SET threads = 100", "SET GLOBAL threads = 100", "RESET threads", "PRAGMA threads=8"}) {
        QVERIFY(!get(console.run(QString::fromLatin1(sql), {})));
        QCOMPARE(threads(), 1);
    }
}

void TestSqlConsole::allows_data()
{
    QTest::addColumn<QString>("sql");
    for (const char *sql : {"SELECT 1", "VALUES (1), (2)", "FROM events LIMIT 1", "TABLE sources",
             "WITH a AS (SELECT seq FROM events), b AS (SELECT * FROM a) SELECT count(*) FROM b",
             "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 10) SELECT * FROM r",
             "SELECT t.\"alternateId\" FROM events, unnest(target) AS u(t) LIMIT 3", "SELECT unnest([1, 2, 3])",
             "SELECT count(*) FROM main.events", "SELECT count(*) FROM store.main.events",
             "SELECT count(*) FROM store.events", "SELECT events.seq FROM events LIMIT 1", "SELECT * FROM range(5)",
             "SELECT \"debugData\"['risk'] FROM events LIMIT 1", "DESCRIBE events", "SUMMARIZE SELECT seq FROM events",
             "SELECT * FROM duckdb_columns() LIMIT 1", "SELECT * FROM information_schema.tables",
             "SELECT in_network('10.1.2.3', '10.0.0.0/8')", "SELECT 'read_csv(''x'')'",
             "SELECT seq, row_number() OVER (ORDER BY published) FROM events LIMIT 5",
             "SELECT date_trunc('hour', published) AS h, count(*) FROM events GROUP BY ALL ORDER BY h",
             "SELECT regexp_extract('a1', '[0-9]')", "SELECT 1 UNION SELECT 2 ORDER BY 1",
             "SELECT COLUMNS('.*Type') FROM events LIMIT 1", "SELECT * EXCLUDE (seq) FROM events LIMIT 1"}) {
        QTest::newRow(qPrintable(QString::fromLatin1(sql).left(70))) << QString::fromLatin1(sql);
    }
}

void TestSqlConsole::allows()
{
    QFETCH(const QString, sql);
    const auto table = ask(sql);
    QVERIFY2(table, table ? "" : qPrintable(table.error().sentence));
    QVERIFY(table->rowCount() > 0 || sql.contains(u"sources"_s));
}

void TestSqlConsole::givesNamesForCompletion()
{
    store::SqlConsole console(m_case.shared());
    const QStringList names = must(get(console.names()));
    QVERIFY(names.contains(u"events"_s));
    QVERIFY(names.contains(u"\"actor.alternateId\""_s));
    QVERIFY(names.contains(u"published"_s));
}

void TestSqlConsole::canBeCancelled()
{
    store::SqlConsole console(m_case.shared());
    const QString endless = u"SELECT count(*) FROM range(100000000) a, range(100000000) b, range(100000000) c "
                            "WHERE a.range * b.range + c.range = 7"_s;
    std::stop_source stop;
    const auto table = console.run(endless, {}, stop);
    stop.request_stop();
    QCOMPARE(get(table).error().kind, event::ErrorKind::Cancelled);
    // Closing the console stops what runs, too.
    QFuture<event::Result<store::SqlTable>> running;
    {
        store::SqlConsole closing(m_case.shared());
        running = closing.run(endless, {});
    }
    QCOMPARE(get(running).error().kind, event::ErrorKind::Cancelled);
    QCOMPARE(must(ask(u"SELECT 1"_s)).rowCount(), 1);
}

void TestSqlConsole::outOfMemoryIsASentence()
{
    // A list cannot be written aside.
    const auto table = ask(u"SELECT len(list(repeat('x', 100000) || i)) FROM range(1000000) t(i)"_s);
    QVERIFY(!table);
    QCOMPARE(table.error().kind, event::ErrorKind::OutOfMemory);
    QVERIFY2(table.error().sentence.contains(u"memory"_s), qPrintable(table.error().sentence));
    QCOMPARE(must(ask(u"SELECT 1"_s)).rowCount(), 1);
}

void TestSqlConsole::goesOnWhileEventsCome()
{
    store::SqlConsole console(m_case.shared());
    auto table = console.run(u"SELECT count(*) FROM events a, events b WHERE a.seq < b.seq"_s, {});
    m_case.append(events(eventCount, 100));
    QVERIFY(get(table));
    QCOMPARE(must(ask(u"SELECT count(*) FROM events"_s)).cell(0, 0), QString::number(eventCount + 100));
}

QTEST_GUILESS_MAIN(TestSqlConsole)
#include "tst_sql_console.moc"
