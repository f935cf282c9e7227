// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/SourceAccess.h"

#include "okta/Origin.h"

#include <QObject>

namespace octotrail::collect {

event::Result<okta::Credentials> credentialsOf(const store::SourceConfig &source, const QByteArray &secret)
{
    if (source.authentication == store::SourceConfig::Authentication::ServiceApp) {
        return okta::Credentials::serviceApp(
            source.clientId, secret, source.keyId, okta::scope::needed(source.users, source.devices));
    }
    return okta::Credentials::apiToken(secret);
}

okta::Route routeOf(const store::SourceConfig &source, const QByteArray &proxyPassword)
{
    return {source.proxy, proxyPassword, source.caFile};
}

bool hasProxyPassword(const store::SourceConfig &source)
{
    const auto proxy = okta::parseProxy(source.proxy);
    return proxy && *proxy && !(*proxy)->user().isEmpty();
}

QString proxyVaultKey(const store::SourceConfig &source)
{
    return source.vaultKey() + QStringLiteral("/proxy");
}

event::Status checkSource(const store::SourceConfig &source)
{
    if (source.name.trimmed().isEmpty()) {
        return event::failure(event::ErrorKind::InvalidInput, QObject::tr("Give the source a name."));
    }
    if (!source.collects) {
        return {};
    }
    const auto origin = okta::parseOrigin(source.origin.toString());
    if (!origin) {
        return tl::unexpected(origin.error());
    }
    if (const auto proxy = okta::parseProxy(source.proxy); !proxy) {
        return tl::unexpected(proxy.error());
    }
    return source.authentication == store::SourceConfig::Authentication::ServiceApp
        ? okta::ServiceApp::checkClientId(source.clientId)
        : event::Status();
}

bool isSameButForCredential(store::SourceConfig before, const store::SourceConfig &after)
{
    before.authentication = after.authentication;
    before.clientId = after.clientId;
    before.keyId = after.keyId;
    return before == after;
}

} // namespace octotrail::collect
