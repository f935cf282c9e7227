// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/SearchLink.h"

#include "okta/Origin.h"

#include <QObject>
#include <QUrlQuery>

namespace octotrail::okta {

using namespace Qt::StringLiterals;

namespace {

QString moment(event::Timestamp time)
{
    return QString::fromStdString(event::formatTimestamp(time));
}

/// 'text' for a POSIX shell.
QString shellQuoted(QString text)
{
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

/// What QUrlQuery leaves as it is, but a server may read otherwise: + is a space there.
QString encoded(const QString &value)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(value));
}

} // namespace

event::Result<QUrl> consoleUrl(const QUrl &origin, const LogSearch &search, const QString &timeZone)
{
    const auto address = parseOrgAddress(origin.toString());
    if (!address || address->subdomain.isEmpty()) {
        return event::failure(event::ErrorKind::Refused,
            QObject::tr("%1 is a custom domain: the Admin Console has another address, at okta.com, which is not "
                        "known here.")
                .arg(origin.host()));
    }
    QUrl url = origin;
    url.setHost(address->subdomain + u"-admin."_s + address->domain);
    url.setPath(u"/report/system_log_2"_s);
    QUrlQuery query;
    query.addQueryItem(u"search"_s, encoded(search.filter.isEmpty() ? search.words : search.filter));
    if (search.range.since) {
        query.addQueryItem(u"fromTime"_s, encoded(moment(*search.range.since)));
    }
    if (search.range.until) {
        query.addQueryItem(u"toTime"_s, encoded(moment(*search.range.until)));
    }
    query.addQueryItem(u"locale"_s, encoded(timeZone));
    query.addQueryItem(u"limit"_s, u"20"_s);
    query.addQueryItem(u"view"_s, u"list"_s);
    url.setQuery(query);
    return url;
}

QString curlCommand(const QUrl &origin, const LogSearch &search)
{
    QUrl url = origin;
    url.setPath(u"/api/v1/logs"_s);
    QStringList lines{
        u"curl --silent --show-error --fail --get %1"_s.arg(shellQuoted(url.toString(QUrl::FullyEncoded))),
        u"--header 'Accept: application/json'"_s};
    const auto add = [&](const QString &name, const QString &value) {
        lines << u"--data-urlencode "_s + shellQuoted(name + u'=' + value);
    };
    if (search.range.since) {
        add(u"since"_s, moment(*search.range.since));
    }
    if (search.range.until) {
        add(u"until"_s, moment(*search.range.until));
    }
    if (!search.filter.isEmpty()) {
        add(u"filter"_s, search.filter);
    } else if (!search.words.isEmpty()) {
        add(u"q"_s, search.words);
    }
    add(u"limit"_s, u"1000"_s);
    lines << u"--config - <<END"_s;
    return lines.join(u" \\\n  "_s) + u"\nheader = \"Authorization: SSWS $OKTA_API_TOKEN\"\nEND\n"_s;
}

} // namespace octotrail::okta
