// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/Credentials.h"

#include <QNetworkRequest>
#include <QObject>
#include <algorithm>

namespace octotrail::okta {

event::Result<Credentials> Credentials::apiToken(const QByteArray &token)
{
    constexpr qsizetype longest = 1024;
    const QByteArray clean = token.trimmed();
    if (clean.isEmpty()) {
        return event::failure(event::ErrorKind::InvalidInput, QObject::tr("Enter the API token."));
    }
    const bool isGood = std::all_of(clean.begin(), clean.end(), [](char c) { return c > ' ' && c <= '~'; });
    if (!isGood || clean.size() > longest) {
        return event::failure(event::ErrorKind::InvalidInput,
            QObject::tr("This is no API token: a token has no spaces, line breaks or special characters. Copy it "
                        "again from the Admin Console, or make a new one under Security > API > Tokens."));
    }
    Credentials credentials;
    credentials.m_authorization = "SSWS " + clean;
    return credentials;
}

event::Result<Credentials> Credentials::serviceApp(
    const QString &clientId, const QByteArray &privateKey, const QString &keyId, const QStringList &scopes)
{
    auto app = ServiceApp::read(clientId, privateKey, keyId);
    if (!app) {
        return tl::unexpected(app.error());
    }
    app->scopes = scopes;
    Credentials credentials;
    credentials.m_app = std::make_shared<const ServiceApp>(*std::move(app));
    return credentials;
}

void Credentials::authorize(QNetworkRequest &request) const
{
    if (!m_authorization.isEmpty()) {
        request.setRawHeader("Authorization", m_authorization);
    }
}

} // namespace octotrail::okta
