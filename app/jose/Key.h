// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <memory>

using EVP_PKEY = struct evp_pkey_st;

namespace octotrail::jose {

/// A key to sign with (RSA with RS256, P-256 with ES256), or its public half to verify with. A value; copies share the
/// key, which is wiped with the last of them. Any thread.
class Key
{
public:
    enum class Type { Rsa, P256 };

    /// A private key as PEM (PKCS#1, PKCS#8, SEC 1) or as JWK, alone or as the only key of a set. InvalidInput with a
    /// sentence about what it is instead: a public key, a certificate, encrypted, another curve, too short.
    static event::Result<Key> readPrivate(const QByteArray &text);
    /// The public half of a key: PEM or JWK, public or private.
    static event::Result<Key> readPublic(const QByteArray &text);
    /// A new one. RSA has 2048 bits.
    static Key generate(Type type);

    Type type() const { return m_type; }
    bool isPrivate() const { return m_isPrivate; }
    /// "RS256" or "ES256".
    QString algorithm() const;
    /// The kid of the JWK that it was read from; empty if there was none.
    const QString &keyId() const { return m_keyId; }

    /// The public half alone, without kid.
    QJsonObject publicJwk() const;
    /// With all that a private key has. For what may see it: a keychain, a test.
    QJsonObject privateJwk() const;
    QByteArray privatePem() const; ///< PKCS#8
    QByteArray publicPem() const;
    /// RFC 7638, SHA-256, base64url: the same however the key is written.
    QByteArray thumbprint() const;

    /// As JWS wants it (RFC 7518: ES256 is r and s, 64 bytes). Empty for a public key.
    QByteArray sign(const QByteArray &input) const;
    bool verify(const QByteArray &input, const QByteArray &signature) const;

private:
    friend class KeyReader;
    Key() = default;
    QByteArray number(const char *name, int length = 0) const;

    std::shared_ptr<EVP_PKEY> m_key;
    Type m_type = Type::Rsa;
    bool m_isPrivate = false;
    QString m_keyId;
};

} // namespace octotrail::jose
