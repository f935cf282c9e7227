// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/Origin.h"

#include <QHostAddress>
#include <QObject>
#include <algorithm>

namespace octotrail::okta {

using event::ErrorKind;
using event::failure;
using event::Result;
using namespace Qt::StringLiterals;

namespace {

constexpr int httpsPort = 443;
constexpr int httpPort = 80;
constexpr qsizetype longestInput = 4096;
constexpr qsizetype longestLabel = 63;
constexpr qsizetype longestHost = 253;
const auto adminSuffix = "-admin"_L1;

/// What a text names, with everything dropped that is no part of an origin.
struct Named
{
    QString scheme; ///< lower case, empty if none was typed
    QString host; ///< lower case, ASCII
    int port = -1;
};

QString quoted(const QString &text)
{
    constexpr qsizetype enough = 80;
    return text.size() > enough ? text.left(enough) + u'…' : text;
}

bool isLoopback(const QString &host)
{
    if (host == "localhost"_L1) {
        return true;
    }
    const QHostAddress address(host);
    return !address.isNull() && address.isLoopback();
}

bool isLabel(QStringView label)
{
    const auto isGood
        = [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'_'; };
    return !label.isEmpty() && label.size() <= longestLabel && !label.startsWith(u'-') && !label.endsWith(u'-')
        && std::all_of(label.begin(), label.end(), isGood);
}

bool isHostName(const QString &host)
{
    if (host.isEmpty() || host.size() > longestHost) {
        return false;
    }
    const auto labels = QStringView(host).split(u'.');
    return std::all_of(labels.begin(), labels.end(), isLabel);
}

/// Clips what surrounds an address when it is copied out of a mail, a chat or a configuration file.
QString clipped(const QString &text)
{
    QString clean = text.trimmed();
    const auto surrounds
        = [](QChar c) { return c == u'"' || c == u'\'' || c == u'<' || c == u'>' || c == u'`' || c.isSpace(); };
    while (!clean.isEmpty() && surrounds(clean.front())) {
        clean.remove(0, 1);
    }
    while (!clean.isEmpty() && (surrounds(clean.back()) || clean.back() == u',' || clean.back() == u';')) {
        clean.chop(1);
    }
    return clean;
}

Result<Named> read(const QString &text)
{
    QString rest = clipped(text);
    if (rest.isEmpty()) {
        return failure(ErrorKind::InvalidInput, QObject::tr("Type the organization's address, for example acme."));
    }
    if (rest.size() > longestInput) {
        return failure(ErrorKind::InvalidInput, QObject::tr("This text is too long to be an organization's address."));
    }
    Named named;
    if (const auto scheme = rest.indexOf("://"_L1); scheme >= 0) {
        named.scheme = rest.left(scheme).toLower();
        rest = rest.mid(scheme + 3);
        if (named.scheme != "https"_L1 && named.scheme != "http"_L1) {
            return failure(ErrorKind::InvalidInput,
                QObject::tr("An organization's address starts with https://, not with %1://.")
                    .arg(quoted(named.scheme)));
        }
    }
    const auto end = std::find_if(
        rest.cbegin(), rest.cend(), [](QChar c) { return c == u'/' || c == u'\\' || c == u'?' || c == u'#'; });
    rest.truncate(std::distance(rest.cbegin(), end));
    if (rest.contains(u'@')) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("This looks like an e-mail address or a sign-in. Type the address that you sign in to Okta at, "
                        "for example acme.okta.com."));
    }
    QString host = rest;
    if (rest.startsWith(u'[')) { // [::1]:8080
        const auto close = rest.indexOf(u']');
        host = close < 0 ? QString() : rest.mid(1, close - 1);
        rest = close < 0 ? QString() : rest.mid(close + 1);
    } else {
        const auto colon = rest.indexOf(u':');
        host = rest.left(colon < 0 ? rest.size() : colon);
        rest = colon < 0 ? QString() : rest.mid(colon);
    }
    if (rest.size() > 1) {
        bool isNumber = false;
        named.port = rest.mid(1).toInt(&isNumber);
        if (!rest.startsWith(u':') || !isNumber || named.port < 1 || named.port > 65535) {
            return failure(ErrorKind::InvalidInput, QObject::tr("\"%1\" is no port number.").arg(quoted(rest.mid(1))));
        }
    }
    while (host.endsWith(u'.')) {
        host.chop(1);
    }
    if (host.isEmpty()) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("There is no host name in \"%1\". Type an address such as acme.okta.com.")
                .arg(quoted(clipped(text))));
    }
    if (const QHostAddress address(host); !address.isNull()) {
        named.host = address.toString();
        return named;
    }
    named.host = QString::fromLatin1(QUrl::toAce(host.toLower()));
    if (!isHostName(named.host)) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("\"%1\" is no host name: it may have letters, digits, hyphens and dots only.")
                .arg(quoted(host)));
    }
    return named;
}

/// acme.okta.com of acme-admin.okta.com: Okta serves the Admin Console there, but not its API.
QString withoutAdmin(const QString &host)
{
    for (const QString &domain : oktaDomains()) {
        const QString suffix = adminSuffix + u'.' + domain;
        if (host.endsWith(suffix) && host.size() > suffix.size()) {
            return host.chopped(suffix.size()) + u'.' + domain;
        }
    }
    return host;
}

/// The Okta domain that the host is under, or is; empty for another host.
QString oktaDomainOf(const QString &host)
{
    for (const QString &domain : oktaDomains()) {
        if (host == domain || host.endsWith(u'.' + domain)) {
            return domain;
        }
    }
    return {};
}

Result<void> checkSubdomain(const QString &subdomain, const QString &domain)
{
    if (subdomain.isEmpty()) {
        return failure(
            ErrorKind::InvalidInput, QObject::tr("The subdomain is missing: the acme of acme.%1.").arg(domain));
    }
    if (subdomain.contains(u'.')) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("\"%1\" cannot be a subdomain of %2, because it has a dot. If this is the organization's own "
                        "domain, choose Custom domain.")
                .arg(quoted(subdomain), domain));
    }
    if (!isLabel(subdomain)) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("\"%1\" is no subdomain: it may have letters, digits and hyphens only, and no hyphen at "
                        "either end.")
                .arg(quoted(subdomain)));
    }
    return {};
}

Result<QUrl> build(const Named &named)
{
    const bool loopback = isLoopback(named.host);
    QString scheme = named.scheme;
    if (scheme.isEmpty()) {
        scheme = loopback ? u"http"_s : u"https"_s;
    }
    if (scheme == "http"_L1 && !loopback) {
        return failure(ErrorKind::Refused,
            QObject::tr("The API token is sent over HTTPS only. Type https://%1.").arg(quoted(named.host)));
    }
    if (!loopback && !named.host.contains(u'.') && QHostAddress(named.host).isNull()) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("\"%1\" is no whole host name. Type it with its domain, for example login.example.com.")
                .arg(quoted(named.host)));
    }
    QUrl url;
    url.setScheme(scheme);
    url.setHost(named.host);
    const int usual = scheme == "http"_L1 ? httpPort : httpsPort;
    if (named.port > 0 && named.port != usual) {
        url.setPort(named.port);
    }
    if (!url.isValid()) {
        return failure(ErrorKind::InvalidInput, QObject::tr("\"%1\" is no host name.").arg(quoted(named.host)));
    }
    return url;
}

} // namespace

QStringList oktaDomains()
{
    return {u"okta.com"_s, u"oktapreview.com"_s, u"okta-emea.com"_s, u"okta-gov.com"_s, u"okta.mil"_s};
}

Result<OrgAddress> parseOrgAddress(const QString &text, const QString &domainIfBare)
{
    const auto named = read(text);
    if (!named) {
        return tl::unexpected(named.error());
    }
    const bool isBare = !named->host.contains(u'.') && !isLoopback(named->host) && QHostAddress(named->host).isNull()
        && named->scheme.isEmpty() && named->port < 0;
    if (isBare) {
        QString subdomain = named->host;
        if (oktaDomains().contains(domainIfBare) && subdomain.endsWith(adminSuffix)) {
            subdomain.chop(adminSuffix.size());
        }
        if (const auto good = checkSubdomain(subdomain, domainIfBare); !good) {
            return tl::unexpected(good.error());
        }
        return OrgAddress{subdomain, domainIfBare};
    }
    const QString host = withoutAdmin(named->host);
    const QString domain = oktaDomainOf(host);
    if (!domain.isEmpty()) {
        if (named->port > 0 && named->port != httpsPort && named->port != httpPort) {
            return failure(ErrorKind::InvalidInput,
                QObject::tr("Okta does not answer on port %1. Leave the port out.").arg(named->port));
        }
        const QString subdomain = host == domain ? QString() : host.chopped(domain.size() + 1);
        if (const auto good = checkSubdomain(subdomain, domain); !good) {
            return tl::unexpected(good.error());
        }
        return OrgAddress{subdomain, domain};
    }
    // The authority is what the form shows of a custom host: login.example.com, 127.0.0.1:8080, [::1]:8080. The scheme
    // follows from it: whoever pastes http://login.example.com means this host, and is asked over HTTPS.
    Named secure = *named;
    secure.scheme.clear();
    if (named->port == httpPort) {
        secure.port = -1;
    }
    return build(secure).map([](const QUrl &url) { return OrgAddress{{}, url.authority(QUrl::FullyEncoded)}; });
}

Result<QUrl> originOf(const OrgAddress &address)
{
    const QString subdomain = address.subdomain.trimmed().toLower();
    const QString domain = address.domain.trimmed().toLower();
    if (domain.isEmpty()) {
        return failure(ErrorKind::InvalidInput, QObject::tr("Choose the Okta domain, or type a custom one."));
    }
    if (oktaDomains().contains(domain)) {
        if (const auto good = checkSubdomain(subdomain, domain); !good) {
            return tl::unexpected(good.error());
        }
        return parseOrigin(subdomain + u'.' + domain);
    }
    if (subdomain.isEmpty()) {
        return parseOrigin(domain);
    }
    if (const auto good = checkSubdomain(subdomain, domain); !good) {
        return tl::unexpected(good.error());
    }
    return parseOrigin(subdomain + u'.' + domain);
}

Result<QUrl> parseOrigin(const QString &text)
{
    auto named = read(text);
    if (!named) {
        return tl::unexpected(named.error());
    }
    named->host = withoutAdmin(named->host);
    if (oktaDomains().contains(named->host)) {
        return failure(
            ErrorKind::InvalidInput, QObject::tr("The subdomain is missing: the acme of acme.%1.").arg(named->host));
    }
    return build(*named);
}

bool isSameOrigin(const QUrl &url, const QUrl &origin)
{
    const auto port = [](const QUrl &of) { return of.port(of.scheme() == "http"_L1 ? httpPort : httpsPort); };
    return url.isValid() && origin.isValid() && url.userInfo().isEmpty()
        && (url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopback(url.host())))
        && url.scheme() == origin.scheme() && !url.host().isEmpty()
        && url.host(QUrl::FullyEncoded) == origin.host(QUrl::FullyEncoded) && port(url) == port(origin);
}

} // namespace octotrail::okta
