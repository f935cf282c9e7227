// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/ServiceApp.h"

#include "jose/Base64Url.h"
#include "jose/Jws.h"

#include <QObject>
#include <algorithm>

namespace octotrail::okta {

using event::ErrorKind;
using event::failure;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Okta refuses an hour and more; a wrong guess of its clock must do no harm on either side.
constexpr auto issuedBefore = 30s;
constexpr auto goodFor = 300s;

bool isPlain(const QString &text)
{
    constexpr qsizetype longest = 256;
    return text.size() <= longest
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c > u' ' && c <= u'~' && c != u'"'; });
}

} // namespace

QStringList scope::needed(bool withUsers, bool withDevices)
{
    QStringList scopes{logs};
    if (withUsers) {
        scopes << users;
    }
    if (withDevices) {
        scopes << devices;
    }
    return scopes;
}

QString scope::of(const QUrl &url)
{
    const QString path = url.path();
    for (const auto &[prefix, name] : {std::pair(u"/api/v1/logs"_s, logs), std::pair(u"/api/v1/users"_s, users),
             std::pair(u"/api/v1/devices"_s, devices)}) {
        if (path == prefix || path.startsWith(prefix + u'/')) {
            return name;
        }
    }
    return {};
}

event::Result<ServiceApp> ServiceApp::read(const QString &clientId, const QByteArray &privateKey, const QString &keyId)
{
    if (const auto good = checkClientId(clientId); !good) {
        return tl::unexpected(good.error());
    }
    if (const auto good = checkKeyId(keyId); !good) {
        return tl::unexpected(good.error());
    }
    const auto key = jose::Key::readPrivate(privateKey);
    if (!key) {
        return tl::unexpected(key.error());
    }
    const QString kid = keyId.trimmed();
    return ServiceApp{clientId.trimmed(), *key, kid.isEmpty() ? key->keyId() : kid, {scope::logs}};
}

event::Status ServiceApp::checkClientId(const QString &clientId)
{
    const QString clean = clientId.trimmed();
    if (clean.isEmpty()) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("Enter the client ID of the service app. It stands on the app's General tab."));
    }
    if (!isPlain(clean) || clean.contains(u'/')) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("This is no client ID. It looks like 0oa1b2c3d4e5f6g7h8i9, and stands on the app's General "
                        "tab."));
    }
    return {};
}

event::Status ServiceApp::checkKeyId(const QString &keyId)
{
    if (!isPlain(keyId.trimmed())) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("This is no key ID. Copy the KID beside the key on the app's General tab, or leave the field "
                        "empty if the app has one key."));
    }
    return {};
}

QByteArray ServiceApp::assertion(const QUrl &tokenUrl, event::Timestamp serverNow) const
{
    QJsonObject header;
    if (!keyId.isEmpty()) {
        header[u"kid"_s] = keyId;
    }
    const auto seconds = [](event::Timestamp time) {
        return qint64{std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count()};
    };
    return jose::sign(header,
        {{u"iss"_s, clientId}, {u"sub"_s, clientId}, {u"aud"_s, tokenUrl.toString(QUrl::FullyEncoded)},
            {u"iat"_s, seconds(serverNow - issuedBefore)}, {u"exp"_s, seconds(serverNow + goodFor)},
            {u"jti"_s, QString::fromLatin1(jose::randomText())}},
        key);
}

} // namespace octotrail::okta
