// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/Timestamp.h"

#include <QTest>
#include <random>

using namespace octotrail::event;
using namespace std::chrono;

class TestTimestamp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatStoresWrite_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("utc");
        QTest::newRow("okta") << QByteArray("2024-08-13T15:58:20.353Z") << QByteArray("2024-08-13T15:58:20.353Z");
        QTest::newRow("no fraction") << QByteArray("2024-08-13T15:58:20Z") << QByteArray("2024-08-13T15:58:20.000Z");
        QTest::newRow("micros") << QByteArray("2024-08-13T15:58:20.353001Z")
                                << QByteArray("2024-08-13T15:58:20.353001Z");
        QTest::newRow("nanos are cut") << QByteArray("2024-05-02 18:46:21.121000999")
                                       << QByteArray("2024-05-02T18:46:21.121Z");
        QTest::newRow("space, no zone") << QByteArray("2022-06-22 18:18:29.015")
                                        << QByteArray("2022-06-22T18:18:29.015Z");
        QTest::newRow("east") << QByteArray("2024-01-01T00:30:00+01:00") << QByteArray("2023-12-31T23:30:00.000Z");
        QTest::newRow("west, no colon") << QByteArray("2024-02-28T23:30:00-0130")
                                        << QByteArray("2024-02-29T01:00:00.000Z");
        QTest::newRow("date") << QByteArray("2024-02-29") << QByteArray("2024-02-29T00:00:00.000Z");
        QTest::newRow("minutes") << QByteArray("2024-02-29T10:11Z") << QByteArray("2024-02-29T10:11:00.000Z");
        QTest::newRow("lower case") << QByteArray("2024-02-29t10:11:12z") << QByteArray("2024-02-29T10:11:12.000Z");
        QTest::newRow("leap second") << QByteArray("2016-12-31T23:59:60Z") << QByteArray("2017-01-01T00:00:00.000Z");
        QTest::newRow("before 1970") << QByteArray("1969-12-31T23:59:59.999Z")
                                     << QByteArray("1969-12-31T23:59:59.999Z");
    }
    void readsWhatStoresWrite()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, utc);
        const auto time = parseTimestamp(text.toStdString());
        QVERIFY(time);
        QCOMPARE(QByteArray::fromStdString(formatTimestamp(*time)), utc);
    }

    void refusesWhatIsNoTime_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"", "now", "2024", "2024-13-01", "2023-02-29", "2024-01-01T", "2024-01-01T24:00:00Z",
                 "2024-01-01T10:60:00Z", "2024-01-01T10:00:61Z", "2024-01-01T10:00:00.Z", "2024-01-01T10:00:00Zjunk",
                 "2024-01-01T10:00:00+25:00", "2024-01-01T10:00:00+0", " 2024-01-01", "-024-01-01", "1723564700",
                 "2024-1-1"}) {
            QTest::newRow(text) << QByteArray(text);
        }
    }
    void refusesWhatIsNoTime()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!parseTimestamp(text.toStdString()));
    }

    void writingAndReadingGiveTheSameMoment()
    {
        std::mt19937_64 random(7);
        std::uniform_int_distribution<std::int64_t> micros(-2'000'000'000'000'000, 4'000'000'000'000'000);
        for (int i = 0; i < 10'000; ++i) {
            const Timestamp time{microseconds{micros(random)}};
            const auto text = formatTimestamp(time);
            QCOMPARE(parseTimestamp(text), std::optional(time));
        }
    }

    void aRangeIncludesItsStartAlone()
    {
        const Timestamp noon = *parseTimestamp("2024-01-01T12:00:00Z");
        const TimeRange range{noon, noon + hours{1}};
        QVERIFY(range.contains(noon));
        QVERIFY(!range.contains(noon + hours{1}));
        QVERIFY(!range.contains(noon - microseconds{1}));
        QVERIFY(TimeRange{}.contains(noon));
    }
};

QTEST_GUILESS_MAIN(TestTimestamp)
#include "tst_timestamp.moc"
