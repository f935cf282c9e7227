// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/TimeDisplay.h"

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

QString TimeDisplay::zoneName() const
{
    if (m_zone == Zone::Utc) {
        return u"UTC"_s;
    }
    const int seconds = m_timeZone.offsetFromUtc(QDateTime::currentDateTimeUtc());
    const int minutes = std::abs(seconds) / 60;
    return u"%1 (UTC%2%3:%4)"_s.arg(QString::fromLatin1(m_timeZone.id()), seconds < 0 ? u"-"_s : u"+"_s)
        .arg(minutes / 60, 2, 10, QChar(u'0'))
        .arg(minutes % 60, 2, 10, QChar(u'0'));
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

} // namespace octotrail::ui
