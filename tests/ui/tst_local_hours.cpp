// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/Matcher.h"
#include "ui/entities/Unusual.h"

#include <QTest>

using namespace octotrail;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

event::Timestamp time(const std::string &text)
{
    return *event::parseTimestamp(text);
}

TimeDisplay berlin()
{
    return TimeDisplay(QTimeZone("Europe/Berlin"));
}

bool matches(const QString &filter, const std::string &published)
{
    const auto expression = filter::parse(filter.toStdString());
    return expression
        && filter::Matcher(*expression)
               .matches(event::LogEvent::fromBytes(
                   R"({"uuid":"u","actor":{"alternateId":"ada"},"published":")" + published + R"("})"));
}

} // namespace

/// Hours and days of a zone whose clocks are put forward and back.
class LocalHoursTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offsetsAreThoseOfTheMoment();
    void clocksTellTheMoment();
    void ticksAreAtMidnight();
    void aFilterForAnHourOfTheWeek();
    void aFilterForUnusualHours();
};

void LocalHoursTest::offsetsAreThoseOfTheMoment()
{
    const event::ZoneOffsets zone = berlin().offsets();
    QVERIFY(zone.at(time("2026-07-01T00:00:00Z")) == 2h);
    QVERIFY(zone.at(time("2026-10-25T00:59:59Z")) == 2h);
    QVERIFY(zone.at(time("2026-10-25T01:00:00Z")) == 1h);
    QVERIFY(zone.at(time("1990-01-01T12:00:00Z")) == 1h);
    QVERIFY(TimeDisplay().offsets() == event::ZoneOffsets());
    QVERIFY(TimeDisplay(QTimeZone("Asia/Kolkata")).offsets().at(time("2026-07-01T00:00:00Z")) == 5h + 30min);
}

void LocalHoursTest::clocksTellTheMoment()
{
    const event::ZoneOffsets zone = berlin().offsets();
    const auto utc = [&](const std::string &local) { return event::formatTimestamp(zone.toUtc(time(local))); };
    QCOMPARE(utc("2026-07-01T09:00:00Z"), std::string("2026-07-01T07:00:00.000Z"));
    QCOMPARE(utc("2026-11-01T09:00:00Z"), std::string("2026-11-01T08:00:00.000Z"));
    QCOMPARE(utc("2026-10-25T02:30:00Z"), std::string("2026-10-25T00:30:00.000Z")); // there is twice
    QCOMPARE(utc("2026-03-29T02:30:00Z"), std::string("2026-03-29T01:00:00.000Z")); // there never is
    // Where they are put forward and back at midnight.
    const event::ZoneOffsets havana = TimeDisplay(QTimeZone("America/Havana")).offsets();
    QCOMPARE(
        event::formatTimestamp(havana.toUtc(time("2026-03-08T00:00:00Z"))), std::string("2026-03-08T05:00:00.000Z"));
    QCOMPARE(
        event::formatTimestamp(havana.toUtc(time("2026-03-09T00:00:00Z"))), std::string("2026-03-09T04:00:00.000Z"));
}

void LocalHoursTest::ticksAreAtMidnight()
{
    const auto found = ticks(time("2026-10-23T12:00:00Z"), time("2026-10-27T12:00:00Z"), 24h, berlin());
    QCOMPARE(found.size(), std::size_t{4});
    for (const event::Timestamp tick : found) {
        QVERIFY2(berlin().seconds(tick).endsWith(u"00:00:00"_s), qPrintable(berlin().seconds(tick)));
    }
    const auto hours = ticks(time("2026-10-24T22:00:00Z"), time("2026-10-25T23:00:00Z"), 6h, berlin());
    QCOMPARE(hours.size(), std::size_t{4});
    QCOMPARE(berlin().seconds(hours.back()), u"2026-10-25 18:00:00"_s);
}

void LocalHoursTest::aFilterForAnHourOfTheWeek()
{
    // Mondays at nine, before and after.
    const event::TimeRange range{time("2026-10-18T00:00:00Z"), time("2026-11-01T00:00:00Z")};
    const QString filter = hourFilter(range, 0, 9, berlin());
    QVERIFY(matches(filter, "2026-10-19T07:30:00Z") && !matches(filter, "2026-10-19T08:30:00Z"));
    QVERIFY(matches(filter, "2026-10-26T08:30:00Z") && !matches(filter, "2026-10-26T07:30:00Z"));
    // The hour that there is twice.
    const QString twice = hourFilter(range, 6, 2, berlin());
    QVERIFY(matches(twice, "2026-10-25T00:30:00Z") && matches(twice, "2026-10-25T01:30:00Z"));
    QVERIFY(!matches(twice, "2026-10-25T02:00:00Z"));
}

void LocalHoursTest::aFilterForUnusualHours()
{
    const event::TimeRange range{time("2026-10-24T00:00:00Z"), time("2026-10-28T00:00:00Z")};
    store::EntityData data;
    data.first = *range.since - std::chrono::days(60);
    data.before = 600;
    data.hoursBefore[0][9] = 600;
    data.inRange = 2;
    data.hours[6][3] = data.hours[0][3] = 1;
    const auto found = unusualOf(store::Entity::actor("ada"), data, range, berlin());
    QVERIFY(!found.empty());
    const Unusual &hours = found.back();
    QVERIFY2(hours.sentence.contains(u"03:00\u201304:00"_s), qPrintable(hours.sentence));
    QVERIFY2(matches(hours.filter, "2026-10-24T01:30:00Z"), qPrintable(hours.filter));
    QVERIFY(!matches(hours.filter, "2026-10-24T02:30:00Z"));
    QVERIFY(matches(hours.filter, "2026-10-26T02:30:00Z") && !matches(hours.filter, "2026-10-26T01:30:00Z"));
}

QTEST_GUILESS_MAIN(LocalHoursTest)
#include "tst_local_hours.moc"
