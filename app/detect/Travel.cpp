// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/Travel.h"

#include "filter/Numbers.h"

#include <QByteArray>
#include <QDataStream>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace octotrail::detect {

namespace {

constexpr std::size_t maxStops = 200;

/// A field's number, which has a column of its own.
std::optional<double> numberOf(const event::LogEvent &event, std::string_view path)
{
    static constexpr std::string_view prefix = "client.geographicalContext.geolocation.";
    const auto id = event::fieldByPath(std::string(prefix) + std::string(path));
    const auto text = id ? event.text(*id) : std::nullopt;
    return text ? filter::looseNumber(*text) : std::nullopt;
}

std::string placeOf(const event::LogEvent &event)
{
    std::string place(event.text(event::field::ClientCity).value_or(std::string_view()));
    const auto country = event.text(event::field::ClientCountry).value_or(std::string_view());
    if (!country.empty()) {
        place += (place.empty() ? "" : ", ") + std::string(country);
    }
    return place.substr(0, 200);
}

} // namespace

double distanceBetween(double latitude, double longitude, double otherLatitude, double otherLongitude)
{
    constexpr double radius = 6371.0088; // the mean one
    constexpr double degree = std::numbers::pi / 180;
    const double north = std::sin((otherLatitude - latitude) * degree / 2);
    const double east = std::sin((otherLongitude - longitude) * degree / 2);
    const double part = north * north + std::cos(latitude * degree) * std::cos(otherLatitude * degree) * east * east;
    return 2 * radius * std::asin(std::sqrt(std::clamp(part, 0.0, 1.0)));
}

Travel::Travel(RulePtr rule)
    : Correlator(std::move(rule))
{ }

bool Travel::judge(
    const Journey &journey, const Stop &from, const Stop &to, store::Seq firedBy, std::vector<Match> &matches) const
{
    const auto span = to.time - from.time;
    if (span > correlation().timespan) {
        return false;
    }
    const double distance = distanceBetween(from.latitude, from.longitude, to.latitude, to.longitude);
    // At the same moment in two places: nobody is that fast, but a second is what the log's clocks are good for.
    const double hours = std::max(std::chrono::duration<double, std::ratio<3600>>(span).count(), 1.0 / 3600);
    const double speed = distance / hours;
    if (distance < correlation().minDistance || !correlation().condition.holds(speed)) {
        return false;
    }
    const auto rounded = [](double number) { return std::to_string(static_cast<long long>(std::llround(number))); };
    Match match = matchOf(journey, {from.member, to.member}, from.time, to.time,
        from.place + " to " + to.place + ": " + rounded(distance) + " km at " + rounded(std::min(speed, 1e6))
            + " km/h");
    match.firedBy = firedBy;
    matches.push_back(std::move(match));
    return true;
}

void Travel::add(Group &group, const Occurrence &occurrence, std::vector<Match> &matches)
{
    auto &journey = static_cast<Journey &>(group);
    if (!occurrence.event || occurrence.members.empty()) {
        return;
    }
    const auto latitude = numberOf(*occurrence.event, "lat");
    const auto longitude = numberOf(*occurrence.event, "lon");
    if (!latitude || !longitude || std::abs(*latitude) > 90 || std::abs(*longitude) > 180
        || (*latitude == 0 && *longitude == 0)) {
        return; // nowhere, or where geolocation puts what it does not know
    }
    Stop stop{occurrence.time, *latitude, *longitude, occurrence.members.back(), placeOf(*occurrence.event)};
    auto &stops = journey.stops;
    const auto at = std::ranges::upper_bound(stops, stop.time, {}, &Stop::time);
    const store::Seq firedBy = stop.member.seq;
    if (at != stops.begin() && judge(journey, *std::prev(at), stop, firedBy, matches)) {
        // one match an event
    } else if (at != stops.end()) {
        judge(journey, stop, *at, firedBy, matches);
    }
    stops.insert(at, std::move(stop));
    if (stops.size() > maxStops) {
        stops.erase(stops.begin());
    }
}

bool Travel::forget(Group &group, event::Timestamp oldest, store::Seq seq)
{
    auto &stops = static_cast<Journey &>(group).stops;
    std::erase_if(stops, [&](const Stop &stop) { return stop.time < oldest && stop.member.seq < seq; });
    return stops.empty();
}

std::size_t Travel::sizeOf(const Group &group) const
{
    return static_cast<const Journey &>(group).stops.size();
}

void Travel::write(const Group &group, QDataStream &out) const
{
    const auto &stops = static_cast<const Journey &>(group).stops;
    out << static_cast<quint32>(stops.size());
    for (const Stop &stop : stops) {
        out << static_cast<qint64>(stop.time.time_since_epoch().count()) << stop.latitude << stop.longitude
            << static_cast<qint64>(stop.member.seq) << QByteArray::fromStdString(stop.member.uuid)
            << QByteArray::fromStdString(stop.place);
    }
}

void Travel::read(Group &group, QDataStream &in) const
{
    auto &stops = static_cast<Journey &>(group).stops;
    quint32 count = 0;
    in >> count;
    for (quint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i) {
        Stop stop;
        qint64 time = 0;
        qint64 seq = 0;
        QByteArray uuid;
        QByteArray place;
        in >> time >> stop.latitude >> stop.longitude >> seq >> uuid >> place;
        stop.time = event::Timestamp{std::chrono::microseconds(time)};
        stop.member = {seq, uuid.toStdString()};
        stop.place = place.toStdString();
        stops.push_back(std::move(stop));
    }
}

} // namespace octotrail::detect
