// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "CaseConnection.h"
#include "store/Search.h"
#include "store/SortKey.h"

#include <QSignalSpy>
#include <QTest>

using namespace octotrail;
using namespace octotrail::test;
using namespace Qt::StringLiterals;
using store::EventQuery;
using store::Seq;

namespace {

/// Numbers of each kind: few values, so that time decides among many events; none mostly; different ones; and times
/// that are none, or far from all others.
const std::string someEvents = R"(
INSERT INTO events(seq, source, published, uuid, severity, "securityContext.asNumber", "securityContext.isProxy",
    "client.geographicalContext.geolocation.lat", "client.geographicalContext.geolocation.lon")
SELECT i, 1 + i % 2, CASE WHEN i % 1000 = 7 THEN NULL WHEN i % 5000 = 8 THEN TIMESTAMP '2090-01-01' + to_seconds(i)
        ELSE TIMESTAMP '2026-01-01' + to_microseconds((hash(i * 3) % 400000000000)::BIGINT) END, md5(i::VARCHAR),
    CASE WHEN i % 300 = 0 THEN 'ERROR' WHEN i % 6 = 1 THEN 'WARN' ELSE 'INFO' END,
    CASE WHEN i % 3 > 0 THEN 1000 + i % 4 END, CASE WHEN i % 4 > 0 THEN i % 7 = 0 END,
    CASE WHEN i % 50 = 0 THEN (hash(i) % 180)::DOUBLE - 90 END, (hash(i * 5) % 3600000)::DOUBLE / 10000 - 180
FROM range(1, 100001) AS numbers(i))";

} // namespace

/// Sorted by a number, a screenful is told at once and the rest behind it, all in order.
class TestSortBound : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void isInOrder_data();
    void isInOrder();

private:
    Case m_case;
};

void TestSortBound::initTestCase()
{
    m_case.open();
    m_case.close();
    withConnection(m_case, [](store::duckdb::Connection &connection) { must(connection.run(someEvents)); });
}

void TestSortBound::isInOrder_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("condition");
    QTest::addColumn<bool>("descending");
    for (const char *path : {"securityContext.asNumber", "securityContext.isProxy",
             "client.geographicalContext.geolocation.lat", "client.geographicalContext.geolocation.lon"}) {
        for (const auto &[filter, condition] :
            {std::pair(u""_s, u"true"_s), {uR"(severity eq "WARN")"_s, u"severity = 'WARN'"_s},
                {uR"(severity eq "ERROR")"_s, u"severity = 'ERROR'"_s}, {uR"(severity eq "no")"_s, u"false"_s},
                {uR"(securityContext.asNumber gt 1002)"_s, uR"("securityContext.asNumber" > 1002)"_s}}) {
            for (const bool descending : {true, false}) {
                const QString name
                    = u"%1, %2, %3"_s.arg(QString::fromLatin1(path), condition, descending ? u"down"_s : u"up"_s);
                QTest::newRow(qPrintable(name)) << QString::fromLatin1(path) << filter << condition << descending;
            }
        }
    }
}

void TestSortBound::isInOrder()
{
    QFETCH(const QString, path);
    QFETCH(const QString, filter);
    QFETCH(const QString, condition);
    QFETCH(const bool, descending);
    m_case.close();
    std::vector<Seq> expected;
    withConnection(m_case, [&](store::duckdb::Connection &connection) {
        expected = seqs(connection,
            "SELECT seq FROM events WHERE " + condition.toStdString() + " ORDER BY "
                + store::orderBy(*store::sortKey(path.toStdString()), descending));
    });
    m_case.open();
    const EventQuery asked = query(qPrintable(filter), qPrintable(path), descending);
    std::vector<Seq> found;
    std::size_t first = 0;
    const auto search = m_case.store().search(asked);
    connect(search.get(), &store::Search::found, this, [&](const store::SeqsPtr &seqs) {
        found.insert(found.end(), seqs->begin(), seqs->end());
        first = first == 0 ? found.size() : first;
    });
    QSignalSpy finished(search.get(), &store::Search::finished);
    QVERIFY(finished.wait(60'000));
    QCOMPARE(found, expected);
    QCOMPARE(first, std::min<std::size_t>(expected.size(), 1000));
}

QTEST_GUILESS_MAIN(TestSortBound)
#include "tst_sort_bound.moc"
