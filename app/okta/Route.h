// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QList>
#include <QNetworkProxy>
#include <QSslCertificate>
#include <QString>
#include <QUrl>
#include <optional>

namespace octotrail::okta {

/// How to get to an organization: through which proxy, and whose certificates to trust.
struct Route
{
    /// As the user sets it: empty for the system's proxy, "none", or http://user@host:port or socks5://user@host:port.
    QString proxy;
    QByteArray proxyPassword;
    QString caFile; ///< PEM: certificate authorities to trust beside the system's
};

/// The same, looked up and read. A value.
struct ReadyRoute
{
    /// Nothing: what the system says at the time of each connection.
    std::optional<QNetworkProxy> proxy{QNetworkProxy(QNetworkProxy::NoProxy)};
    QList<QSslCertificate> authorities; ///< beside the system's
};

/// The proxy that a setting names; nothing for the system's. InvalidInput if it cannot be read, or holds a password,
/// which belongs into the keychain.
event::Result<std::optional<QNetworkProxy>> parseProxy(const QString &setting);

/// The certificates of a PEM file. InvalidInput with a sentence if there are none.
event::Result<QList<QSslCertificate>> readAuthorities(const QString &file);

/// Reads the file and the setting: may take as long as a disk does.
event::Result<ReadyRoute> prepare(const Route &route);

/// What the system's settings say for an address now; loopback addresses are never asked for through a proxy. May wait
/// for the network, where a script decides.
QNetworkProxy systemProxyFor(const QUrl &url);

} // namespace octotrail::okta
