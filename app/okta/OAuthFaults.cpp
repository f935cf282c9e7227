// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/OAuthFaults.h"

#include "okta/Faults.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace octotrail::okta::oauth {

using event::Error;
using event::ErrorKind;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestBody = 64 * 1024;
constexpr qsizetype longestQuote = 300;

QString clean(const QString &text)
{
    return text.simplified().left(longestQuote);
}

QJsonObject bodyOf(const Response &response)
{
    return QJsonDocument::fromJson(response.body.left(longestBody)).object();
}

/// error="insufficient_scope" of a WWW-Authenticate header.
QString parameterOf(const QByteArray &challenge, const QString &name)
{
    const QRegularExpression form(uR"x((?:^|[\s,]))x"_s + name + uR"x(="([^"]*)")x"_s);
    return clean(form.match(QString::fromLatin1(challenge.left(4096))).captured(1));
}

QString oktaSays(const QString &description)
{
    return description.isEmpty() ? QString() : u' ' + QObject::tr("Okta says: \"%1\".").arg(clean(description));
}

QString clockAdvice(const Response &response)
{
    const QString clock = clockSentence(response.clockSkew);
    return clock.isEmpty() ? QObject::tr("Check this computer's clock.") : clock;
}

/// What to do about invalid_client, which Okta tells apart by its words alone.
QString clientAdvice(const QString &description, const Response &response, const ServiceApp &app)
{
    const auto says
        = [&](const char *word) { return description.contains(QLatin1StringView(word), Qt::CaseInsensitive); };
    if (says("private_key_jwt")) {
        return QObject::tr("The service app identifies itself by a client secret. "
                           "Set its Client authentication to Public key / "
                           "Private key, on its General tab.");
    }
    if (says("application_type")) {
        return QObject::tr("The app %1 is no service app. Create one of the type "
                           "API Services, under Applications > Create App "
                           "Integration.")
            .arg(app.clientId);
    }
    if (says(" kid ") || says("'kid'")) {
        return app.keyId.isEmpty() ? QObject::tr("The service app has more than one key. Enter the KID "
                                                 "that stands beside this one on its General tab.")
                                   : QObject::tr("The service app has no active key with the ID %1. "
                                                 "Compare it with the KIDs on the app's General tab, "
                                                 "and see that the key is active.")
                                         .arg(app.keyId);
    }
    if (says("signature") || says("jwks") || says("signing key")) {
        return QObject::tr("The private key does not belong to any active key of the service app. "
                           "Enter the key that was "
                           "generated on the app's General tab, or add its public key there.");
    }
    if (says("audience")) {
        return QObject::tr("Okta knows itself by another address than %1. Use the "
                           "organization's own address as the source's, "
                           "or its custom domain, as it is set up there.")
            .arg(response.url.host());
    }
    if (says("expired") || says("expiration") || says("issued")) {
        return QObject::tr("The clocks disagree.") + u' ' + clockAdvice(response);
    }
    if (says("already been used")) {
        return QObject::tr("Okta saw the same proof twice; a proxy may repeat "
                           "requests. It is tried again with a new one.");
    }
    return QObject::tr("There is no active service app with the client ID %1 in "
                       "this organization. Compare the ID with the "
                       "app's General tab, and see that the app is active.")
        .arg(app.clientId);
}

QString scopeAdvice(const QStringList &scopes)
{
    return scopes.size() == 1 ? QObject::tr("The service app lacks the scope %1. Grant it in the Admin "
                                            "Console: Applications > the app > Okta API "
                                            "Scopes.")
                                    .arg(scopes.first())
                              : QObject::tr("The service app lacks some of the scopes %1. Grant them in "
                                            "the Admin Console: Applications > the app > "
                                            "Okta API Scopes.")
                                    .arg(scopes.join(u", "_s));
}

Fault faultWith(const Response &response, Error error, int status, const QString &code)
{
    return {std::move(error), status, code, response.rateLimit, response.date, response.clockSkew, response.requestId};
}

QString proofAdvice(const QString &description, const Response &response)
{
    const bool isTime = description.contains("future"_L1) || description.contains("minutes"_L1)
        || description.contains("expired"_L1) || description.contains("iat"_L1);
    if (isTime) {
        return QObject::tr("The clocks disagree.") + u' ' + clockAdvice(response);
    }
    if (description.contains("missing"_L1)) {
        return QObject::tr("Okta did not get the proof of possession that was "
                           "sent: a proxy may remove the DPoP header.");
    }
    return QObject::tr("Okta does not take the proof of possession (DPoP).");
}

} // namespace

QString errorCodeOf(const Response &response)
{
    const QJsonObject body = bodyOf(response);
    QString code = body[u"error"_s].toString();
    if (code.isEmpty()) {
        code = parameterOf(response.challenge, u"error"_s);
    }
    return clean(code.isEmpty() ? body[u"errorCode"_s].toString() : code).left(64);
}

Fault faultOfTokenRequest(const Response &response, const ServiceApp &app, const QStringList &scopes, bool worked)
{
    const QString code = errorCodeOf(response);
    const QString description = bodyOf(response)[u"error_description"_s].toString();
    if (code == "invalid_scope"_L1 || code == "consent_required"_L1) {
        return faultWith(response, {ErrorKind::Forbidden, scopeAdvice(scopes) + oktaSays(description)}, 403, code);
    }
    if (code == "access_denied"_L1) {
        return faultWith(response,
            {ErrorKind::Forbidden,
                QObject::tr("Okta denies the service app an access token: a network "
                            "zone or a policy of the app may forbid it.")
                    + oktaSays(description)},
            403, code);
    }
    if (code == "invalid_client"_L1) {
        const QString advice = clientAdvice(description, response, app);
        const QString before = worked ? QObject::tr("Okta does not accept the service app any more, "
                                                    "though it did before.")
                + u' '
                                      : QString();
        return faultWith(response, {ErrorKind::Unauthorized, before + advice + oktaSays(description)}, 401, code);
    }
    if (code == "unauthorized_client"_L1 || code == "unsupported_grant_type"_L1) {
        return faultWith(response,
            {ErrorKind::Unauthorized,
                QObject::tr("The app %1 may not use client credentials. "
                            "Create one of the type API Services, under "
                            "Applications "
                            "> Create App Integration.")
                        .arg(app.clientId)
                    + oktaSays(description)},
            401, code);
    }
    if (code == "invalid_dpop_proof"_L1 || code == "use_dpop_nonce"_L1) {
        return faultWith(
            response, {ErrorKind::Unauthorized, proofAdvice(description, response) + oktaSays(description)}, 401, code);
    }
    if (auto fault = okta::faultOf(response)) {
        if (response.status == 401) {
            fault->error.sentence = QObject::tr("Okta does not accept the service app.") + oktaSays(description);
        } else if (response.status == 400) {
            fault->error = {ErrorKind::Protocol,
                QObject::tr("Okta does not give the service app an access token.") + oktaSays(description)};
            fault->status = 401; // asking again gives the same
        }
        return *fault;
    }
    return faultWith(response,
        {ErrorKind::Protocol, QObject::tr("Okta does not give the service app an access token.")}, response.status,
        code);
}

Fault faultOfRequest(const Response &response, const ServiceApp &app)
{
    const QString code = errorCodeOf(response);
    const QJsonObject body = bodyOf(response);
    QString description = body[u"errorSummary"_s].toString();
    if (description.isEmpty()) {
        description = parameterOf(response.challenge, u"error_description"_s);
    }
    const QString okta = body[u"errorCode"_s].toString();
    if (code == "insufficient_scope"_L1) {
        QString missing = parameterOf(response.challenge, u"scope"_s);
        if (missing.isEmpty()) {
            missing = scope::of(response.url);
        }
        return faultWith(response, {ErrorKind::Forbidden, scopeAdvice({missing})}, 403, code);
    }
    if (okta == "E0000015"_L1) {
        return *okta::faultOf(response); // a feature that is not there, whoever asks
    }
    if (response.status == 403) {
        return faultWith(response,
            {ErrorKind::Forbidden,
                QObject::tr("The service app has the scope, but no administrator role "
                            "that may read this. Assign one in the "
                            "Admin Console: Applications > the app > Admin roles; "
                            "Read-only Administrator suffices.")
                    + oktaSays(description)},
            403, code);
    }
    if (code == "invalid_dpop_proof"_L1 || code == "use_dpop_nonce"_L1) {
        return faultWith(
            response, {ErrorKind::Unauthorized, proofAdvice(description, response) + oktaSays(description)}, 401, code);
    }
    return faultWith(response,
        {ErrorKind::Unauthorized,
            QObject::tr("Okta does not accept the access tokens that it has just "
                        "given to the service app %1. See that the app "
                        "is active and that its administrator roles are assigned.")
                    .arg(app.clientId)
                + oktaSays(description)},
        401, code);
}

} // namespace octotrail::okta::oauth
