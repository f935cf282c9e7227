// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"
#include "store/Pivot.h"
#include "store/SqlConsole.h"
#include "store/duckdb/Database.h"

#include <QTest>

using namespace octotrail;
using namespace octotrail::test;
using namespace Qt::StringLiterals;

/// A store takes little memory, and more when it needs it.
class TestMemoryLimit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void searchesTakeWhatTheyNeed();
    void countsTakeWhatTheyNeed();
    void statementsTakeWhatTheyNeed();
    void isThatOfTheNeediest();
};

namespace {

/// The case's store again, with too little for anything.
std::shared_ptr<store::Store> openWithLittle(Case &of)
{
    of.close();
    store::Store::Options options;
    options.memoryLimitMegabytes = 4;
    return must(store::Store::open(of.file(), options));
}

} // namespace

void TestMemoryLimit::searchesTakeWhatTheyNeed()
{
    Case own;
    own.open();
    own.append(events(0, 40'000));
    store::EventQuery byUrl;
    byUrl.sortPath = "debugContext.debugData.url";
    const std::vector<store::Seq> expected = searchAll(own.store(), byUrl).seqs;
    const auto little = openWithLittle(own);
    const SearchResult found = searchAll(*little, byUrl);
    QVERIFY(!found.error);
    QCOMPARE(found.seqs, expected);
    QCOMPARE(found.total, static_cast<qint64>(expected.size()));
    QCOMPARE(found.starts, 1);
}

void TestMemoryLimit::countsTakeWhatTheyNeed()
{
    Case own;
    own.open();
    own.append(events(0, 40'000));
    store::PivotRequest request;
    request.groupBy = {"target", "debugContext.debugData.url"};
    request.distinctOf = "uuid";
    const auto expected = must(get(store::Pivot(own.store()).group(request)));
    const auto little = openWithLittle(own);
    const auto found = must(get(store::Pivot(*little).group(request)));
    QCOMPARE(found.groups, expected.groups);
    QCOMPARE(found.table.cells, expected.table.cells);
}

void TestMemoryLimit::statementsTakeWhatTheyNeed()
{
    Case own;
    own.open();
    store::SqlConsole console(own.shared());
    const auto limit
        = [&] { return must(get(console.run(u"SELECT current_setting('memory_limit')"_s, {}))).cell(0, 0); };
    const QString usual = limit();
    // A list cannot be written aside: more than the store takes by itself, less than there is.
    const auto table = must(get(console.run(
        u"SELECT len(list(repeat('x', 1000) || i)), current_setting('memory_limit') FROM range(400000) t(i)"_s, {})));
    QCOMPARE(table.cell(0, 0), u"400000"_s);
    QVERIFY(table.cell(0, 1) != usual);
    QCOMPARE(limit(), usual); // what one question took is not the next one's
}

void TestMemoryLimit::isThatOfTheNeediest()
{
    using namespace store::duckdb;
    const auto database = Database::open({}, {}, Database::Access::ReadWrite, 100);
    QVERIFY(database);
    auto one = database->connect();
    auto other = database->connect();
    const auto limit = [&] {
        return must(one->query("SELECT parse_formatted_bytes(current_setting('memory_limit'))::BIGINT")
                        .map([](QueryResult &&result) { return result.number(); }));
    };
    const auto usual = limit();
    {
        MemoryAllowance much(*one);
        must(much.set(400));
        const auto most = limit();
        QVERIFY(most > usual);
        {
            MemoryAllowance less(*other);
            must(less.set(200));
            QCOMPARE(limit(), most);
            must(much.set(0));
            QVERIFY(limit() > usual && limit() < most);
            must(much.set(400));
            // The one whose question was cancelled gives it back, too.
            std::stop_source stop;
            const Interrupter interrupter(*other, stop.get_token());
            must(less.set(800));
            QVERIFY(limit() > most);
            stop.request_stop();
            must(less.set(0));
            QCOMPARE(limit(), most);
        }
        must(one->memory().squeeze(*one, 50));
        QCOMPARE(limit(), most);
    }
    QCOMPARE(limit(), usual);
}

QTEST_GUILESS_MAIN(TestMemoryLimit)
#include "tst_memory_limit.moc"
