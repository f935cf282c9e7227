// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"
#include "store/Pivot.h"
#include "store/SqlConsole.h"

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
    const auto table
        = must(get(console.run(u"SELECT len(list(repeat('x', 1000) || i)) FROM range(400000) t(i)"_s, {})));
    QCOMPARE(table.cell(0, 0), u"400000"_s);
    QString now = limit();
    QVERIFY(now != usual);
    for (int i = 0; i < 5 && now != usual; ++i) {
        QTest::qWait(6000); // the store rests some seconds after the last question
        now = limit();
    }
    QCOMPARE(now, usual);
}

QTEST_GUILESS_MAIN(TestMemoryLimit)
#include "tst_memory_limit.moc"
