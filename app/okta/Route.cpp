// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/Route.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QObject>

namespace octotrail::okta {

using event::ErrorKind;
using event::failure;
using event::Result;
using namespace Qt::StringLiterals;

namespace {

constexpr int usualHttpPort = 8080;
constexpr int usualSocksPort = 1080;
constexpr qint64 largestCaFile = 8LL * 1024 * 1024;

tl::unexpected<event::Error> noProxy()
{
    return failure(ErrorKind::InvalidInput,
        QObject::tr("This is no proxy's address. Write it like http://proxy.example.com:8080 or "
                    "socks5://user@proxy.example.com:1080."));
}

} // namespace

Result<std::optional<QNetworkProxy>> parseProxy(const QString &setting)
{
    const QString text = setting.trimmed();
    if (text.isEmpty()) {
        return std::optional<QNetworkProxy>();
    }
    if (text == "none"_L1) {
        return std::optional(QNetworkProxy(QNetworkProxy::NoProxy));
    }
    const QUrl url(text.contains("://"_L1) ? text : u"http://"_s + text, QUrl::StrictMode);
    const bool isSocks = url.scheme() == "socks5"_L1;
    if (!url.isValid() || url.host().isEmpty() || (!isSocks && url.scheme() != "http"_L1) || url.hasQuery()
        || url.hasFragment() || (!url.path().isEmpty() && url.path() != "/"_L1)) {
        return noProxy();
    }
    if (!url.password().isEmpty()) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("Take the password out of the proxy's address: it has a field of its own, and is kept in the "
                        "keychain."));
    }
    const int port = url.port(isSocks ? usualSocksPort : usualHttpPort);
    return std::optional(QNetworkProxy(isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
        static_cast<quint16>(port), url.userName(QUrl::FullyDecoded)));
}

Result<QList<QSslCertificate>> readAuthorities(const QString &name)
{
    if (name.isEmpty()) {
        return QList<QSslCertificate>();
    }
    const QString shown = QDir::toNativeSeparators(name);
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("The file of certificate authorities %1 cannot be read: %2.").arg(shown, file.errorString()));
    }
    const auto certificates = QSslCertificate::fromData(file.read(largestCaFile), QSsl::Pem);
    if (certificates.isEmpty()) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("%1 holds no certificate in PEM form (-----BEGIN CERTIFICATE-----).").arg(shown));
    }
    return certificates;
}

Result<ReadyRoute> prepare(const Route &route)
{
    ReadyRoute ready;
    auto proxy = parseProxy(route.proxy);
    if (!proxy) {
        return tl::unexpected(proxy.error());
    }
    ready.proxy = *proxy;
    if (ready.proxy && !ready.proxy->user().isEmpty()) {
        ready.proxy->setPassword(QString::fromUtf8(route.proxyPassword));
    }
    auto authorities = readAuthorities(route.caFile);
    if (!authorities) {
        return tl::unexpected(authorities.error());
    }
    ready.authorities = *std::move(authorities);
    return ready;
}

QNetworkProxy systemProxyFor(const QUrl &url)
{
    if (url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback()) {
        return QNetworkProxy(QNetworkProxy::NoProxy);
    }
    const auto proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    return proxies.value(0, QNetworkProxy(QNetworkProxy::NoProxy));
}

} // namespace octotrail::okta
