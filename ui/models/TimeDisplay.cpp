// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/TimeDisplay.h"

#include <QCoreApplication>
#include <QDateTime>
#include <chrono>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

QDateTime toDateTime(event::Timestamp t, const QTimeZone &zone)
{
    const auto ms = std::chrono::floor<std::chrono::milliseconds>(t).time_since_epoch().count();
    return QDateTime::fromMSecsSinceEpoch(ms, zone);
}

event::Timestamp toTimestamp(const QDateTime &t)
{
    return event::Timestamp(std::chrono::milliseconds(t.toMSecsSinceEpoch()));
}

TimeDisplay::TimeDisplay(Zone zone)
    : m_zone(zone)
    , m_timeZone(zone == Zone::Local ? QTimeZone::systemTimeZone() : QTimeZone::utc())
{ }

TimeDisplay::TimeDisplay(const QTimeZone &zone)
    : m_zone(zone.isValid() && zone.id() != "UTC" ? Zone::Named : Zone::Utc)
    , m_timeZone(m_zone == Zone::Named ? zone : QTimeZone::utc())
{ }

QString TimeDisplay::id() const
{
    switch (m_zone) {
    case Zone::Utc:
        break;
    case Zone::Local:
        return u"local"_s;
    case Zone::Named:
        return QString::fromLatin1(m_timeZone.id());
    }
    return u"UTC"_s;
}

TimeDisplay TimeDisplay::fromId(const QString &id)
{
    if (id == u"local"_s) {
        return TimeDisplay(Zone::Local);
    }
    const QByteArray name = id.toLatin1();
    return QTimeZone::isTimeZoneIdAvailable(name) ? TimeDisplay(QTimeZone(name)) : TimeDisplay();
}

QString offsetText(const QTimeZone &zone)
{
    const int seconds = zone.offsetFromUtc(QDateTime::currentDateTimeUtc());
    const int minutes = std::abs(seconds) / 60;
    return u"UTC%1%2:%3"_s.arg(seconds < 0 ? u"-"_s : u"+"_s)
        .arg(minutes / 60, 2, 10, QChar(u'0'))
        .arg(minutes % 60, 2, 10, QChar(u'0'));
}

QString TimeDisplay::zoneName() const
{
    if (m_zone == Zone::Utc) {
        return u"UTC"_s;
    }
    return u"%1 (%2)"_s.arg(QString::fromLatin1(m_timeZone.id()), offsetText(m_timeZone));
}

QString TimeDisplay::shortName() const
{
    switch (m_zone) {
    case Zone::Utc:
        break;
    case Zone::Local:
        return QCoreApplication::translate("TimeDisplay", "local");
    case Zone::Named:
        return QString::fromLatin1(m_timeZone.id());
    }
    return u"UTC"_s;
}

QString TimeDisplay::range(event::Timestamp since, event::Timestamp until) const
{
    const QDateTime from = toDateTime(since, m_timeZone);
    const QDateTime to = toDateTime(until, m_timeZone);
    return u"%1 \u2013 %2"_s.arg(
        seconds(since), from.date() == to.date() ? to.toString(u"HH:mm:ss"_s) : to.toString(u"yyyy-MM-dd HH:mm:ss"_s));
}

QString TimeDisplay::table(event::Timestamp t) const
{
    return toDateTime(t, m_timeZone).toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s);
}

QString TimeDisplay::seconds(event::Timestamp t) const
{
    return toDateTime(t, m_timeZone).toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QString TimeDisplay::full(event::Timestamp t) const
{
    const QDateTime time = toDateTime(t, m_timeZone);
    return m_zone == Zone::Utc ? time.toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s) + u" UTC"_s
                               : time.toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s) + u' ' + m_timeZone.abbreviation(time);
}

event::ZoneOffsets TimeDisplay::offsets() const
{
    const QDateTime first(QDate(1990, 1, 1), QTime(0, 0), Qt::UTC);
    std::vector<event::ZoneOffsets::Change> changes;
    for (const auto &change : m_timeZone.transitions(first, QDateTime::currentDateTimeUtc().addYears(1))) {
        changes.push_back({toTimestamp(change.atUtc), std::chrono::seconds(change.offsetFromUtc)});
    }
    return event::ZoneOffsets(std::chrono::seconds(m_timeZone.offsetFromUtc(first)), std::move(changes));
}

std::vector<event::Timestamp> ticks(
    event::Timestamp since, event::Timestamp until, std::chrono::microseconds step, const TimeDisplay &time)
{
    const event::ZoneOffsets zone = time.offsets();
    const event::Timestamp begin = zone.toLocal(since);
    std::vector<event::Timestamp> found;
    for (event::Timestamp local = begin + (step - begin.time_since_epoch() % step) % step;; local += step) {
        const event::Timestamp tick = zone.toUtc(local);
        if (tick >= until) {
            return found;
        }
        if (tick >= since && (found.empty() || tick > found.back())) {
            found.push_back(tick);
        }
    }
}

} // namespace octotrail::ui
