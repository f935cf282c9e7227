// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/Sentences.h"

#include <QDateTime>
#include <QLocale>
#include <QObject>

namespace octotrail::collect::sentences {

using namespace Qt::StringLiterals;

namespace {

QDateTime localTime(event::Timestamp time)
{
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(milliseconds.count());
}

} // namespace

QString clockTime(event::Timestamp time)
{
    const QDateTime local = localTime(time);
    const bool isToday = local.date() == QDate::currentDate();
    return local.toString(isToday ? u"HH:mm:ss"_s : u"yyyy-MM-dd HH:mm:ss"_s);
}

QString duration(std::chrono::seconds length)
{
    using namespace std::chrono;
    const auto text = [](qint64 count, const QString &one, const QString &many) {
        return count == 1 ? one : many.arg(QLocale().toString(count));
    };
    if (length >= hours(48)) {
        return text(duration_cast<days>(length).count(), QObject::tr("1 day"), QObject::tr("%1 days"));
    }
    if (length >= hours(2)) {
        return text(duration_cast<hours>(length).count(), QObject::tr("1 hour"), QObject::tr("%1 hours"));
    }
    return text(duration_cast<minutes>(length).count(), QObject::tr("1 minute"), QObject::tr("%1 minutes"));
}

QString connecting(const QString &host)
{
    return QObject::tr("Connecting to %1.").arg(host);
}

QString catchingUp(qint64 events, const std::optional<event::Timestamp> &at)
{
    const QString count = QLocale().toString(events);
    return at ? QObject::tr("Catching up: %1 events so far, at %2.").arg(count, clockTime(*at))
              : QObject::tr("Catching up: %1 events so far.").arg(count);
}

QString upToDate(event::Timestamp nextPoll)
{
    return QObject::tr("Up to date. Next poll at %1.").arg(clockTime(nextPoll));
}

QString wasRateLimited()
{
    return QObject::tr("Okta refused a request for its rate limit (HTTP 429).");
}

QString rateLimited(event::Timestamp until)
{
    return QObject::tr("Rate limited by Okta until %1.").arg(clockTime(until));
}

QString waitingForShare(event::Timestamp until)
{
    return QObject::tr("Waiting for our share of Okta's rate limit until %1.").arg(clockTime(until));
}

QString retrying(const QString &why, event::Timestamp when)
{
    return QObject::tr("%1 Trying again at %2.").arg(why, clockTime(when));
}

QString retryingNow(const QString &why)
{
    return QObject::tr("%1 Trying again now.").arg(why);
}

QString paused()
{
    return QObject::tr("Paused.");
}

QString notStarted()
{
    return QObject::tr("Not started.");
}

QString importedOnly()
{
    return QObject::tr("Holds imported events. Nothing is collected.");
}

QString otherHost(const QString &host)
{
    return QObject::tr("Okta's answer led on to another host, %1. That was refused, and the API token was not sent "
                       "there; the poll goes on from the time of the newest event.")
        .arg(host);
}

QString noNextLink()
{
    return QObject::tr("Okta's answer did not say where to go on. The poll goes on from the time of the newest event.");
}

QString linkRepeats()
{
    return QObject::tr("Okta's answer led back to a page that was read already. The poll goes on from the time of the "
                       "newest event.");
}

QString neverEnds()
{
    return QObject::tr("Okta's answers to one request do not come to an end. They are given up, and asked for again.");
}

QString linkRefused()
{
    return QObject::tr(
        "Okta does not know the place any more where the last poll ended. The poll goes on from the time "
        "of the newest event.");
}

QString listLeavesHost(const QString &host)
{
    return QObject::tr("Okta's answer led on to another host, %1. That was refused, and the API token was not sent "
                       "there.")
        .arg(host);
}

QString listRepeats()
{
    return QObject::tr("Okta's answer led back to a page that was listed already.");
}

QString devicesUnavailable()
{
    return QObject::tr("Device profiles are not available: they need Okta Identity Engine, and a credential that may "
                       "view devices, which for a service app is the scope okta.devices.read. Events and users are not "
                       "affected.");
}

QString devicesForbidden()
{
    return QObject::tr(
        "Device profiles may not be read with this credential: it needs a role that may view devices, and "
        "a service app the scope okta.devices.read. Events and users are not affected.");
}

QString usersForbidden()
{
    return QObject::tr("User profiles may not be read with this credential: it needs a role that may view users, and a "
                       "service app the scope okta.users.read. Events are not affected.");
}

QString profilesRefused(bool isDevices, const QString &why)
{
    return isDevices ? QObject::tr("Device profiles may not be read. %1 Events and users are not affected.").arg(why)
                     : QObject::tr("User profiles may not be read. %1 Events are not affected.").arg(why);
}

QString emptyListing()
{
    return QObject::tr("Okta listed nobody at all, which is not taken for a sign that all are gone: the credential may "
                       "have lost its right to see them.");
}

QString classicHasNoDevices()
{
    return QObject::tr(
        "This organization runs on Okta's Classic Engine, which has no device profiles. Events and users "
        "are not affected.");
}

} // namespace octotrail::collect::sentences
