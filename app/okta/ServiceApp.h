// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "event/Timestamp.h"
#include "jose/Key.h"

#include <QStringList>
#include <QUrl>

namespace octotrail::okta {

/// The scopes of Okta's API that Octotrail asks for.
namespace scope {
inline const QString logs = QStringLiteral("okta.logs.read");
inline const QString users = QStringLiteral("okta.users.read");
inline const QString devices = QStringLiteral("okta.devices.read");
/// What is needed for the log and, if wanted, the profiles.
QStringList needed(bool withUsers, bool withDevices);
/// The one that a request to this address needs; empty for one that needs none of ours.
QString of(const QUrl &url);
} // namespace scope

/// An OAuth 2.0 service app of an organization ("API Services" in the Admin Console): who asks for access tokens with
/// the client-credentials grant, and proves it with private_key_jwt.
/// https://developer.okta.com/docs/guides/implement-oauth-for-okta-serviceapp/main/
struct ServiceApp
{
    QString clientId;
    jose::Key key;
    QString keyId; ///< kid; may be empty
    QStringList scopes; ///< to be asked for

    /// InvalidInput if the client ID, the key or its ID cannot be one. An empty keyId is taken from the key, if it is a
    /// JWK that has one.
    static event::Result<ServiceApp> read(const QString &clientId, const QByteArray &privateKey, const QString &keyId);
    static event::Status checkClientId(const QString &clientId);
    static event::Status checkKeyId(const QString &keyId);

    /// The assertion for one request to the token endpoint: good for five minutes of the server's clock, and for once.
    QByteArray assertion(const QUrl &tokenUrl, event::Timestamp serverNow) const;
};

} // namespace octotrail::okta
