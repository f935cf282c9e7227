// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/SystemLog.h"

#include <QCryptographicHash>
#include <QUrlQuery>

namespace octotrail::okta::systemlog {

using namespace Qt::StringLiterals;

namespace {

constexpr int defaultLimit = 100;

QUrl withQuery(const QUrl &origin, const QByteArray &query)
{
    // Encoded by hand: QUrlQuery leaves a + alone, which a server reads as a space.
    QUrl url(origin);
    url.setPath(u"/api/v1/logs"_s);
    url.setQuery(QString::fromLatin1(query), QUrl::StrictMode);
    return url;
}

QByteArray timeText(event::Timestamp time)
{
    return QUrl::toPercentEncoding(QString::fromStdString(event::formatTimestamp(time)));
}

QByteArray filterPart(const QString &filter)
{
    const QString clean = filter.trimmed();
    return clean.isEmpty() ? QByteArray() : "&filter=" + QUrl::toPercentEncoding(clean);
}

} // namespace

QUrl firstPage(const QUrl &origin, event::Timestamp since, const QString &filter, int limit)
{
    const auto toTheMillisecond = std::chrono::floor<std::chrono::milliseconds>(since);
    return withQuery(origin,
        "since=" + timeText(toTheMillisecond) + "&sortOrder=ASCENDING&limit=" + QByteArray::number(limit)
            + filterPart(filter));
}

QUrl boundedPage(const QUrl &origin, const event::TimeRange &range, const QString &filter, int limit)
{
    using std::chrono::milliseconds;
    QByteArray query;
    if (range.since) {
        query += "since=" + timeText(std::chrono::floor<milliseconds>(*range.since)) + '&';
    }
    if (range.until) {
        query += "until=" + timeText(std::chrono::ceil<milliseconds>(*range.until)) + '&';
    }
    return withQuery(origin, query + "sortOrder=DESCENDING&limit=" + QByteArray::number(limit) + filterPart(filter));
}

QUrl newestEvent(const QUrl &origin, const QString &filter)
{
    return withQuery(origin, "sortOrder=DESCENDING&limit=1" + filterPart(filter));
}

int limitOf(const QUrl &url)
{
    bool isNumber = false;
    const int limit = QUrlQuery(url).queryItemValue(u"limit"_s).toInt(&isNumber);
    return isNumber ? limit : defaultLimit;
}

QString queryHash(const QUrl &origin, const QString &filter, int limit)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(origin.toEncoded(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment) + '\n'
        + filter.trimmed().toUtf8() + '\n' + QByteArray::number(limit) + "\nASCENDING");
    return QString::fromLatin1(hash.result().toHex());
}

bool isRefusedLink(const Fault &fault)
{
    // Okta has no code of its own for it: E0000031, E0000029, E0000001, E0000030 and E0000053 were seen.
    return fault.status == 400;
}

} // namespace octotrail::okta::systemlog
