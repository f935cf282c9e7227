// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"

#include <QList>
#include <array>

namespace octotrail::ui {

/// How many events came in each of the last minutes.
class EventRate
{
public:
    static constexpr int minutes = 60;

    /// Told of the count so far: what is more than before came now. A count that begins anew is taken as it is.
    void update(event::Timestamp now, qint64 total);
    /// Oldest first, the running minute last.
    QList<qint64> perMinute(event::Timestamp now) const;

private:
    struct Minute
    {
        qint64 number = -1; ///< since the epoch
        qint64 events = 0;
    };
    std::array<Minute, minutes> m_minutes;
    qint64 m_total = 0;
};

} // namespace octotrail::ui
