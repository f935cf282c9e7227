// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Collection.h"
#include "collect/RetentionKeeper.h"

#include <QSignalSpy>
#include <QTest>

using namespace octotrail;
using namespace octotrail::collect;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What policies do not keep goes by itself, but only if it is old by more clocks than one.
class TestRetentionKeeper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsOldGoes_data();
    void whatIsOldGoes();
};

void TestRetentionKeeper::whatIsOldGoes_data()
{
    QTest::addColumn<int>("behind"); // days of Okta's clock
    QTest::addColumn<int>("left");
    QTest::newRow("no other clock") << -1 << 1;
    QTest::newRow("clocks in step") << 0 << 1;
    QTest::newRow("this computer's is ahead") << 26 << 2;
}

void TestRetentionKeeper::whatIsOldGoes()
{
    QFETCH(int, behind);
    QFETCH(int, left);
    const QTemporaryDir folder;
    const auto opened = store::Store::open(folder.filePath(u"case.duckdb"_s));
    QVERIFY(opened);
    const std::shared_ptr<store::Store> &store = *opened;
    store::EventBatch batch;
    batch.source = 1;
    event::EventReader reader;
    for (const int age : {70, 40, 20}) {
        const std::string time = event::formatTimestamp(event::now() - age * 24h);
        batch.events.push_back(reader.read(
            R"({"uuid":"u)" + std::to_string(age) + R"(","published":")" + time + R"(","eventType":"a.b.c"})"));
    }
    QVERIFY(store->append(std::move(batch)).result());
    QVERIFY(store::Retention(store).setPolicy(1, {30, 0}).result());

    RetentionKeeper keeper(store);
    if (behind >= 0) {
        keeper.setClock([behind] { return event::now() - behind * 24h; });
    }
    // Which side of a comparison asks its clock first is not said.
    const event::Timestamp now = keeper.now();
    QVERIFY(now <= event::now());
    QVERIFY(behind <= 0 || now <= event::now() - behind * 24h);
    const QSignalSpy purged(&keeper, &RetentionKeeper::purged);
    const QSignalSpy failed(&keeper, &RetentionKeeper::failed);
    QSignalSpy finished(&keeper, &RetentionKeeper::finished);
    keeper.purge();
    QVERIFY(finished.wait(60'000));
    QCOMPARE(purged.size(), 1);
    QCOMPARE(purged.front().front().value<store::PurgeReport>().events, 3 - left);
    QCOMPARE(store->count({}).result().value(), left);
    QCOMPARE(failed.size(), 0);
}

QTEST_GUILESS_MAIN(TestRetentionKeeper)
#include "tst_retention_keeper.moc"
