// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/Organization.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <algorithm>

namespace octotrail::okta {

using namespace Qt::StringLiterals;

QUrl organizationUrl(const QUrl &origin)
{
    QUrl url(origin);
    url.setPath(u"/.well-known/okta-organization"_s);
    return url;
}

event::Result<OrganizationInfo> parseOrganization(const QByteArray &body, const QUrl &origin)
{
    constexpr qsizetype longestId = 64;
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    OrganizationInfo info;
    info.id = object["id"_L1].toString();
    const bool isId = !info.id.isEmpty() && info.id.size() <= longestId
        && std::all_of(
            info.id.begin(), info.id.end(), [](QChar c) { return c.unicode() < 128 && c.isLetterOrNumber(); });
    if (!isId) {
        return event::failure(event::ErrorKind::NotFound,
            QObject::tr("%1 answers, but not as an Okta organization does. Check the subdomain and the domain.")
                .arg(origin.host()));
    }
    info.identityEngine = object["pipeline"_L1].toString() == "idx"_L1;
    info.organization = QUrl(object["_links"_L1]["organization"_L1]["href"_L1].toString(), QUrl::StrictMode);
    return info;
}

} // namespace octotrail::okta
