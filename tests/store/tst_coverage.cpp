// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "store/Coverage.h"

#include <QTest>

using namespace octotrail;
using namespace octotrail::store;
using namespace octotrail::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using event::TimeRange;
using event::Timestamp;

namespace {

const Timestamp day = std::chrono::sys_days{std::chrono::year{2026} / 11 / 1};

TimeRange hours(int from, int to)
{
    return {day + std::chrono::hours(from), day + std::chrono::hours(to)};
}

CoverageGoal goal(int since, int live, const QString &query = u"q"_s)
{
    return {day + std::chrono::hours(since), day + std::chrono::hours(live), query, false, {}};
}

} // namespace

class TestCoverage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sets();
    void setsAgainstAReference();
    void ledgerIsCommittedWithTheEvents();
    void gapsByKind();
    void wishes();
    void anotherQueryForgets();
    void removedWithTheSource();
};

void TestCoverage::sets()
{
    RangeSet set;
    set.add(hours(1, 2));
    set.add(hours(4, 5));
    set.add(hours(2, 3)); // touches
    set.add(hours(7, 7)); // empty
    QCOMPARE(set, RangeSet({hours(1, 3), hours(4, 5)}));
    set.add(hours(0, 10));
    QCOMPARE(set, RangeSet({hours(0, 10)}));
    set.subtract(hours(3, 4));
    set.subtract({day + 9h, std::nullopt});
    QCOMPARE(set, RangeSet({hours(0, 3), hours(4, 9)}));
    QCOMPARE(set.intersected(hours(2, 5)), RangeSet({hours(2, 3), hours(4, 5)}));
    QCOMPARE(set.intersected(RangeSet({hours(1, 2), hours(8, 12)})), RangeSet({hours(1, 2), hours(8, 9)}));
    set.subtract(RangeSet({hours(0, 12)}));
    QVERIFY(set.isEmpty());
}

/// A day as 24 marks.
void TestCoverage::setsAgainstAReference()
{
    quint32 state = 1;
    const auto random = [&state](quint32 limit) {
        state = state * 1664525 + 1013904223;
        return static_cast<int>((state >> 8) % limit);
    };
    for (int round = 0; round < 300; ++round) {
        RangeSet set;
        std::array<bool, 24> marks{};
        for (int step = 0; step < 12; ++step) {
            const int from = random(24);
            const int to = from + random(static_cast<quint32>(25 - from));
            const bool isAdded = random(2) == 0;
            isAdded ? set.add(hours(from, to)) : set.subtract(hours(from, to));
            std::fill(marks.begin() + from, marks.begin() + to, isAdded);
        }
        for (int hour = 0; hour < 24; ++hour) {
            const Timestamp moment = day + std::chrono::hours(hour) + 30min;
            const bool isIn
                = std::ranges::any_of(set.ranges(), [&](const TimeRange &range) { return range.contains(moment); });
            QCOMPARE(isIn, marks[static_cast<std::size_t>(hour)]);
        }
        for (std::size_t i = 1; i < set.ranges().size(); ++i) {
            QVERIFY(set.ranges()[i - 1].until < set.ranges()[i].since);
        }
    }
}

void TestCoverage::ledgerIsCommittedWithTheEvents()
{
    Case file;
    file.open();
    Coverage coverage(file.store());
    QVERIFY(coverage.begin(1, {u"Okta.SystemLog"_s, u"link"_s, u"q"_s, {}, {}}, goal(0, 20)).result());
    EventBatch batch;
    batch.source = 1;
    batch.covered = {hours(20, 21)};
    QVERIFY(file.store().append(batch).result()); // no events: nothing happened
    batch.covered = {hours(18, 20), hours(2, 3)};
    QVERIFY(file.store().append(batch).result());
    EventBatch other;
    other.source = 2;
    other.covered = {hours(0, 24)};
    QVERIFY(file.store().append(other).result());
    QCOMPARE(coverage.standing(1).result()->covered, RangeSet({hours(2, 3), hours(18, 21)}));
    file.reopen();
    Coverage again(file.store());
    const auto standing = again.standing(1).result();
    QCOMPARE(standing->covered, RangeSet({hours(2, 3), hours(18, 21)}));
    QCOMPARE(standing->goal, goal(0, 20));
    QCOMPARE(file.store().checkpoint(1, u"Okta.SystemLog"_s).result().value()->nextLink, u"link"_s);
    QVERIFY(!again.standing(3).result()->goal);
}

void TestCoverage::gapsByKind()
{
    Coverage::Standing standing;
    const Timestamp now = day + 24h;
    QVERIFY(Coverage::gapsOf(1, standing, now).empty()); // never collected
    standing.goal = goal(-24 * 100, 20);
    standing.covered = RangeSet({hours(-24 * 80, 5), hours(8, 12), hours(14, 22)});
    standing.skipped = RangeSet({hours(6, 13)});
    const auto gaps = Coverage::gapsOf(1, standing, now);
    const std::vector<Gap> expected{
        {1, hours(-24 * 100, -24 * 89), Gap::Kind::Expired},
        {1, hours(-24 * 89, -24 * 80), Gap::Kind::Open},
        {1, hours(5, 6), Gap::Kind::Open},
        {1, hours(6, 8), Gap::Kind::Skipped},
        {1, hours(12, 13), Gap::Kind::Skipped},
        {1, hours(13, 14), Gap::Kind::Open},
        {1, hours(22, 24), Gap::Kind::Pending},
    };
    QCOMPARE(gaps.size(), expected.size());
    for (std::size_t i = 0; i < gaps.size(); ++i) {
        QVERIFY2(gaps[i] == expected[i], qPrintable(QString::number(i)));
    }
    // What the live poll is about to read is none.
    QCOMPARE(Coverage::gapsOf(1, standing, day + 22h + 10min).back().kind, Gap::Kind::Open);
}

void TestCoverage::wishes()
{
    Case file;
    file.open();
    Coverage coverage(file.store());
    QVERIFY(coverage.begin(1, {u"Okta.SystemLog"_s, {}, {}, {}, {}}, goal(10, 20)).result());
    QVERIFY(coverage.skip(1, hours(12, 15)).result());
    QVERIFY(coverage.skip(1, hours(15, 18)).result());
    QVERIFY(coverage.want(1, hours(5, 13)).result());
    QVERIFY(coverage.setPaused(1, true).result());
    QVERIFY(coverage.setReconciled(1, day).result());
    const auto standing = coverage.standing(1).result();
    QCOMPARE(standing->skipped, RangeSet({hours(13, 18)}));
    QCOMPARE(standing->goal->since, hours(5, 6).since);
    QVERIFY(standing->goal->paused);
    QCOMPARE(standing->goal->reconciled, day);
    QVERIFY(coverage.want(1, {}).result());
    QVERIFY(coverage.standing(1).result()->skipped.isEmpty());
    QCOMPARE(coverage.standing(1).result()->goal->since, hours(5, 6).since);
    QVERIFY(coverage.setPaused(9, true).result()); // of no such source
    QVERIFY(!coverage.standing(9).result()->goal);
    QCOMPARE(coverage.gaps(0, day + 24h).result()->size(), std::size_t{2});
}

void TestCoverage::anotherQueryForgets()
{
    Case file;
    file.open();
    Coverage coverage(file.store());
    const Checkpoint checkpoint{u"Okta.SystemLog"_s, {}, {}, {}, {}};
    QVERIFY(coverage.begin(1, checkpoint, goal(0, 20)).result());
    EventBatch batch;
    batch.source = 1;
    batch.covered = {hours(0, 22)};
    QVERIFY(file.store().append(batch).result());
    QVERIFY(coverage.begin(1, checkpoint, goal(0, 23), day + 20h).result());
    QCOMPARE(coverage.standing(1).result()->covered, RangeSet({hours(0, 20)}));
    QVERIFY(coverage.begin(1, checkpoint, goal(0, 23, u"another"_s)).result());
    QVERIFY(coverage.standing(1).result()->covered.isEmpty());
}

void TestCoverage::removedWithTheSource()
{
    Case file;
    file.open();
    SourceConfig source;
    source.name = u"Acme"_s;
    const auto id = file.store().putSource(source).result()->id;
    Coverage coverage(file.store());
    QVERIFY(coverage.begin(id, {u"Okta.SystemLog"_s, {}, {}, {}, {}}, goal(0, 20)).result());
    QVERIFY(!coverage.gaps(0, day + 24h).result()->empty());
    QVERIFY(file.store().removeSource(id, false).result());
    QVERIFY(coverage.gaps(0, day + 24h).result()->empty());
    QVERIFY(!coverage.standing(id).result()->goal);
}

QTEST_GUILESS_MAIN(TestCoverage)
#include "tst_coverage.moc"
