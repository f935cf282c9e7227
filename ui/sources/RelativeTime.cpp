// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/RelativeTime.h"

#include <QDateTime>
#include <QObject>

namespace octotrail::ui {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

QString relativeTime(event::Timestamp time, event::Timestamp now, const TimeDisplay &times)
{
    const bool past = time <= now;
    const auto distance = std::chrono::floor<std::chrono::seconds>(past ? now - time : time - now);
    if (distance < 1s) {
        return past ? QObject::tr("just now") : QObject::tr("now");
    }
    QString amount;
    if (distance < 1min) {
        amount = QObject::tr("%1 s").arg(distance.count());
    } else if (distance < 1h) {
        amount = QObject::tr("%1 min").arg(std::chrono::floor<std::chrono::minutes>(distance).count());
    } else if (distance < 24h) {
        amount = QObject::tr("%1 h").arg(std::chrono::floor<std::chrono::hours>(distance).count());
    } else {
        return toDateTime(time, times.timeZone()).toString(u"yyyy-MM-dd HH:mm"_s);
    }
    return past ? QObject::tr("%1 ago").arg(amount) : QObject::tr("in %1").arg(amount);
}

} // namespace octotrail::ui
