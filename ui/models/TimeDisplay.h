// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"

#include <QString>
#include <QTimeZone>

namespace octotrail::ui {

/// The time zone that times are shown in, and how they are written.
class TimeDisplay
{
public:
    enum class Zone { Utc, Local };

    TimeDisplay() = default;
    explicit TimeDisplay(Zone zone);

    Zone zone() const { return m_zone; }
    const QTimeZone &timeZone() const { return m_timeZone; }
    /// UTC, or the name and offset of the local zone: Europe/Berlin (UTC+01:00).
    QString zoneName() const;
    /// 2026-11-23 14:03:21.123
    QString table(event::Timestamp t) const;
    /// 2026-11-23 14:03:21
    QString seconds(event::Timestamp t) const;
    /// With the zone: 2026-11-23 14:03:21.123 UTC
    QString full(event::Timestamp t) const;

    bool operator==(const TimeDisplay &other) const { return m_zone == other.m_zone; }

private:
    Zone m_zone = Zone::Utc;
    QTimeZone m_timeZone = QTimeZone::utc();
};

QDateTime toDateTime(event::Timestamp t, const QTimeZone &zone);
event::Timestamp toTimestamp(const QDateTime &t);

} // namespace octotrail::ui
