// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Program.h"
#include "SampleEvents.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace octotrail::tests;
using namespace Qt::StringLiterals;

/// octotrail sql, as a script uses it.
class TestSqlCommand : public QObject
{
    Q_OBJECT

private:
    Outcome sql(const QString &query, const QStringList &more = {}, const QByteArray &input = {})
    {
        return run(QStringList{u"--store"_s, m_store, u"sql"_s, query} + more, input);
    }

    QTemporaryDir m_folder;
    QString m_store;

private Q_SLOTS:
    void initTestCase()
    {
        m_store = m_folder.filePath(u"case.duckdb"_s);
        QCOMPARE(run({u"--store"_s, m_store, u"import"_s, u"-"_s}, sampleLines(0, 500)).code, 0);
    }

    void filesArePrivate()
    {
        const auto permissions = QFileInfo(m_store).permissions();
        QVERIFY(!(permissions & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));
    }

    void formats()
    {
        const QString query
            = u"SELECT \"outcome.result\" AS result, count(*) AS n FROM events GROUP BY ALL ORDER BY n"_s;
        const Outcome csv = sql(query, {u"--format"_s, u"csv"_s});
        QCOMPARE(csv.code, 0);
        QCOMPARE(csv.err, QByteArray());
        QVERIFY(csv.out.startsWith("result,n\r\n"));
        const Outcome json = sql(query, {u"--format"_s, u"json"_s});
        const QJsonArray rows = QJsonDocument::fromJson(json.out).array();
        QVERIFY(!rows.isEmpty());
        QVERIFY(rows.first().toObject().value("n"_L1).isDouble());
        QCOMPARE(csv.out.count('\n'), rows.size() + 1);
        const Outcome table = sql(query);
        QCOMPARE(table.code, 0);
        QVERIFY(table.out.startsWith("result"));
        QCOMPARE(table.out.count('\n'), rows.size() + 1);
    }

    void jsonKeepsKinds()
    {
        const Outcome outcome = sql(u"SELECT 1 AS a, 2 AS a, true AS b, NULL AS c, [1, 2] AS d, '\"' AS e, "
                                    "'nan'::DOUBLE AS f"_s,
            {u"--format"_s, u"json"_s});
        QCOMPARE(outcome.out,
            QByteArray("[\n{\"a\":1,\"a_2\":2,\"b\":true,\"c\":null,\"d\":[1,2],\"e\":\"\\\"\",\"f\":\"nan\"}\n]\n"));
        QCOMPARE(sql(u"SELECT 1 WHERE false"_s, {u"--format"_s, u"json"_s}).out, QByteArray("[\n]\n"));
    }

    void csvGuardsAgainstFormulas()
    {
        QCOMPARE(sql(u"SELECT '=1+1' AS x, -5 AS y"_s, {u"--format"_s, u"csv"_s}).out,
            QByteArray("x,y\r\n\"'=1+1\",-5\r\n"));
    }

    void readsStandardInput()
    {
        QCOMPARE(sql(u"-"_s, {u"--format"_s, u"csv"_s}, "SELECT count(*) AS n\nFROM events").out,
            QByteArray("n\r\n500\r\n"));
    }

    void tableSaysWhatItLeavesOut()
    {
        const Outcome outcome = sql(u"SELECT * FROM range(10001)"_s);
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out.count('\n'), 10001);
        QVERIFY(outcome.err.contains("first 10000 rows"));
        QCOMPARE(sql(u"SELECT * FROM range(10001)"_s, {u"--format"_s, u"csv"_s}).out.count('\n'), 10002);
    }

    void mistakesExitWith2_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("column") << u"SELECT nothing FROM events"_s << QByteArray("Column 8: ");
        QTest::newRow("line") << u"SELECT seq\nFROM nowhere"_s << QByteArray("Line 2, column 6: ");
        QTest::newRow("file") << u"SELECT * FROM read_csv('/etc/passwd')"_s << QByteArray("read_csv() is not allowed");
        QTest::newRow("write") << u"DELETE FROM events"_s << QByteArray("Only a single SELECT");
        QTest::newRow("two") << u"SELECT 1; SELECT 2"_s << QByteArray("Only a single SELECT");
    }

    void mistakesExitWith2()
    {
        QFETCH(const QString, query);
        QFETCH(const QByteArray, message);
        const Outcome outcome = sql(query);
        QCOMPARE(outcome.code, 2);
        QCOMPARE(outcome.out, QByteArray());
        QVERIFY2(outcome.err.contains(message), outcome.err.constData());
    }

    void usage()
    {
        QCOMPARE(sql(u"SELECT 1"_s, {u"--format"_s, u"xml"_s}).code, 2);
        QCOMPARE(run({u"--store"_s, m_folder.filePath(u"none.duckdb"_s), u"sql"_s, u"SELECT 1"_s}).code, 1);
    }

    void ctrlCEndsIt()
    {
        const auto process = start({u"--store"_s, m_store, u"sql"_s,
            u"SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range * b.range = 7"_s});
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(m_store) && process->state() == QProcess::Running, 30000);
        process->terminate();
        const Outcome outcome = finish(*process);
        QVERIFY(outcome.code != 0);
    }
};

QTEST_GUILESS_MAIN(TestSqlCommand)
#include "tst_sql_command.moc"
