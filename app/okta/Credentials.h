// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "okta/ServiceApp.h"

#include <QByteArray>
#include <memory>

class QNetworkRequest;

namespace octotrail::okta {

/// What proves to Okta who asks: an API token, which goes into a request's header and nowhere else, or a service app's
/// private key, which goes nowhere at all.
class Credentials
{
public:
    /// None: for what Okta tells anyone.
    Credentials() = default;

    /// An API token from the Admin Console. InvalidInput if it is empty or has characters that no token has, which
    /// could otherwise break out of the header.
    static event::Result<Credentials> apiToken(const QByteArray &token);
    /// A service app, which will ask for these scopes.
    static event::Result<Credentials> serviceApp(
        const QString &clientId, const QByteArray &privateKey, const QString &keyId, const QStringList &scopes);

    bool isEmpty() const { return m_authorization.isEmpty() && !m_app; }
    /// Null for any other kind.
    const ServiceApp *app() const { return m_app.get(); }
    /// Adds what goes with every request. Nothing for a service app, whose requests need an access token each.
    void authorize(QNetworkRequest &request) const;

private:
    QByteArray m_authorization;
    std::shared_ptr<const ServiceApp> m_app;
};

} // namespace octotrail::okta
