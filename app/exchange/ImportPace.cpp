// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ImportPace.h"

#include <QObject>

namespace octotrail::exchange {

namespace {

using namespace std::chrono_literals;

/// Before, the start of the work says more than its pace.
constexpr auto enough = 1000ms;

QString megabytes(qint64 bytes, const QLocale &locale)
{
    return locale.toString(double(bytes) / 1e6, 'f', 1);
}

QString timeLeft(double seconds)
{
    const auto whole = static_cast<qint64>(seconds) + 1;
    if (whole < 100) {
        return QObject::tr("%1 s left").arg(whole);
    }
    return whole < 6000 ? QObject::tr("%1 min left").arg((whole + 59) / 60)
                        : QObject::tr("%1 h left").arg((whole + 3599) / 3600);
}

} // namespace

QString importPace(const ImportProgress &progress, std::chrono::milliseconds elapsed, const QLocale &locale)
{
    QString text = progress.bytesTotal > 0
        ? QObject::tr("%1 of %2 MB").arg(megabytes(progress.bytesRead, locale), megabytes(progress.bytesTotal, locale))
        : QObject::tr("%1 MB").arg(megabytes(progress.bytesRead, locale));
    if (elapsed < enough) {
        return text;
    }
    const double seconds = std::chrono::duration<double>(elapsed).count();
    if (const qint64 events = progress.events + progress.duplicates; events > 0) {
        const auto pace = static_cast<qint64>(double(events) / seconds);
        text += QObject::tr(", %1 events/s").arg(locale.toString(pace));
    }
    if (progress.bytesTotal > progress.bytesRead && progress.bytesRead > 0) {
        const double left = seconds * double(progress.bytesTotal - progress.bytesRead) / double(progress.bytesRead);
        text += QStringLiteral(", ") + timeLeft(left);
    }
    return text;
}

} // namespace octotrail::exchange
