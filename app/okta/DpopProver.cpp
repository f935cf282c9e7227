// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/DpopProver.h"

#include "jose/Base64Url.h"
#include "jose/Jws.h"

#include <QCryptographicHash>

namespace octotrail::okta {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Okta refuses a proof from the future, and its clock is known to about a second.
constexpr auto issuedBefore = 5s;

} // namespace

DpopProver::DpopProver()
    : m_key(jose::Key::generate(jose::Key::Type::P256))
{ }

QByteArray DpopProver::proof(const QByteArray &verb, const QUrl &url, event::Timestamp serverNow,
    const QByteArray &nonce, const QByteArray &accessToken) const
{
    const auto issued = std::chrono::floor<std::chrono::seconds>(serverNow - issuedBefore).time_since_epoch();
    QJsonObject claims{{u"htm"_s, QString::fromLatin1(verb)},
        {u"htu"_s, url.toString(QUrl::FullyEncoded | QUrl::RemoveQuery | QUrl::RemoveFragment)},
        {u"iat"_s, qint64{issued.count()}}, {u"jti"_s, QString::fromLatin1(jose::randomText())}};
    if (!nonce.isEmpty()) {
        claims[u"nonce"_s] = QString::fromLatin1(nonce);
    }
    if (!accessToken.isEmpty()) {
        claims[u"ath"_s] = QString::fromLatin1(hashOf(accessToken));
    }
    return jose::sign({{u"typ"_s, u"dpop+jwt"_s}, {u"jwk"_s, m_key.publicJwk()}}, claims, m_key);
}

QByteArray DpopProver::hashOf(const QByteArray &accessToken)
{
    return jose::toBase64Url(QCryptographicHash::hash(accessToken, QCryptographicHash::Sha256));
}

} // namespace octotrail::okta
