// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/SeqList.h"

#include <QRandomGenerator>
#include <QTest>
#include <limits>
#include <numeric>

using namespace octotrail;
using ui::InsertedRun;
using ui::SeqList;

namespace {

std::vector<store::Seq> count(store::Seq first, std::size_t n)
{
    std::vector<store::Seq> seqs(n);
    std::iota(seqs.begin(), seqs.end(), first);
    return seqs;
}

SeqList listOf(const std::vector<store::Seq> &seqs)
{
    SeqList list;
    list.append(std::make_shared<const std::vector<store::Seq>>(seqs));
    return list;
}

std::vector<store::Seq> all(const SeqList &list)
{
    return list.slice(0, list.size() - 1);
}

} // namespace

class SeqListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatIsInsertedAnywhere()
    {
        QRandomGenerator random(7);
        SeqList list;
        std::vector<store::Seq> expected;
        store::Seq next = 1;
        for (int step = 0; step < 300; ++step) {
            const auto row = static_cast<qint64>(random.bounded(static_cast<quint32>(expected.size() + 1)));
            const auto seqs = count(next, 1 + random.bounded(step % 10 == 0 ? 40'000 : 50));
            next += static_cast<store::Seq>(seqs.size());
            if (step % 7 == 0) {
                list.append(std::make_shared<const std::vector<store::Seq>>(seqs));
                expected.insert(expected.end(), seqs.begin(), seqs.end());
                continue;
            }
            list.insert(row, seqs);
            expected.insert(expected.begin() + row, seqs.begin(), seqs.end());
        }
        QCOMPARE(list.size(), static_cast<qint64>(expected.size()));
        QVERIFY(all(list) == expected);
        for (int probe = 0; probe < 1000; ++probe) {
            const auto row = random.bounded(static_cast<quint32>(expected.size()));
            QCOMPARE(list.at(row), expected[row]);
        }
    }

    void isNotChangedByWhatIsDoneToCopies()
    {
        const auto found = std::make_shared<const std::vector<store::Seq>>(count(1, 100'000));
        SeqList list;
        list.append(found);
        QCOMPARE(found.use_count(), 1); // it keeps them in less memory
        const SeqList copy = list;
        list.insert(50'000, count(200'000, 3));
        list.insert(0, count(300'000, 1));
        QVERIFY(all(copy) == *found);
        QCOMPARE(list.size(), copy.size() + 4);
        QCOMPARE(list.at(50'001), 200'000);
        QCOMPARE(list.slice(49'999, 50'005),
            (std::vector<store::Seq>{49'999, 50'000, 200'000, 200'001, 200'002, 50'001, 50'002}));
    }

    void takesSeqsThatAreFarApart()
    {
        constexpr store::Seq far = store::Seq{1} << 40;
        std::vector<store::Seq> expected = count(1, 20'000);
        for (const store::Seq seq :
            {far, far - 1, std::numeric_limits<store::Seq>::max(), std::numeric_limits<store::Seq>::min(),
                store::Seq{0}, store::Seq{1} << 32, (store::Seq{1} << 32) - 1}) {
            expected.insert(expected.begin() + std::ssize(expected) / 2, seq);
            SeqList list = listOf(expected);
            QVERIFY(all(list) == expected);
            list.insert(3, std::vector<store::Seq>{-5, far + 5});
            QCOMPARE(list.at(4), far + 5);
            for (const store::Seq kept : {seq, store::Seq{-5}, far + 5, store::Seq{7}, store::Seq{20'000}}) {
                const auto row = list.find(kept, 0, list.size());
                QVERIFY(row);
                QCOMPARE(list.at(*row), kept);
            }
            QCOMPARE(list.find(far + 6, 0, list.size()), std::nullopt);
            QCOMPARE(list.find(-6, 0, list.size()), std::nullopt);
        }
    }

    void slicesAreCutToWhatThereIs()
    {
        const SeqList list = listOf(count(10, 5));
        QCOMPARE(list.slice(-3, 1), (std::vector<store::Seq>{10, 11}));
        QCOMPARE(list.slice(3, 99), (std::vector<store::Seq>{13, 14}));
        QVERIFY(list.slice(5, 9).empty());
        QVERIFY(list.slice(3, 2).empty());
        QVERIFY(SeqList().slice(0, 10).empty());
    }

    void findsWithinItsLimit()
    {
        SeqList list = listOf(count(1, 100'000));
        for (const qint64 around : {-1, 0, 69'999, 70'001, 99'999, 5'000'000}) {
            QCOMPARE(list.find(70'000, around, 100'000), std::optional<qint64>(69'999));
            QCOMPARE(list.find(70'000, around, 69'999), std::nullopt);
            QCOMPARE(list.find(70'000, around, 70'000), std::optional<qint64>(69'999));
            QCOMPARE(list.find(1, around, 100'000), std::optional<qint64>(0));
            QCOMPARE(list.find(100'000, around, 100'000), std::optional<qint64>(99'999));
            QCOMPARE(list.find(200'000, around, 1'000'000), std::nullopt);
            QCOMPARE(SeqList().find(1, around, 10), std::nullopt);
        }
    }

    void findsAnywhereInTenMillion()
    {
        SeqList list;
        list.append(std::make_shared<const std::vector<store::Seq>>(count(1, 10'000'000)));
        list.insert(5'000'000, count(20'000'000, 3));
        QCOMPARE(list.find(9'900'000, 0, list.size()), std::optional<qint64>(9'900'002));
        QCOMPARE(list.find(9'900'000, 9'900'002, list.size()), std::optional<qint64>(9'900'002));
        QCOMPARE(list.find(20'000'001, 0, list.size()), std::optional<qint64>(5'000'001));
    }

    void insertionsBetweenListsRebuildTheLaterOne()
    {
        QRandomGenerator random(11);
        for (int round = 0; round < 40; ++round) {
            SeqList before = listOf(count(1, random.bounded(round % 4 == 0 ? 200'000 : 300)));
            SeqList after = before;
            store::Seq next = 1'000'000;
            for (int i = random.bounded(8); i > 0; --i) {
                const auto seqs = count(next, 1 + random.bounded(100));
                next += static_cast<store::Seq>(seqs.size());
                after.insert(random.bounded(static_cast<quint32>(after.size() + 1)), seqs);
            }
            const auto runs = insertionsBetween(before, after, 64);
            QVERIFY(runs);
            for (auto run = runs->rbegin(); run != runs->rend(); ++run) {
                before.insert(run->row, run->seqs);
            }
            QVERIFY(all(before) == all(after));
        }
    }

    void insertionsAreRefusedWhereTheyDoNotSuffice()
    {
        QVERIFY(!insertionsBetween(listOf({1, 2, 3}), listOf({1, 3}), 9)); // one went away
        QVERIFY(!insertionsBetween(listOf({1, 2, 3}), listOf({2, 1, 3, 4}), 9)); // two changed places
        QVERIFY(!insertionsBetween(listOf({1, 2, 3}), listOf({1, 2, 4}), 9)); // replaced
        QVERIFY(!insertionsBetween(listOf({1, 2, 3}), listOf({9, 1, 8, 2, 7, 3}), 2)); // too many
        QCOMPARE(insertionsBetween(listOf({1, 2, 3}), listOf({9, 1, 8, 2, 7, 3}), 3)->size(), 3U);
        QVERIFY(insertionsBetween(listOf({1, 2}), listOf({1, 2}), 1)->empty());
        const auto fromNothing = insertionsBetween(SeqList(), listOf({4, 5}), 1);
        QVERIFY(fromNothing == std::vector<InsertedRun>({{0, {4, 5}}}));
    }
};

QTEST_GUILESS_MAIN(SeqListTest)
#include "tst_seq_list.moc"
