// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"
#include "store/ChosenEvents.h"
#include "store/duckdb/Connection.h"
#include "store/duckdb/Database.h"

#include <QFile>
#include <QTest>
#include <algorithm>
#include <chrono>
#include <thread>

using namespace octotrail;
using namespace octotrail::store;
using namespace octotrail::test;

namespace {

/// More than are put in order at a time.
constexpr int numberOfEvents = 150'000;

const std::vector<std::string> fields{"seq", "uuid", "eventType", "target", "source"};

/// What a column of the file has, in its order, as another reader has it.
std::vector<std::string> columnOf(const QString &file, const std::string &expression)
{
    auto database = duckdb::Database::open({}, {});
    auto connection = database->connect();
    auto result = connection->query("SELECT (" + expression + ")::VARCHAR FROM read_parquet('" + file.toStdString()
        + "', file_row_number = true) ORDER BY file_row_number");
    if (!result) {
        return {"cannot be read: " + result.error().sentence.toStdString()};
    }
    std::vector<std::string> texts;
    must(result->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            texts.emplace_back(chunk.column(0).text(row));
        }
        return true;
    }));
    return texts;
}

std::vector<std::string> texts(const std::vector<Seq> &seqs)
{
    std::vector<std::string> texts;
    std::ranges::transform(seqs, std::back_inserter(texts), [](Seq seq) { return std::to_string(seq); });
    return texts;
}

} // namespace

/// Parquet files, read by other means.
class TestParquetExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_case.open();
        m_case.append(test::events(0, numberOfEvents));
        m_file = m_case.folder() + QStringLiteral("/its.parquet");
    }
    void cleanup() { QFile::remove(m_file); }

    void hasTheOrderThatWasAskedFor_data();
    void hasTheOrderThatWasAskedFor();
    void hasWhatIsChosen();
    void isCancelled();

private:
    Case m_case;
    QString m_file;
};

void TestParquetExport::hasTheOrderThatWasAskedFor_data()
{
    QTest::addColumn<QByteArray>("filter");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("descending");
    QTest::newRow("all, newest last") << QByteArray() << QByteArray("published") << false;
    QTest::newRow("all, newest first") << QByteArray() << QByteArray("published") << true;
    QTest::newRow("all, by actor") << QByteArray() << QByteArray("actor.alternateId") << true;
    QTest::newRow("many") << QByteArray(R"(outcome.result ne "DENY")") << QByteArray("published") << true;
    QTest::newRow("some") << QByteArray(R"(outcome.result eq "DENY")") << QByteArray("published") << false;
    QTest::newRow("by their bytes") << QByteArray(R"(unlisted.deep.thing eq "needle4")") << QByteArray("published")
                                    << true;
    QTest::newRow("none") << QByteArray(R"(outcome.result eq "none")") << QByteArray("published") << true;
}

void TestParquetExport::hasTheOrderThatWasAskedFor()
{
    QFETCH(QByteArray, filter);
    QFETCH(QByteArray, path);
    QFETCH(bool, descending);
    const EventQuery query = test::query(filter.constData(), path.constData(), descending);
    const SearchResult shown = searchAll(m_case.store(), query);
    QVERIFY(!shown.error);
    const std::int64_t written = must(m_case.store().exportParquet(query, m_file, fields, {}));
    QCOMPARE(written, static_cast<std::int64_t>(shown.seqs.size()));
    QVERIFY(columnOf(m_file, "seq") == texts(shown.seqs));
    const std::vector<std::string> uuids = columnOf(m_file, "uuid");
    for (std::size_t i = 0; i < shown.seqs.size(); ++i) {
        QCOMPARE(uuids[i], uuidOf(static_cast<int>(shown.seqs[i]) - 1));
    }
}

void TestParquetExport::hasWhatIsChosen()
{
    std::vector<Seq> chosen;
    for (Seq seq = numberOfEvents + 70'000; seq > 0; --seq) { // the first of them are not there
        chosen.push_back(seq);
    }
    const auto write = [&] { return must(ChosenEvents(m_case.store(), chosen).exportParquet(m_file, fields, {})); };
    QCOMPARE(write(), std::int64_t{numberOfEvents});
    QVERIFY(columnOf(m_file, "seq") == texts({chosen.begin() + 70'000, chosen.end()}));
    chosen.resize(70'000);
    QCOMPARE(write(), std::int64_t{0});
    QVERIFY(columnOf(m_file, "uuid").empty());
}

void TestParquetExport::isCancelled()
{
    // Whatever it is at just then: finding the events, putting them aside, reading or writing them.
    for (int milliseconds = 0; milliseconds <= 60; milliseconds += 4) {
        for (const char *path : {"published", "actor.alternateId"}) {
            std::stop_source stop;
            std::jthread soon([&stop, milliseconds] {
                std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
                stop.request_stop();
            });
            const auto written
                = m_case.store().exportParquet(test::query("", path, true), m_file, fields, stop.get_token());
            QVERIFY(!written);
            QVERIFY2(written.error().kind == event::ErrorKind::Cancelled, qPrintable(written.error().sentence));
            QVERIFY(!QFile::exists(m_file));
        }
    }
}

QTEST_GUILESS_MAIN(TestParquetExport)
#include "tst_parquet_export.moc"
