// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/TokenEndpoint.h"

#include "jose/Base64Url.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>
#include <QUrlQuery>
#include <algorithm>

namespace octotrail::simulator {

using event::Timestamp;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto longestAssertion = 3600s;
constexpr auto oldestProof = 300s;
constexpr auto rememberedFor = 2h; ///< longer than anything signed counts

/// An error of the token endpoint.
Reply oauthError(int status, const QString &code, const QString &description)
{
    Reply reply;
    reply.status = status;
    reply.body = QJsonDocument(QJsonObject{{u"error"_s, code}, {u"error_description"_s, description}})
                     .toJson(QJsonDocument::Compact);
    return reply;
}

Reply invalidClient(const QString &description)
{
    return oauthError(401, u"invalid_client"_s, description);
}

Reply invalidProof(const QString &description)
{
    return oauthError(400, u"invalid_dpop_proof"_s, description);
}

/// A refusal of the API: the reason stands in a header.
Reply challenge(int status, const QByteArray &scheme, const QByteArray &error, const QByteArray &description,
    const QByteArray &scope = {})
{
    Reply reply = status == 401 ? errors::invalidToken() : errors::accessDenied();
    if (error == "insufficient_scope") {
        reply.body.clear(); // Okta says it in the header alone
    }
    reply.addHeader("WWW-Authenticate",
        scheme + R"( authorization_uri="http://sim/oauth2/v1/authorize", realm="http://sim", scope=")" + scope
            + R"(", error=")" + error + R"(", error_description=")" + description + '"');
    return reply;
}

QString textIn(const QUrlQuery &form, const QString &name)
{
    QString text = form.queryItemValue(name, QUrl::FullyEncoded);
    text.replace(u'+', u' ');
    return QUrl::fromPercentEncoding(text.toUtf8());
}

std::optional<Timestamp> timeIn(const QJsonObject &claims, const QString &name)
{
    const QJsonValue value = claims[name];
    return value.isDouble() ? std::optional(Timestamp(std::chrono::seconds(value.toInteger()))) : std::nullopt;
}

bool isFor(const QJsonValue &audience, const QByteArray &url)
{
    const QString wanted = QString::fromLatin1(url);
    return audience.isArray() ? audience.toArray().contains(wanted) : audience.toString() == wanted;
}

} // namespace

TokenEndpoint::TokenEndpoint(QList<OAuthClient> clients, OAuthRules rules)
    : m_clients(std::move(clients))
    , m_rules(rules)
    , m_nonce(jose::randomText())
{ }

void TokenEndpoint::revoke(const QString &clientId)
{
    m_revoked.insert(clientId);
    m_tokens.removeIf([&](const auto &token) { return token.value().clientId == clientId; });
}

void TokenEndpoint::reinstate(const QString &clientId)
{
    m_revoked.remove(clientId);
}

void TokenEndpoint::rotateNonce()
{
    m_nonce = jose::randomText();
    m_nonceSince.reset();
}

bool TokenEndpoint::isNew(std::map<QString, Timestamp> &seen, const QString &jti, Timestamp now)
{
    std::erase_if(seen, [&](const auto &entry) { return entry.second + rememberedFor < now; });
    return seen.try_emplace(jti, now).second;
}

// Tokens are given

Reply TokenEndpoint::answer(const OAuthRequest &request, const QByteArray &body)
{
    const QUrlQuery form(QString::fromLatin1(body));
    if (textIn(form, u"grant_type"_s) != "client_credentials"_L1) {
        return oauthError(400, u"unsupported_grant_type"_s,
            u"The authorization grant type is not supported by the "
            u"authorization server. Configured grant types: "
            "[client_credentials]."_s);
    }
    if (textIn(form, u"client_assertion_type"_s) != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"_L1) {
        return invalidClient(u"Client Credentials requests to the Org "
                             u"Authorization Server must use the "
                             "private_key_jwt token_endpoint_auth_method."_s);
    }
    const auto client = authenticate(request, textIn(form, u"client_assertion"_s).toLatin1());
    if (!client) {
        return client.error();
    }
    QByteArray thumbprint;
    if (m_rules.dpop == OAuthRules::Dpop::Required) {
        const auto proof = prove(request, {});
        if (!proof) {
            return proof.error();
        }
        thumbprint = proof->key.thumbprint();
    }
    const QStringList scopes = textIn(form, u"scope"_s).split(u' ', Qt::SkipEmptyParts);
    const bool isGranted = !scopes.isEmpty()
        && std::ranges::all_of(scopes, [&](const QString &scope) { return (*client)->scopes.contains(scope); });
    if (!isGranted) {
        return oauthError(
            400, u"invalid_scope"_s, u"One or more scopes are not configured for the authorization server resource."_s);
    }
    const QByteArray value = jose::randomText(48);
    m_tokens.insert(value, {(*client)->id, scopes, request.now + m_rules.tokenLifetime, thumbprint});
    Reply reply;
    reply.body = QJsonDocument(QJsonObject{{u"token_type"_s, thumbprint.isEmpty() ? u"Bearer"_s : u"DPoP"_s},
                                   {u"expires_in"_s, qint64{m_rules.tokenLifetime.count()}},
                                   {u"access_token"_s, QString::fromLatin1(value)}, {u"scope"_s, scopes.join(u' ')}})
                     .toJson(QJsonDocument::Compact);
    if (!thumbprint.isEmpty()) {
        reply.addHeader("DPoP-Nonce", m_nonce);
    }
    return reply;
}

tl::expected<const OAuthClient *, Reply> TokenEndpoint::authenticate(
    const OAuthRequest &request, const QByteArray &assertion)
{
    const auto refused = [](const QString &description) { return tl::unexpected(invalidClient(description)); };
    const auto jws = jose::Jws::parse(assertion);
    if (!jws) {
        return refused(u"The parsing of the client_assertion failed."_s);
    }
    const QJsonObject &claims = jws->claims;
    const QString issuer = claims[u"iss"_s].toString();
    const auto client = std::ranges::find(m_clients, issuer, &OAuthClient::id);
    if (client == m_clients.end()) {
        return refused(u"The issuer claim for client_assertion is not a valid client_id."_s);
    }
    if (m_revoked.contains(issuer)) {
        return refused(u"Invalid value for 'client_id' parameter."_s);
    }
    if (claims[u"sub"_s].toString() != issuer) {
        return refused(u"The subject claim for client_assertion is not a valid client_id."_s);
    }
    const QString kid = jws->header[u"kid"_s].toString();
    if (!kid.isEmpty() && !client->keyId.isEmpty() && kid != client->keyId) {
        return refused(u"The client_assertion JWT kid is invalid."_s);
    }
    const QString algorithm = jws->header[u"alg"_s].toString();
    if (algorithm != client->key.algorithm()) {
        return refused(u"The client_assertion JWT signature algorithm is invalid."_s);
    }
    if (!jws->isVerifiedBy(client->key)) {
        return refused(u"The client_assertion signature is invalid."_s);
    }
    if (!isFor(claims[u"aud"_s], request.url)) {
        return refused(u"The audience claim for client_assertion must be the endpoint invoked for the request."_s);
    }
    const auto expiry = timeIn(claims, u"exp"_s);
    if (!expiry) {
        return refused(u"The client_assertion must contain the 'exp' claim as seconds since epoch."_s);
    }
    if (*expiry <= request.now) {
        return refused(u"The client_assertion token is expired."_s);
    }
    if (*expiry >= request.now + longestAssertion) {
        return refused(u"The client_assertion token has an expiration too far into the future."_s);
    }
    if (const auto issued = timeIn(claims, u"iat"_s); issued && *issued > request.now) {
        return refused(u"The client_assertion token must be issued before the current time."_s);
    }
    if (const QString jti = claims[u"jti"_s].toString(); !jti.isEmpty() && !isNew(m_seenAssertions, jti, request.now)) {
        return refused(u"The client_assertion token has already been used."_s);
    }
    return &*client;
}

/// Whether the DPoP header proves possession of a key, for this request; with
/// an access token, for that too.
tl::expected<TokenEndpoint::Proof, Reply> TokenEndpoint::prove(
    const OAuthRequest &request, const QByteArray &accessToken)
{
    const auto refused = [](const QString &description) { return tl::unexpected(invalidProof(description)); };
    if (request.proof.isEmpty()) {
        return refused(u"The DPoP proof JWT header is missing."_s);
    }
    const auto jws = jose::Jws::parse(request.proof);
    if (!jws) {
        return refused(u"The DPoP proof JWT cannot be parsed."_s);
    }
    if (jws->header[u"typ"_s].toString() != "dpop+jwt"_L1) {
        return refused(u"'typ' must be 'dpop+jwt' in the DPoP proof JWT."_s);
    }
    const QJsonObject jwk = jws->header[u"jwk"_s].toObject();
    const auto key = jose::Key::readPublic(QJsonDocument(jwk).toJson(QJsonDocument::Compact));
    if (!key || jwk.contains(u"d"_s)) {
        return refused(u"The DPoP proof JWT is invalid."_s);
    }
    if (jws->header[u"alg"_s].toString() != key->algorithm()) {
        return refused(u"The DPoP proof JWT signature algorithm is invalid."_s);
    }
    if (!jws->isVerifiedBy(*key)) {
        return refused(u"The DPoP proof JWT signature is invalid."_s);
    }
    const QJsonObject &claims = jws->claims;
    if (claims[u"htm"_s].toString().toLatin1() != request.verb) {
        return refused(u"'htm' claim in the DPoP proof JWT is invalid."_s);
    }
    if (claims[u"htu"_s].toString().toLatin1() != request.url) {
        return refused(u"'htu' claim in the DPoP proof JWT is invalid."_s);
    }
    const auto issued = timeIn(claims, u"iat"_s);
    if (!issued) {
        return refused(u"'iat' claim in the DPoP proof JWT is invalid."_s);
    }
    if (*issued > request.now) {
        return refused(u"The DPoP proof JWT is issued in the future."_s);
    }
    if (*issued + oldestProof < request.now) {
        return refused(u"The DPoP proof JWT is issued more than five minutes in the past."_s);
    }
    const QString jti = claims[u"jti"_s].toString();
    if (jti.isEmpty()) {
        return refused(u"'jti' claim in the DPoP proof JWT is invalid."_s);
    }
    if (!m_nonceSince) {
        m_nonceSince = request.now;
    } else if (*m_nonceSince + m_rules.nonceLifetime < request.now) {
        rotateNonce();
        m_nonceSince = request.now;
    }
    const bool wantsNonce = accessToken.isEmpty() || m_rules.apiNonce;
    if (wantsNonce && claims[u"nonce"_s].toString().toLatin1() != m_nonce) {
        Reply reply = oauthError(400, u"use_dpop_nonce"_s, u"Authorization server requires nonce in DPoP proof."_s);
        reply.addHeader("DPoP-Nonce", m_nonce);
        return tl::unexpected(reply);
    }
    if (!isNew(m_seenProofs, jti, request.now)) {
        return refused(u"The DPoP proof JWT has already been used."_s);
    }
    const QByteArray hash = jose::toBase64Url(QCryptographicHash::hash(accessToken, QCryptographicHash::Sha256));
    if (!accessToken.isEmpty() && claims[u"ath"_s].toString().toLatin1() != hash) {
        return refused(u"'ath' claim in the DPoP proof does not match the presented access_token."_s);
    }
    return Proof{*jws, *key};
}

// Tokens are used

std::optional<Reply> TokenEndpoint::refusal(const OAuthRequest &request, const QString &scope)
{
    const QByteArray scheme = request.authorization.left(request.authorization.indexOf(' '));
    const auto token = m_tokens.constFind(request.authorization.mid(scheme.size() + 1));
    if (token == m_tokens.cend()) {
        return challenge(401, scheme, "invalid_token", "The access token is invalid.");
    }
    if (token->expiry <= request.now) {
        return challenge(401, scheme, "invalid_token", "The access token is expired.");
    }
    if (token->thumbprint.isEmpty() != (scheme == "Bearer")) {
        return challenge(401, scheme, "invalid_token", "The access token type does not match the scheme.");
    }
    if (!token->thumbprint.isEmpty()) {
        const auto proof = prove(request, token.key());
        if (!proof) {
            const QJsonObject body = QJsonDocument::fromJson(proof.error().body).object();
            Reply reply = challenge(401, scheme, body[u"error"_s].toString().toLatin1(),
                body[u"error_description"_s].toString().toLatin1());
            reply.headers += proof.error().headers;
            return reply;
        }
        if (proof->key.thumbprint() != token->thumbprint) {
            return challenge(
                401, scheme, "invalid_dpop_proof", "The access_token is not bound to the provided DPoP proof.");
        }
    }
    if (!token->scopes.contains(scope)) {
        return challenge(403, scheme, "insufficient_scope",
            "The access token provided does not contain the required scopes.", scope.toLatin1());
    }
    return std::nullopt;
}

} // namespace octotrail::simulator
