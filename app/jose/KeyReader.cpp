// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/KeyReader.h"

#include "jose/Base64Url.h"
#include "jose/OpenSsl.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QObject>
#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace octotrail::jose {

using event::ErrorKind;
using event::Result;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestText = 64 * 1024;
constexpr int fewestRsaBits = 2048; ///< that Okta takes
constexpr int mostRsaBits = 16'384; ///< beyond it, a signature takes seconds
constexpr qsizetype longestNumber = mostRsaBits / 8;
constexpr int coordinateSize = 32;

tl::unexpected<event::Error> refused(const QString &sentence)
{
    return event::failure(ErrorKind::InvalidInput, sentence);
}

QString noKey()
{
    return QObject::tr("This is no private key. It is a file that begins with -----BEGIN PRIVATE KEY-----, or a JWK "
                       "(JSON with \"kty\" and \"d\"), as the Admin Console shows it once when it generates the key.");
}

QString publicKey()
{
    return QObject::tr("This is the public key, which Okta has already. The private key that belongs to it is needed "
                       "here: the Admin Console shows it once, when it generates the pair.");
}

QString damaged()
{
    return QObject::tr("This private key is damaged: a part of it is missing or changed. Copy it again, whole, with "
                       "its first and its last line.");
}

QString encrypted()
{
    return QObject::tr("This private key is encrypted with a password. Decrypt it first: openssl pkcs8 -in key.pem "
                       "-out plain.pem. The keychain keeps it safe here.");
}

QString otherCurve()
{
    return QObject::tr("This key is on a curve that Octotrail does not sign with. Use an RSA key of 2048 bits or more, "
                       "or an EC key on P-256.");
}

/// Never asks the terminal, which OpenSSL would do by itself.
int noPassword(char *, int, int, void *)
{
    return -1;
}

Bio reading(const QByteArray &text)
{
    return Bio(BIO_new_mem_buf(text.constData(), static_cast<int>(text.size())));
}

/// PEM in a key that went through a form or an environment variable: \n written out, lines joined by spaces.
QByteArray mended(QByteArray text)
{
    if (text.count('\n') < 2 && text.contains("\\n")) {
        text.replace("\\r", "").replace("\\n", "\n");
    }
    text.replace("\r\n", "\n");
    const auto begin = text.indexOf("-----BEGIN ");
    const auto headEnd = text.indexOf("-----", begin + 11);
    const auto end = text.indexOf("-----END ", headEnd);
    if (begin < 0 || headEnd < 0 || end < 0 || text.mid(headEnd, end - headEnd).contains('\n')) {
        return text; // it is no PEM, or has its lines
    }
    const QByteArray body = text.mid(headEnd + 5, end - headEnd - 5).simplified().replace(' ', "");
    QByteArray lines = text.mid(begin, headEnd + 5 - begin) + '\n';
    constexpr qsizetype width = 64;
    for (qsizetype at = 0; at < body.size(); at += width) {
        lines += body.mid(at, width) + '\n';
    }
    return lines + text.mid(end).trimmed() + '\n';
}

BigNumber numberOf(const QJsonObject &jwk, const QString &member)
{
    const auto bytes = fromBase64Url(jwk[member].toString().toLatin1());
    if (!bytes || bytes->isEmpty() || bytes->size() > longestNumber) {
        return nullptr;
    }
    return BigNumber(BN_bin2bn(
        reinterpret_cast<const unsigned char *>(bytes->constData()), static_cast<int>(bytes->size()), nullptr));
}

PkeyPtr assemble(const char *type, const ParamBuilder &builder, bool isPrivate)
{
    const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY *key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, isPrivate ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, params.get())
            != 1) {
        return nullptr;
    }
    return owned(key);
}

PkeyPtr rsaKey(const QJsonObject &jwk, bool isPrivate)
{
    struct Part
    {
        QString member;
        const char *name;
    };
    const Part whole[] = {{u"n"_s, OSSL_PKEY_PARAM_RSA_N}, {u"e"_s, OSSL_PKEY_PARAM_RSA_E}};
    const Part secret[] = {{u"p"_s, OSSL_PKEY_PARAM_RSA_FACTOR1}, {u"q"_s, OSSL_PKEY_PARAM_RSA_FACTOR2},
        {u"dp"_s, OSSL_PKEY_PARAM_RSA_EXPONENT1}, {u"dq"_s, OSSL_PKEY_PARAM_RSA_EXPONENT2},
        {u"qi"_s, OSSL_PKEY_PARAM_RSA_COEFFICIENT1}};
    const ParamBuilder builder(OSSL_PARAM_BLD_new());
    std::vector<BigNumber> numbers; // live until the parameters are made
    const auto add = [&](const QString &member, const char *name) {
        numbers.push_back(numberOf(jwk, member));
        return numbers.back() && OSSL_PARAM_BLD_push_BN(builder.get(), name, numbers.back().get()) == 1;
    };
    for (const Part &part : whole) {
        if (!add(part.member, part.name)) {
            return nullptr;
        }
    }
    if (isPrivate) {
        if (!add(u"d"_s, OSSL_PKEY_PARAM_RSA_D)) {
            return nullptr;
        }
        // The rest makes signing faster, and is there whole or not at all.
        const bool hasPrimes = jwk.contains(u"p"_s);
        for (const Part &part : secret) {
            if (hasPrimes && !add(part.member, part.name)) {
                return nullptr;
            }
        }
    }
    return assemble("RSA", builder, isPrivate);
}

PkeyPtr ecKey(const QJsonObject &jwk, bool isPrivate)
{
    const auto x = fromBase64Url(jwk[u"x"_s].toString().toLatin1());
    const auto y = fromBase64Url(jwk[u"y"_s].toString().toLatin1());
    if (!x || !y || x->size() != coordinateSize || y->size() != coordinateSize) {
        return nullptr;
    }
    const QByteArray point = '\x04' + *x + *y;
    const ParamBuilder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
    OSSL_PARAM_BLD_push_octet_string(
        builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.constData(), static_cast<std::size_t>(point.size()));
    BigNumber secret;
    if (isPrivate) {
        secret = numberOf(jwk, u"d"_s);
        if (!secret || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret.get()) != 1) {
            return nullptr;
        }
    }
    return assemble("EC", builder, isPrivate);
}

/// Of what is no private key, what it is.
QString otherThan(const QByteArray &text)
{
    if (text.contains("BEGIN OPENSSH PRIVATE KEY")) {
        return QObject::tr("This is a key in OpenSSH's own format. Convert a copy of it: ssh-keygen -p -m PKCS8 -f "
                           "copy-of-key.");
    }
    if (text.contains("BEGIN CERTIFICATE")) {
        return QObject::tr("This is a certificate, which holds a public key only. The private key that belongs to it "
                           "is needed here.");
    }
    return text.contains("PUBLIC KEY-----") ? publicKey() : noKey();
}

} // namespace

Result<Key> KeyReader::readPrivate(const QByteArray &text)
{
    const QByteArray clean = text.trimmed();
    if (clean.isEmpty()) {
        return refused(QObject::tr("Enter the private key of the service app."));
    }
    if (clean.size() > longestText) {
        return refused(noKey());
    }
    return clean.startsWith('{') || clean.startsWith('[') ? readJwk(clean, true) : readPem(clean, true);
}

Result<Key> KeyReader::readPublic(const QByteArray &text)
{
    const QByteArray clean = text.trimmed();
    if (clean.isEmpty() || clean.size() > longestText) {
        return refused(QObject::tr("This is no public key, neither PEM nor JWK."));
    }
    return clean.startsWith('{') || clean.startsWith('[') ? readJwk(clean, false) : readPem(clean, false);
}

Result<Key> KeyReader::readPem(const QByteArray &text, bool isPrivate)
{
    const QByteArray pem = mended(text);
    Key key;
    key.m_isPrivate = isPrivate;
    const bool holdsPrivate = pem.contains("PRIVATE KEY-----");
    if (pem.contains("BEGIN ENCRYPTED PRIVATE KEY") || (holdsPrivate && pem.contains("Proc-Type: 4,ENCRYPTED"))) {
        return refused(encrypted());
    }
    if (isPrivate && (!holdsPrivate || pem.contains("BEGIN OPENSSH"))) {
        return refused(otherThan(pem));
    }
    const Bio bio = reading(pem);
    key.m_key = owned(holdsPrivate ? PEM_read_bio_PrivateKey(bio.get(), nullptr, &noPassword, nullptr)
                                   : PEM_read_bio_PUBKEY(bio.get(), nullptr, &noPassword, nullptr));
    ERR_clear_error();
    if (!key.m_key) {
        return refused(isPrivate ? damaged() : QObject::tr("This is no public key, neither PEM nor JWK."));
    }
    return checked(std::move(key));
}

Result<Key> KeyReader::readJwk(const QByteArray &text, bool isPrivate)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (document.isNull()) {
        return refused(isPrivate ? damaged() : QObject::tr("This is no public key, neither PEM nor JWK."));
    }
    const QJsonArray keys = document.isArray() ? document.array() : document.object()[u"keys"_s].toArray();
    if (document.isObject() && keys.isEmpty()) {
        return readJwk(document.object(), isPrivate);
    }
    if (keys.size() != 1) {
        return refused(QObject::tr("This is a set of %1 keys. Enter the one to sign with alone.").arg(keys.size()));
    }
    return readJwk(keys.first().toObject(), isPrivate);
}

Result<Key> KeyReader::readJwk(const QJsonObject &jwk, bool isPrivate)
{
    const QString type = jwk[u"kty"_s].toString();
    const bool isEc = type == "EC"_L1;
    if (isEc && jwk[u"crv"_s].toString() != "P-256"_L1) {
        return refused(otherCurve());
    }
    if (type == "OKP"_L1) {
        return refused(otherCurve());
    }
    if (!isEc && type != "RSA"_L1) {
        return refused(noKey());
    }
    if (isPrivate && !jwk.contains(u"d"_s)) {
        return refused(publicKey());
    }
    Key key;
    key.m_isPrivate = isPrivate;
    key.m_keyId = jwk[u"kid"_s].toString().left(256);
    key.m_key = isEc ? ecKey(jwk, isPrivate) : rsaKey(jwk, isPrivate);
    ERR_clear_error();
    return key.m_key ? checked(std::move(key)) : refused(damaged());
}

/// Whether it is a key to work with: of a type that Okta takes, long enough, and whole.
Result<Key> KeyReader::checked(Key key)
{
    const EVP_PKEY *pkey = key.m_key.get();
    const int bits = EVP_PKEY_get_bits(pkey);
    if (EVP_PKEY_is_a(pkey, "RSA") == 1) {
        key.m_type = Key::Type::Rsa;
        if (bits < fewestRsaBits) {
            return refused(QObject::tr("This RSA key has %1 bits, and Okta takes 2048 or more. Generate a new one in "
                                       "the Admin Console.")
                               .arg(bits));
        }
        if (bits > mostRsaBits) {
            return refused(
                QObject::tr("This RSA key has %1 bits, more than are of use. 2048 to 4096 are usual.").arg(bits));
        }
    } else if (EVP_PKEY_is_a(pkey, "EC") == 1) {
        key.m_type = Key::Type::P256;
        char curve[64] = {};
        EVP_PKEY_get_utf8_string_param(pkey, OSSL_PKEY_PARAM_GROUP_NAME, curve, sizeof curve, nullptr);
        if (qstrcmp(curve, "prime256v1") != 0 && qstrcmp(curve, "P-256") != 0) {
            return refused(otherCurve());
        }
    } else {
        return refused(otherCurve());
    }
    // A private half of another key shows only when it is used.
    const QByteArray probe = QByteArrayLiteral("octotrail");
    if (key.m_isPrivate && !key.verify(probe, key.sign(probe))) {
        return refused(damaged());
    }
    return key;
}

} // namespace octotrail::jose
