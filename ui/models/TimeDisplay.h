// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"
#include "event/ZoneOffsets.h"

#include <QString>
#include <QTimeZone>
#include <vector>

namespace octotrail::ui {

/// The time zone that times are shown in, and how they are written.
class TimeDisplay
{
public:
    enum class Zone { Utc, Local, Named };

    TimeDisplay() = default;
    explicit TimeDisplay(Zone zone);
    /// A zone of the IANA database; an invalid one is UTC.
    explicit TimeDisplay(const QTimeZone &zone);

    /// For settings: "UTC", "local", or the IANA name. What is unknown is UTC.
    QString id() const;
    static TimeDisplay fromId(const QString &id);

    Zone zone() const { return m_zone; }
    const QTimeZone &timeZone() const { return m_timeZone; }
    /// UTC, or the name and offset of the zone now: Europe/Berlin (UTC+01:00).
    QString zoneName() const;
    /// UTC, "local", or the name: for the header of a column.
    QString shortName() const;
    /// 2026-11-23 14:03:21.123
    QString table(event::Timestamp t) const;
    /// 2026-11-23 14:03:21
    QString seconds(event::Timestamp t) const;
    /// With the zone: 2026-11-23 14:03:21.123 UTC
    QString full(event::Timestamp t) const;
    /// 2026-11-23 14:03:21 – 15:00:00; the date is said once if it is the same.
    QString range(event::Timestamp since, event::Timestamp until) const;

    /// How far the zone is ahead, from 1990 to a year from now.
    event::ZoneOffsets offsets() const;

    bool operator==(const TimeDisplay &other) const { return m_zone == other.m_zone && m_timeZone == other.m_timeZone; }

private:
    Zone m_zone = Zone::Utc;
    QTimeZone m_timeZone = QTimeZone::utc();
};

/// The zone's distance from UTC now: UTC+01:00.
QString offsetText(const QTimeZone &zone);

QDateTime toDateTime(event::Timestamp t, const QTimeZone &zone);
event::Timestamp toTimestamp(const QDateTime &t);
/// The moments of a stretch of time at which the zone's clocks show a multiple of the step: for the labels of an axis.
std::vector<event::Timestamp> ticks(
    event::Timestamp since, event::Timestamp until, std::chrono::microseconds step, const TimeDisplay &time);

} // namespace octotrail::ui
