// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/AccessTokens.h"

#include "okta/OAuthFaults.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>
#include <algorithm>

namespace octotrail::okta {

using event::ErrorKind;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto usualLifetime = 3600s;
constexpr auto longestLifetime = 24h;
constexpr auto renewalMargin = 300s; ///< before the expiry, or a quarter of the lifetime if that is less
constexpr auto refusalCounts = 60s; ///< so long a refused scope is not asked for again
constexpr auto noteworthySkew = 5s;
constexpr int mostNonces = 3;
constexpr qsizetype longestToken = 32 * 1024;
constexpr qsizetype longestNonce = 1024;

/// Fit for a header: nothing in it can break out of it.
bool isPlain(const QByteArray &text, qsizetype longest)
{
    return !text.isEmpty() && text.size() <= longest
        && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

bool isAboutScopes(const QString &code)
{
    return code == "invalid_scope"_L1 || code == "consent_required"_L1 || code == "access_denied"_L1;
}

} // namespace

AccessTokens::AccessTokens(Transport &transport, ServiceApp app, QObject *parent)
    : QObject(parent)
    , m_transport(transport)
    , m_app(std::move(app))
    , m_url(transport.url(u"/oauth2/v1/token"_s))
{ }

AccessTokens::~AccessTokens() = default;

std::chrono::milliseconds AccessTokens::skew() const
{
    return std::chrono::round<std::chrono::milliseconds>(m_transport.serverNow() - event::now());
}

AccessTokens::Grant &AccessTokens::grantFor(const QString &scope)
{
    const bool alone = !scope.isEmpty() && (m_isSplit || !m_app.scopes.contains(scope));
    const QString name = m_isSplit && scope.isEmpty() ? m_app.scopes.value(0) : alone ? scope : QString();
    Grant &grant = m_grants[name];
    grant.scopes = name.isEmpty() ? m_app.scopes : QStringList{name};
    return grant;
}

void AccessTokens::want(const QString &scope, QObject *context, Wanted wanted)
{
    Grant &grant = grantFor(scope);
    if (!grant.renewal.hasExpired()) {
        wanted(grant.token);
        return;
    }
    if (grant.refusal && !grant.refusedUntil.hasExpired()) {
        QMetaObject::invokeMethod(
            context, [wanted, fault = *grant.refusal] { wanted(tl::unexpected(fault)); }, Qt::QueuedConnection);
        return;
    }
    grant.waiters.push_back({context, std::move(wanted), scope});
    if (!grant.exchange) {
        grant.nonces = 0;
        grant.clockCorrected = false;
        request(grant);
    }
}

void AccessTokens::authorize(QNetworkRequest &request, const QByteArray &verb, const Token &token) const
{
    request.setRawHeader("Authorization", (token.isBound ? "DPoP " : "Bearer ") + token.value);
    if (token.isBound) {
        request.setRawHeader(
            "DPoP", m_prover.proof(verb, request.url(), m_transport.serverNow(), m_apiNonce, token.value));
    }
}

// The token endpoint

void AccessTokens::request(Grant &grant)
{
    grant.exchange = m_transport.post(
        m_url, [this, &grant](QNetworkRequest &request) { return prepare(request, grant); },
        [this, &grant](const Answer &answer) { onAnswer(grant, answer); });
}

QByteArray AccessTokens::prepare(QNetworkRequest &request, Grant &grant) const
{
    QUrlQuery form;
    form.addQueryItem(u"grant_type"_s, u"client_credentials"_s);
    form.addQueryItem(u"scope"_s, grant.scopes.join(u' '));
    form.addQueryItem(u"client_assertion_type"_s, u"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"_s);
    form.addQueryItem(u"client_assertion"_s, QString::fromLatin1(m_app.assertion(m_url, m_transport.serverNow())));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
    // With the first try already: Okta writes one without into the organization's log as a failure.
    request.setRawHeader("DPoP", m_prover.proof("POST", m_url, m_transport.serverNow(), m_tokenNonce));
    grant.skewWhenSent = skew();
    return form.toString(QUrl::FullyEncoded).toLatin1();
}

void AccessTokens::onAnswer(Grant &grant, const Answer &answer)
{
    const auto exchange = std::move(grant.exchange); // lives until the end of this
    if (!answer) {
        refuse(grant, answer.error());
        return;
    }
    const Response &response = *answer;
    if (isPlain(response.nonce, longestNonce)) {
        m_tokenNonce = response.nonce;
    }
    if (response.status == 200) {
        take(grant, response);
        return;
    }
    const QString code = oauth::errorCodeOf(response);
    if (tryAgain(grant, response, code)) {
        request(grant);
    } else if (isAboutScopes(code) && grant.scopes.size() > 1) {
        split(grant);
    } else {
        Fault fault = oauth::faultOfTokenRequest(response, m_app, grant.scopes, m_hasWorked);
        if (isAboutScopes(code)) {
            grant.refusal = fault;
            grant.refusedUntil.setRemainingTime(refusalCounts);
        }
        refuse(grant, fault);
    }
}

/// Whether the answer has told what was missing: each is tried for once or so.
bool AccessTokens::tryAgain(Grant &grant, const Response &response, const QString &code)
{
    if (code == "use_dpop_nonce"_L1) {
        return !response.nonce.isEmpty() && ++grant.nonces <= mostNonces;
    }
    const bool mayBeTime = code == "invalid_client"_L1 || code == "invalid_dpop_proof"_L1 || code == "invalid_grant"_L1;
    if (mayBeTime && !grant.clockCorrected && std::chrono::abs(skew() - grant.skewWhenSent) >= noteworthySkew) {
        grant.clockCorrected = true;
        return true;
    }
    return false;
}

void AccessTokens::take(Grant &grant, const Response &response)
{
    const QJsonObject object = QJsonDocument::fromJson(response.body).object();
    const QByteArray value = object[u"access_token"_s].toString().toLatin1();
    const QString type = object[u"token_type"_s].toString().toLower();
    if (!isPlain(value, longestToken) || (type != "dpop"_L1 && type != "bearer"_L1)) {
        Fault fault;
        fault.error = {ErrorKind::Protocol,
            QObject::tr("%1 answers the request for an access token in a way that Okta does not.").arg(m_url.host())};
        fault.status = response.status;
        refuse(grant, fault);
        return;
    }
    const qint64 told = object[u"expires_in"_s].toVariant().toLongLong();
    const auto lifetime
        = std::clamp<std::chrono::seconds>(told > 0 ? std::chrono::seconds(told) : usualLifetime, 1s, longestLifetime);
    const std::chrono::milliseconds margin = std::min<std::chrono::milliseconds>(renewalMargin, lifetime / 4);
    grant.token = {value, type == "dpop"_L1};
    grant.expiry.setRemainingTime(lifetime);
    grant.renewal.setRemainingTime(lifetime - margin);
    grant.refusal.reset();
    m_hasWorked = true;
    tell(grant, grant.token);
}

/// One of the scopes is not granted: each on its own from here on.
void AccessTokens::split(Grant &grant)
{
    m_isSplit = true;
    const std::vector<Waiter> waiters = std::exchange(grant.waiters, {});
    for (const Waiter &waiter : waiters) {
        if (waiter.context) {
            want(waiter.scope, waiter.context, waiter.wanted);
        }
    }
}

void AccessTokens::refuse(Grant &grant, const Fault &fault)
{
    const bool passes = fault.status == 0 || fault.status == 429 || fault.status >= 500;
    if (passes && !grant.expiry.hasExpired()) {
        tell(grant, grant.token); // still good: the next request tries again to renew it
    } else {
        tell(grant, tl::unexpected(fault));
    }
}

void AccessTokens::tell(Grant &grant, const tl::expected<Token, Fault> &outcome)
{
    const QPointer<AccessTokens> self(this);
    const std::vector<Waiter> waiters = std::exchange(grant.waiters, {});
    for (const Waiter &waiter : waiters) {
        if (waiter.context && self) {
            waiter.wanted(outcome);
        }
    }
}

// The API

bool AccessTokens::learn(const Response &response, const Token &token, std::chrono::milliseconds skewWhenSent)
{
    if (isPlain(response.nonce, longestNonce)) {
        m_apiNonce = response.nonce;
    }
    if (response.status != 401) {
        return false;
    }
    const QString code = oauth::errorCodeOf(response);
    if (code == "use_dpop_nonce"_L1) {
        return !response.nonce.isEmpty();
    }
    if (code == "invalid_dpop_proof"_L1) {
        return std::chrono::abs(skew() - skewWhenSent) >= noteworthySkew;
    }
    // Expired by a clock that was asleep, or revoked: another one tells.
    for (auto &[name, grant] : m_grants) {
        if (grant.token.value == token.value) {
            grant.renewal.setRemainingTime(0);
            grant.expiry.setRemainingTime(0);
        }
    }
    return true;
}

} // namespace octotrail::okta
