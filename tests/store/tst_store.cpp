// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"

#include <QSignalSpy>
#include <QTest>

using namespace octotrail;
using namespace octotrail::test;
using store::Seq;

class TestStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEveryEventOnceWithItsBytes();
    void leavesOutDuplicates();
    void loadsInBulk_data();
    void loadsInBulk();
    void givesSeqsThatGrowForever();
    void tellsWhatWasCommitted();
    void commitsTheCheckpointWithTheEvents();
};

void TestStore::keepsEveryEventOnceWithItsBytes()
{
    Case c;
    c.open();
    const store::CommitReport report = c.append(events(0, 3000));
    QCOMPARE(report.inserted, 3000);
    QCOMPARE(report.duplicates, 0);
    QCOMPARE(report.firstSeq, Seq{1});
    c.reopen();
    for (const int n : {0, 1, 255, 256, 511, 512, 999, 2047, 2048, 2999}) {
        const store::StoredEvent stored = must(get(c.store().event(n + 1)));
        QCOMPARE(stored.event.bytes(), eventJson(n));
        QCOMPARE(stored.source, 1);
    }
    QCOMPARE(get(c.store().event(3001)).error().kind, event::ErrorKind::NotFound);

    int next = 0;
    std::int64_t total = 0;
    store::EventQuery inArrival = query("", "published", false);
    std::vector<std::string> bytes(3000);
    const event::Status read = c.store().forEachEvent(
        inArrival, [&](std::int64_t n) { total = n; },
        [&](const store::StoredEvent &stored) {
            bytes[static_cast<std::size_t>(stored.seq - 1)] = stored.event.bytes();
            return ++next > 0;
        },
        {});
    QVERIFY(read);
    QCOMPARE(total, 3000);
    QCOMPARE(next, 3000);
    for (int n = 0; n < 3000; ++n) {
        QCOMPARE(bytes[static_cast<std::size_t>(n)], eventJson(n));
    }
}

void TestStore::leavesOutDuplicates()
{
    Case c;
    c.open();
    std::vector<event::LogEvent> twice = events(0, 100);
    const std::vector<event::LogEvent> again = events(50, 100);
    twice.insert(twice.end(), again.begin(), again.end());
    store::CommitReport report = c.append(twice);
    QCOMPARE(report.inserted, 150);
    QCOMPARE(report.duplicates, 50);
    report = c.append(events(100, 100));
    QCOMPARE(report.inserted, 50);
    QCOMPARE(report.duplicates, 50);
    c.reopen();
    report = c.append(events(0, 250), 2);
    QCOMPARE(report.inserted, 50);
    QCOMPARE(report.duplicates, 200);
    QCOMPARE(must(get(c.store().count({}))), 250);
}

void TestStore::loadsInBulk_data()
{
    QTest::addColumn<bool>("isWatched");
    QTest::newRow("while nobody watches") << false;
    QTest::newRow("while somebody watches") << true;
}

/// Batches that wait in a row share a transaction: each still has its own report, and none stores what another has.
void TestStore::loadsInBulk()
{
    QFETCH(bool, isWatched);
    Case c;
    c.open();
    c.append(events(3000, 100));
    std::vector<store::CommittedBatchPtr> batches;
    if (isWatched) {
        connect(&c.store(), &store::Store::committed, this,
            [&](const store::CommittedBatchPtr &batch) { batches.push_back(batch); });
    }
    std::vector<QFuture<event::Result<store::CommitReport>>> reports;
    const auto append = [&](int first, int count) {
        reports.push_back(c.store().append({1, events(first, count), {}}));
    };
    append(0, 2000);
    append(1000, 2000); // half of it is in the batch before
    append(2500, 1500); // some of it is in the one before, and some in the store
    append(3900, 300); // a page, which does not wait for more
    append(0, 4200); // nothing new
    const std::vector<std::int64_t> inserted{2000, 1000, 900, 200, 0};
    const std::vector<std::int64_t> duplicates{0, 1000, 600, 100, 4200};
    Seq next = 101;
    for (std::size_t i = 0; i < reports.size(); ++i) {
        const store::CommitReport report = must(get(reports[i]));
        QCOMPARE(report.inserted, inserted[i]);
        QCOMPARE(report.duplicates, duplicates[i]);
        QCOMPARE(report.firstSeq, next);
        next += report.inserted;
    }
    if (isWatched) {
        QTRY_COMPARE(batches.size(), std::size_t{4});
        QCOMPARE(batches[1]->firstSeq, Seq{2101});
        QCOMPARE(batches[1]->events.size(), std::size_t{1000});
        QCOMPARE(batches[1]->events.front().bytes(), eventJson(2000));
    }
    c.reopen();
    QCOMPARE(must(get(c.store().count({}))), 4200);
    QCOMPARE(must(get(c.store().event(101))).event.bytes(), eventJson(0));
    QCOMPARE(must(get(c.store().event(2101))).event.bytes(), eventJson(2000));
    QCOMPARE(must(get(c.store().event(4200))).event.bytes(), eventJson(4199));
}

void TestStore::givesSeqsThatGrowForever()
{
    Case c;
    c.open();
    c.append(events(0, 10), 1);
    c.append(events(10, 10), 2);
    QVERIFY(get(c.store().removeSource(2, true)));
    QCOMPARE(must(get(c.store().count({}))), 10);
    c.reopen();
    QCOMPARE(c.append(events(20, 1)).firstSeq, Seq{21});
}

void TestStore::tellsWhatWasCommitted()
{
    Case c;
    c.open();
    std::vector<store::CommittedBatchPtr> batches;
    connect(&c.store(), &store::Store::committed, this,
        [&](const store::CommittedBatchPtr &batch) { batches.push_back(batch); });
    c.append(events(0, 20));
    c.append(events(10, 20));
    c.append(events(0, 5));
    QTRY_COMPARE(batches.size(), std::size_t{2});
    QCOMPARE(batches[1]->firstSeq, Seq{21});
    QCOMPARE(batches[1]->events.size(), std::size_t{10});
    QCOMPARE(batches[1]->events.front().bytes(), eventJson(20));
    QCOMPARE(must(get(c.store().event(21))).event.bytes(), eventJson(20));
}

void TestStore::commitsTheCheckpointWithTheEvents()
{
    Case c;
    c.open();
    QVERIFY(!must(get(c.store().checkpoint(1, QStringLiteral("Okta.SystemLog")))));
    store::Checkpoint checkpoint;
    checkpoint.stream = QStringLiteral("Okta.SystemLog");
    checkpoint.nextLink = QStringLiteral("https://example.okta.com/api/v1/logs?after=1");
    checkpoint.queryHash = QStringLiteral("abc");
    checkpoint.newestPublished = publishedOf(9);
    c.append(events(0, 10), 1, checkpoint);
    checkpoint.nextLink += u'2';
    c.append({}, 1, checkpoint);
    c.reopen();
    const auto stored = must(get(c.store().checkpoint(1, QStringLiteral("Okta.SystemLog"))));
    QVERIFY(stored);
    QCOMPARE(stored->nextLink, checkpoint.nextLink);
    QCOMPARE(stored->queryHash, checkpoint.queryHash);
    QVERIFY(stored->newestPublished == checkpoint.newestPublished);
    QVERIFY(stored->updated);
    QVERIFY(!must(get(c.store().checkpoint(2, QStringLiteral("Okta.SystemLog")))));
}

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
