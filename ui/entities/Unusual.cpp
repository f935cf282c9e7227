// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/Unusual.h"

#include "ui/entities/EntityText.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <array>
#include <numeric>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::EntityAspect;

namespace {

constexpr std::size_t mostOfOneAspect = 3; ///< told one by one
constexpr std::int64_t enoughBefore = 50; ///< events before: fewer say nothing about hours
constexpr auto habit = std::chrono::days(7); ///< shorter ones are none
constexpr std::int64_t rarePart = 200; ///< an hour is rare if it has less than one of so many events
constexpr std::int64_t enoughFailures = 10;
constexpr int mostStretches = 60;
constexpr std::size_t mostParts = 4; ///< of the time, between clocks being put forward or back

QString text(const char *words)
{
    return QCoreApplication::translate("Entities", words);
}

QString events(std::int64_t count)
{
    return count == 1 ? text("1 event") : text("%1 events").arg(QLocale().toString(static_cast<qint64>(count)));
}

/// What a new value of an aspect is, with %1 for the value; empty for an aspect whose values come and go.
const char *newValueText(EntityAspect aspect)
{
    switch (aspect) {
    case EntityAspect::Country:
        return "From %1, a country not seen before";
    case EntityAspect::Network:
        return "Through %1, a network not seen before";
    case EntityAspect::Device:
        return "On %1, a device not seen before";
    case EntityAspect::Agent:
        return "With %1, a browser and system not seen before";
    case EntityAspect::App:
        return "In %1, an app not seen before";
    case EntityAspect::Actor:
        return "By %1, an actor not seen here before";
    default:
        return "";
    }
}

QString when(const store::EntityValue &value, const TimeDisplay &time)
{
    return value.first == value.last
        ? text("%1 at %2").arg(events(value.count), time.seconds(value.first))
        : text("%1 from %2 to %3").arg(events(value.count), time.seconds(value.first), time.seconds(value.last));
}

void addNewValues(
    std::vector<Unusual> &found, const QString &whose, const store::EntityFacet &facet, const TimeDisplay &time)
{
    std::size_t told = 0;
    for (const store::EntityValue &value : facet.fresh) {
        if (value.isBlank()) {
            continue;
        }
        if (told++ == mostOfOneAspect) {
            break;
        }
        // The texts of events are put in last: they may hold a %2.
        const QString sentence = u"%1: %2."_s.arg(
            text(newValueText(facet.aspect)).arg(aspectText(facet.aspect, value)), when(value, time));
        found.push_back({sentence, joinedFilters(whose, aspectFilter(facet.aspect, value))});
    }
    const auto blanks = static_cast<std::int64_t>(
        std::ranges::count_if(facet.fresh, [](const store::EntityValue &value) { return value.isBlank(); }));
    const std::int64_t rest = facet.freshCount - blanks - static_cast<std::int64_t>(mostOfOneAspect);
    if (rest > 0) {
        found.push_back(
            {text("%1: %2 more that were not seen before.").arg(aspectTitle(facet.aspect)).arg(rest), whose});
    }
}

/// "22:00-24:00, 03:00-04:00"
QString hoursText(const std::vector<int> &hours)
{
    QStringList stretches;
    for (std::size_t i = 0; i < hours.size();) {
        std::size_t end = i + 1;
        while (end < hours.size() && hours[end] == hours[end - 1] + 1) {
            ++end;
        }
        stretches
            << u"%1:00\u2013%2:00"_s.arg(hours[i], 2, 10, QChar(u'0')).arg(hours[end - 1] + 1, 2, 10, QChar(u'0'));
        i = end;
    }
    return stretches.join(u", "_s);
}

std::int64_t ofHour(const store::WeekHours &week, std::size_t hour)
{
    return std::accumulate(week.begin(), week.end(), std::int64_t{0},
        [hour](std::int64_t sum, const auto &day) { return sum + day.at(hour); });
}

QString publishedFilter(const char *operation, event::Timestamp t)
{
    return u"published %1 \"%2\""_s.arg(QLatin1String(operation), QString::fromStdString(event::formatTimestamp(t)));
}

/// A filter for these hours of the day in the range, of which the language knows those of UTC; empty if it cannot be
/// said, or not briefly.
QString hoursFilter(const std::vector<int> &hours, const event::TimeRange &range, const event::ZoneOffsets &zone)
{
    const event::Timestamp since = range.since.value_or(event::Timestamp());
    const event::Timestamp until = range.until.value_or(event::now());
    std::vector<event::ZoneOffsets::Change> parts{{since, zone.at(since)}};
    std::ranges::copy_if(zone.changes(), std::back_inserter(parts),
        [&](const auto &change) { return change.from > since && change.from < until; });
    if (parts.size() > mostParts) {
        return {};
    }
    QString filter;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        const auto ahead = std::chrono::floor<std::chrono::hours>(parts[part].offset);
        if (ahead != parts[part].offset) {
            return {};
        }
        QString ofPart;
        for (const int hour : hours) {
            const auto utc = ((hour - ahead.count()) % 24 + 24) % 24;
            ofPart += (ofPart.isEmpty() ? QString() : u" or "_s) + u"published.hour eq %1"_s.arg(utc);
        }
        if (part > 0) {
            ofPart = joinedFilters(publishedFilter("ge", parts[part].from), ofPart);
        }
        if (part + 1 < parts.size()) {
            ofPart = joinedFilters(ofPart, publishedFilter("lt", parts[part + 1].from));
        }
        filter += (filter.isEmpty() ? QString() : u" or "_s) + (parts.size() > 1 ? u'(' + ofPart + u')' : ofPart);
    }
    return filter;
}

void addHours(std::vector<Unusual> &found, const QString &whose, const store::EntityData &data,
    const event::TimeRange &range, const TimeDisplay &time)
{
    const std::vector<int> hours = rareHours(data, range);
    if (hours.empty()) {
        return;
    }
    std::int64_t count = 0;
    std::int64_t before = 0;
    for (const int hour : hours) {
        count += ofHour(data.hours, static_cast<std::size_t>(hour));
        before += ofHour(data.hoursBefore, static_cast<std::size_t>(hour));
    }
    found.push_back({text("Between %1 (%2): %3, of %4 before in these hours %5.")
                         .arg(hoursText(hours), time.zoneName(), events(count), events(data.before),
                             before == 0 ? text("none") : QLocale().toString(static_cast<qint64>(before))),
        joinedFilters(whose, hoursFilter(hours, range, time.offsets()))});
}

bool isFailure(const store::EntityValue &value)
{
    return !value.parts.empty() && (value.parts.front() == "FAILURE" || value.parts.front() == "DENY");
}

void addFailures(std::vector<Unusual> &found, const QString &whose, const store::EntityData &data)
{
    std::int64_t now = 0;
    std::int64_t before = 0;
    for (const store::EntityValue &value : data.facet(EntityAspect::Outcome).values) {
        if (isFailure(value)) {
            now += value.count;
            before += value.before;
        }
    }
    if (now < enoughFailures || data.before < enoughBefore || data.inRange == 0) {
        return;
    }
    const double part = double(now) / double(data.inRange);
    const double usual = double(before) / double(data.before);
    if (part < 0.1 || part < 3 * usual) {
        return;
    }
    const auto percent = [](double value) { return QLocale().toString(qRound(100 * value)) + u'%'; };
    found.push_back({text("%1 of the events failed or were denied (%2), before it was %3.")
                         .arg(percent(part), events(now), percent(usual)),
        joinedFilters(whose, u"outcome.result in (\"FAILURE\", \"DENY\")"_s)});
}

} // namespace

std::vector<int> rareHours(const store::EntityData &data, const event::TimeRange &range)
{
    std::vector<int> hours;
    if (data.before < enoughBefore || !range.since || !data.first || *range.since - *data.first < habit) {
        return hours;
    }
    for (std::size_t hour = 0; hour < 24; ++hour) {
        if (ofHour(data.hours, hour) > 0 && ofHour(data.hoursBefore, hour) * rarePart < data.before) {
            hours.push_back(static_cast<int>(hour));
        }
    }
    return hours;
}

std::vector<Unusual> unusualOf(
    const store::Entity &entity, const store::EntityData &data, const event::TimeRange &range, const TimeDisplay &time)
{
    std::vector<Unusual> found;
    if (data.before == 0 || data.inRange == 0) {
        return found;
    }
    const QString whose = QString::fromStdString(store::entityFilter(entity));
    const std::vector<EntityAspect> aspects = aspectsOf(entity.kind);
    addNewValues(found, whose, data.facet(EntityAspect::Country), time);
    addFailures(found, whose, data);
    for (const EntityAspect aspect :
        {EntityAspect::Actor, EntityAspect::Network, EntityAspect::Device, EntityAspect::App, EntityAspect::Agent}) {
        if (std::ranges::find(aspects, aspect) != aspects.end()) {
            addNewValues(found, whose, data.facet(aspect), time);
        }
    }
    addHours(found, whose, data, range, time);
    return found;
}

QString comparedWith(const store::EntityData &data, const event::TimeRange &range, const TimeDisplay &time)
{
    if (!range.since) {
        return text("There is nothing yet to compare with.");
    }
    if (data.before == 0) {
        return text("There are no events before %1 to compare with.").arg(time.seconds(*range.since));
    }
    return text("Compared with the %1 before %2.").arg(events(data.before), time.seconds(*range.since));
}

QString hourFilter(const event::TimeRange &range, int weekday, int hour, const TimeDisplay &time)
{
    if (!range.since || !range.until) {
        return {};
    }
    const event::ZoneOffsets zone = time.offsets();
    // The Monday before the time begins, in the zone: 1970-01-01 was a Thursday.
    const auto today = std::chrono::floor<std::chrono::days>(zone.toLocal(*range.since));
    const int day = static_cast<int>(((today.time_since_epoch().count() + 3) % 7 + 7) % 7);
    event::Timestamp local
        = event::Timestamp(today) - std::chrono::days(day) + std::chrono::days(weekday) + std::chrono::hours(hour);
    QString filter;
    int stretches = 0;
    for (;; local += std::chrono::days(7)) {
        const event::Timestamp begin = zone.toUtc(local);
        const event::Timestamp end = zone.toUtc(local + 1h);
        if (begin >= *range.until) {
            break;
        }
        if (end <= *range.since || begin == end) { // clocks are put past it
            continue;
        }
        if (++stretches > mostStretches) {
            return {};
        }
        filter += (filter.isEmpty() ? QString() : u" or "_s) + u'(' + publishedFilter("ge", begin) + u" and "_s
            + publishedFilter("lt", end) + u')';
    }
    return filter;
}

} // namespace octotrail::ui
