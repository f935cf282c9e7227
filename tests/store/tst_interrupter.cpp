// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/duckdb/Database.h"

#include <QRandomGenerator>
#include <QTest>
#include <atomic>
#include <optional>
#include <thread>

using namespace octotrail;
using event::ErrorKind;
using store::duckdb::Connection;
using store::duckdb::Interrupter;

namespace {

/// Takes longer than any test may.
const std::string endless = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range + b.range < 0";

ErrorKind kindOf(const event::Status &status)
{
    return status ? ErrorKind::Internal : status.error().kind;
}

template <class T>
ErrorKind kindOf(const event::Result<T> &result)
{
    return result ? ErrorKind::Internal : result.error().kind;
}

} // namespace

/// Stops of a connection's queries, whenever they come.
class TestInterrupter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        auto database = store::duckdb::Database::open({}, {});
        QVERIFY(database);
        auto connection = database->connect();
        QVERIFY(connection);
        m_connection.emplace(std::move(*connection));
    }

    void stopsWhatFollows();
    void stopsAPreparedStatement();
    void stopsTheLaterOfTwoStatements();
    void endsATransactionAllTheSame();
    void servesTheNextJob();
    void isNotLostWheneverItComes_data();
    void isNotLostWheneverItComes();

private:
    std::optional<Connection> m_connection;
};

void TestInterrupter::stopsWhatFollows()
{
    std::stop_source stop;
    const Interrupter interrupter(*m_connection, stop.get_token());
    QVERIFY(m_connection->run("CREATE TABLE t AS SELECT 1 AS a"));
    QVERIFY(m_connection->query("SELECT * FROM t"));
    stop.request_stop(); // nothing runs just now
    QCOMPARE(kindOf(m_connection->query(endless)), ErrorKind::Cancelled);
    QCOMPARE(kindOf(m_connection->stream(endless)), ErrorKind::Cancelled);
    QCOMPARE(kindOf(m_connection->run(endless)), ErrorKind::Cancelled);
    QCOMPARE(kindOf(m_connection->run("DROP TABLE t")), ErrorKind::Cancelled);
}

void TestInterrupter::stopsAPreparedStatement()
{
    std::stop_source stop;
    const Interrupter interrupter(*m_connection, stop.get_token());
    auto statement = m_connection->prepare(endless);
    QVERIFY(statement);
    stop.request_stop();
    QCOMPARE(kindOf(statement->execute()), ErrorKind::Cancelled);
}

void TestInterrupter::stopsTheLaterOfTwoStatements()
{
    std::stop_source stop;
    const Interrupter interrupter(*m_connection, stop.get_token());
    std::jthread other([&] {
        // Somewhere in the second one, or before it.
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        stop.request_stop();
    });
    QCOMPARE(kindOf(m_connection->run("CREATE TABLE t AS SELECT 1 AS a; CREATE TABLE u AS " + endless)),
        ErrorKind::Cancelled);
}

void TestInterrupter::endsATransactionAllTheSame()
{
    QVERIFY(m_connection->run("CREATE TABLE t(a INTEGER)"));
    {
        std::stop_source stop;
        const Interrupter interrupter(*m_connection, stop.get_token());
        auto transaction = store::duckdb::Transaction::begin(*m_connection);
        QVERIFY(transaction);
        QVERIFY(m_connection->run("INSERT INTO t VALUES (1)"));
        stop.request_stop();
        QCOMPARE(kindOf(transaction->commit()), ErrorKind::Cancelled);
    }
    {
        std::stop_source stop;
        const Interrupter interrupter(*m_connection, stop.get_token());
        const auto transaction = store::duckdb::Transaction::begin(*m_connection);
        QVERIFY(transaction);
        QVERIFY(m_connection->run("INSERT INTO t VALUES (2)"));
        stop.request_stop();
    }
    auto transaction = store::duckdb::Transaction::begin(*m_connection);
    QVERIFY(transaction);
    auto rows = m_connection->query("SELECT count(*) FROM t");
    QVERIFY(rows);
    QCOMPARE(rows->next()->column(0).bigint(0), 0);
}

void TestInterrupter::servesTheNextJob()
{
    {
        std::stop_source stop;
        stop.request_stop();
        const Interrupter interrupter(*m_connection, stop.get_token());
        QCOMPARE(kindOf(m_connection->query("SELECT 1")), ErrorKind::Cancelled);
    }
    QVERIFY(m_connection->query("SELECT 1"));
    QVERIFY(m_connection->run("CREATE TABLE t(a INTEGER); INSERT INTO t VALUES (1)"));
}

void TestInterrupter::isNotLostWheneverItComes_data()
{
    QTest::addColumn<QString>("way");
    QTest::newRow("query") << QStringLiteral("query");
    QTest::newRow("stream") << QStringLiteral("stream");
    QTest::newRow("run") << QStringLiteral("run");
}

/// A stop at moments spread over the short time in which one statement ends and the next, an endless one, begins.
void TestInterrupter::isNotLostWheneverItComes()
{
    QFETCH(QString, way);
    QRandomGenerator random(7);
    for (int round = 0; round < 150; ++round) {
        std::stop_source stop;
        const Interrupter interrupter(*m_connection, stop.get_token());
        std::atomic<bool> begun = false;
        std::jthread other([&, spins = random.bounded(20'000)] {
            while (!begun) { }
            for (std::atomic<int> i = 0; i < spins; ++i) { }
            stop.request_stop();
        });
        begun = true;
        (void)m_connection->query("SELECT 1");
        if (way == QStringLiteral("run")) {
            QCOMPARE(kindOf(m_connection->run(endless)), ErrorKind::Cancelled);
        } else if (way == QStringLiteral("query")) {
            QCOMPARE(kindOf(m_connection->query(endless)), ErrorKind::Cancelled);
        } else if (auto result = m_connection->stream(endless)) {
            QCOMPARE(kindOf(result->forEach([](const auto &) { return true; })), ErrorKind::Cancelled);
        } else {
            QCOMPARE(result.error().kind, ErrorKind::Cancelled);
        }
    }
}

QTEST_GUILESS_MAIN(TestInterrupter)
#include "tst_interrupter.moc"
