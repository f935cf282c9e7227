// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/EventRate.h"

namespace octotrail::ui {

namespace {

qint64 minuteOf(event::Timestamp time)
{
    return std::chrono::floor<std::chrono::minutes>(time.time_since_epoch()).count();
}

} // namespace

void EventRate::update(event::Timestamp now, qint64 total)
{
    const qint64 came = total < m_total ? total : total - m_total;
    m_total = total;
    const qint64 number = minuteOf(now);
    if (came == 0 || number < 0) {
        return;
    }
    Minute &minute = m_minutes.at(static_cast<std::size_t>(number % minutes));
    if (minute.number != number) {
        minute = {number, 0};
    }
    minute.events += came;
}

QList<qint64> EventRate::perMinute(event::Timestamp now) const
{
    QList<qint64> rates;
    const qint64 last = minuteOf(now);
    for (qint64 number = last - minutes + 1; number <= last; ++number) {
        const Minute &minute = m_minutes.at(static_cast<std::size_t>((number % minutes + minutes) % minutes));
        rates << (minute.number == number ? minute.events : 0);
    }
    return rates;
}

} // namespace octotrail::ui
