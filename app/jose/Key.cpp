// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/Key.h"

#include "jose/Base64Url.h"
#include "jose/KeyReader.h"
#include "jose/OpenSsl.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <algorithm>
#include <openssl/core_names.h>
#include <openssl/pem.h>

namespace octotrail::jose {

using namespace Qt::StringLiterals;

namespace {

constexpr unsigned rsaBits = 2048;
constexpr int coordinateSize = 32; ///< of P-256
constexpr auto signatureSize = qsizetype{2} * coordinateSize;

const unsigned char *bytesOf(const QByteArray &text)
{
    return reinterpret_cast<const unsigned char *>(text.constData());
}

/// r and s side by side, from the DER that OpenSSL makes.
QByteArray joined(const QByteArray &der)
{
    const unsigned char *at = bytesOf(der);
    const EcdsaSignature signature(d2i_ECDSA_SIG(nullptr, &at, der.size()));
    QByteArray both(signatureSize, '\0');
    auto *out = reinterpret_cast<unsigned char *>(both.data());
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out, coordinateSize) < 0
        || BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out + coordinateSize, coordinateSize) < 0) {
        return {};
    }
    return both;
}

QByteArray parted(const QByteArray &both)
{
    if (both.size() != signatureSize) {
        return {};
    }
    BigNumber r(BN_bin2bn(bytesOf(both), coordinateSize, nullptr));
    BigNumber s(BN_bin2bn(bytesOf(both) + coordinateSize, coordinateSize, nullptr));
    const EcdsaSignature signature(ECDSA_SIG_new());
    if (!r || !s || !signature || ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1) {
        return {};
    }
    r.release(); // the signature's now
    s.release();
    unsigned char *der = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &der);
    const QByteArray bytes(reinterpret_cast<const char *>(der), size > 0 ? size : 0);
    OPENSSL_free(der);
    return bytes;
}

QByteArray contentOf(const Bio &bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<qsizetype>(size)};
}

} // namespace

event::Result<Key> Key::readPrivate(const QByteArray &text)
{
    return KeyReader::readPrivate(text);
}

event::Result<Key> Key::readPublic(const QByteArray &text)
{
    return KeyReader::readPublic(text);
}

Key Key::generate(Type type)
{
    Key key;
    key.m_type = type;
    key.m_isPrivate = true;
    key.m_key = owned(type == Type::Rsa ? EVP_RSA_gen(rsaBits) : EVP_EC_gen("P-256"));
    if (!key.m_key) {
        qFatal("OpenSSL makes no keys on this system");
    }
    return key;
}

QString Key::algorithm() const
{
    return m_type == Type::Rsa ? u"RS256"_s : u"ES256"_s;
}

/// A part of the key as JWK writes it.
QByteArray Key::number(const char *name, int length) const
{
    BIGNUM *value = nullptr;
    if (EVP_PKEY_get_bn_param(m_key.get(), name, &value) != 1) {
        return {};
    }
    const BigNumber owner(value);
    const int size = std::max(length, BN_num_bytes(value));
    QByteArray bytes(size, '\0');
    BN_bn2binpad(value, reinterpret_cast<unsigned char *>(bytes.data()), size);
    return toBase64Url(bytes);
}

QJsonObject Key::publicJwk() const
{
    const auto text = [this](const char *name, int length = 0) { return QString::fromLatin1(number(name, length)); };
    if (m_type == Type::Rsa) {
        return {{u"kty"_s, u"RSA"_s}, {u"n"_s, text(OSSL_PKEY_PARAM_RSA_N)}, {u"e"_s, text(OSSL_PKEY_PARAM_RSA_E)}};
    }
    return {{u"kty"_s, u"EC"_s}, {u"crv"_s, u"P-256"_s}, {u"x"_s, text(OSSL_PKEY_PARAM_EC_PUB_X, coordinateSize)},
        {u"y"_s, text(OSSL_PKEY_PARAM_EC_PUB_Y, coordinateSize)}};
}

QJsonObject Key::privateJwk() const
{
    QJsonObject jwk = publicJwk();
    const auto add = [&](const QString &member, const char *name, int length = 0) {
        if (const QByteArray text = number(name, length); !text.isEmpty()) {
            jwk[member] = QString::fromLatin1(text);
        }
    };
    if (!m_keyId.isEmpty()) {
        jwk[u"kid"_s] = m_keyId;
    }
    if (m_type == Type::P256) {
        add(u"d"_s, OSSL_PKEY_PARAM_PRIV_KEY, coordinateSize);
        return jwk;
    }
    add(u"d"_s, OSSL_PKEY_PARAM_RSA_D);
    add(u"p"_s, OSSL_PKEY_PARAM_RSA_FACTOR1);
    add(u"q"_s, OSSL_PKEY_PARAM_RSA_FACTOR2);
    add(u"dp"_s, OSSL_PKEY_PARAM_RSA_EXPONENT1);
    add(u"dq"_s, OSSL_PKEY_PARAM_RSA_EXPONENT2);
    add(u"qi"_s, OSSL_PKEY_PARAM_RSA_COEFFICIENT1);
    return jwk;
}

QByteArray Key::privatePem() const
{
    const Bio bio(BIO_new(BIO_s_secmem()));
    if (!m_isPrivate
        || PEM_write_bio_PKCS8PrivateKey(bio.get(), m_key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
        return {};
    }
    return contentOf(bio);
}

QByteArray Key::publicPem() const
{
    const Bio bio(BIO_new(BIO_s_mem()));
    return PEM_write_bio_PUBKEY(bio.get(), m_key.get()) == 1 ? contentOf(bio) : QByteArray();
}

QByteArray Key::thumbprint() const
{
    // QJsonObject keeps its members in the order that RFC 7638 asks for, and has only those that it wants.
    const QByteArray canonical = QJsonDocument(publicJwk()).toJson(QJsonDocument::Compact);
    return toBase64Url(QCryptographicHash::hash(canonical, QCryptographicHash::Sha256));
}

QByteArray Key::sign(const QByteArray &input) const
{
    const Digest digest(EVP_MD_CTX_new());
    std::size_t size = 0;
    const auto length = static_cast<std::size_t>(input.size());
    if (!m_isPrivate || EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, m_key.get()) != 1
        || EVP_DigestSign(digest.get(), nullptr, &size, bytesOf(input), length) != 1) {
        ERR_clear_error();
        return {};
    }
    QByteArray signature(static_cast<qsizetype>(size), '\0');
    if (EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char *>(signature.data()), &size, bytesOf(input), length)
        != 1) {
        ERR_clear_error();
        return {};
    }
    signature.truncate(static_cast<qsizetype>(size));
    return m_type == Type::P256 ? joined(signature) : signature;
}

bool Key::verify(const QByteArray &input, const QByteArray &signature) const
{
    const QByteArray plain = m_type == Type::P256 ? parted(signature) : signature;
    const Digest digest(EVP_MD_CTX_new());
    const bool isGood = !plain.isEmpty()
        && EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, m_key.get()) == 1
        && EVP_DigestVerify(digest.get(), bytesOf(plain), static_cast<std::size_t>(plain.size()), bytesOf(input),
               static_cast<std::size_t>(input.size()))
            == 1;
    ERR_clear_error();
    return isGood;
}

} // namespace octotrail::jose
