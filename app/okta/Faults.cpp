// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/Faults.h"

#include "event/Timestamp.h"
#include "okta/Origin.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QObject>
#include <QSslCertificate>
#include <QStringList>
#include <algorithm>

namespace octotrail::okta {

using event::Error;
using event::ErrorKind;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype longestQuote = 300;
constexpr qsizetype longestErrorBody = 64 * 1024;

/// What others wrote, fit for a sentence of ours: one line, bounded.
QString quoted(const QString &text)
{
    QString clean = text.simplified();
    clean.removeIf([](QChar c) { return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format; });
    return clean.size() > longestQuote ? clean.left(longestQuote) + u'…' : clean;
}

/// Okta's error object, or OAuth's.
struct ErrorBody
{
    QString code;
    QString summary;
    bool isJson = false;
};

ErrorBody readErrorBody(const QByteArray &body)
{
    ErrorBody read;
    const QJsonDocument document = QJsonDocument::fromJson(body.left(longestErrorBody));
    if (!document.isObject()) {
        return read;
    }
    read.isJson = true;
    const QJsonObject object = document.object();
    read.code = quoted(object["errorCode"_L1].toString(object["error"_L1].toString())).left(64);
    read.summary = quoted(object["errorSummary"_L1].toString(object["error_description"_L1].toString()));
    QStringList causes;
    for (const QJsonValue &cause : object["errorCauses"_L1].toArray()) {
        const QString text = quoted(cause["errorSummary"_L1].toString());
        if (!text.isEmpty() && !read.summary.contains(text)) {
            causes.append(text);
        }
    }
    if (!causes.isEmpty()) {
        read.summary = quoted(read.summary + u' ' + causes.join(u' '));
    }
    return read;
}

enum class Shape { Json, CutShort, Other };

/// What the first and the last byte tell: enough to tell data from a web page and from half an answer.
Shape shapeOf(const QByteArray &body)
{
    const QByteArrayView text = QByteArrayView(body).trimmed();
    if (text.isEmpty() || (text.front() != '[' && text.front() != '{')) {
        return Shape::Other;
    }
    const char close = text.front() == '[' ? ']' : '}';
    return text.size() > 1 && text.back() == close ? Shape::Json : Shape::CutShort;
}

QString place(const QUrl &url)
{
    return quoted(url.host());
}

/// Ends what Okta said as a sentence of its own.
QString oktaSays(const ErrorBody &body)
{
    if (body.summary.isEmpty()) {
        return {};
    }
    return QObject::tr(" Okta says: \"%1\"").arg(body.summary)
        + (body.code.isEmpty() ? u""_s : u" ("_s + body.code + u')') + u'.';
}

Error unauthorized(const Response &, const ErrorBody &body)
{
    if (body.code == "E0000015"_L1) {
        return {ErrorKind::Unavailable,
            QObject::tr("This organization does not have the feature that was asked for, or the token's owner may not "
                        "use it.")
                + oktaSays(body)};
    }
    return {ErrorKind::Unauthorized,
        QObject::tr("Okta does not accept the API token: it is mistyped, revoked, expired (after 30 days without use), "
                    "or of another organization. Make a new one in the Admin Console under Security > API > Tokens, "
                    "and enter it here.")};
}

Error forbidden(const Response &, const ErrorBody &body)
{
    if (body.code == "E0000015"_L1) {
        return unauthorized({}, body);
    }
    return {ErrorKind::Forbidden,
        QObject::tr("The API token is good, but the administrator who made it may not read this. Use a token of a "
                    "super, organization or read-only administrator.")
            + oktaSays(body)};
}

Error notFound(const Response &response, const ErrorBody &body)
{
    if (body.isJson && body.code.startsWith("E0000"_L1)) {
        return {ErrorKind::NotFound,
            QObject::tr("%1 does not know the address %2.").arg(place(response.url), quoted(response.url.path()))
                + oktaSays(body)};
    }
    return {ErrorKind::NotFound,
        QObject::tr("There is no Okta organization at %1. Check the subdomain and the domain: they are in the address "
                    "that you sign in at.")
            .arg(place(response.url))};
}

Error redirected(const Response &response)
{
    const QUrl target = response.url.resolved(QUrl::fromEncoded(response.location));
    if (isSameOrigin(target, response.url)) {
        return {ErrorKind::Protocol,
            QObject::tr("%1 answers with a redirect instead of data. A proxy or a sign-in page may stand between.")
                .arg(place(response.url))};
    }
    return {ErrorKind::Refused,
        QObject::tr("%1 sends us on to another host, %2. It was not followed, and the API token was not sent there. "
                    "Check the subdomain and the domain.")
            .arg(place(response.url), target.host().isEmpty() ? QObject::tr("an unknown one") : place(target))};
}

Error errorOf(const Response &response)
{
    const ErrorBody body = readErrorBody(response.body);
    const QString host = place(response.url);
    switch (response.status) {
    case 400:
        return {ErrorKind::InvalidInput,
            QObject::tr("Okta cannot answer this request. If a filter is set, check it.") + oktaSays(body)};
    case 401:
        return unauthorized(response, body);
    case 403:
        return forbidden(response, body);
    case 404:
        return notFound(response, body);
    case 407:
        return {ErrorKind::Network,
            QObject::tr("The proxy does not take the name and the password that it was given, or was given none. Enter "
                        "them with the source's proxy.")};
    case 429:
        return {ErrorKind::RateLimited,
            QObject::tr("Okta has reached its limit of requests for this organization. It goes on by itself.")};
    default:
        break;
    }
    if (response.status >= 500) {
        return {ErrorKind::Unavailable,
            QObject::tr("%1 cannot answer at the moment (HTTP %2).").arg(host).arg(response.status) + oktaSays(body)};
    }
    if (response.status >= 300 && response.status < 400) {
        return redirected(response);
    }
    return {ErrorKind::Protocol,
        QObject::tr("%1 answers in a way that Okta does not (HTTP %2).").arg(host).arg(response.status)
            + oktaSays(body)};
}

Error tlsError(const QString &detail, const QString &host, const QList<QSslError> &errors)
{
    for (const QSslError &error : errors) {
        switch (error.error()) {
        case QSslError::CertificateNotYetValid:
        case QSslError::CertificateExpired: {
            const QSslCertificate certificate = error.certificate();
            const auto day = [](const QDateTime &time) { return QLocale::c().toString(time.date(), u"yyyy-MM-dd"); };
            return {ErrorKind::Tls,
                QObject::tr("The certificate of %1 is valid from %2 to %3, and this computer's clock says %4. Set the "
                            "clock; if it is right, the certificate is not.")
                    .arg(host, day(certificate.effectiveDate()), day(certificate.expiryDate()),
                        day(QDateTime::currentDateTimeUtc()))};
        }
        case QSslError::HostNameMismatch:
            return {ErrorKind::Tls,
                QObject::tr("The certificate that %1 shows belongs to another name. Check the address; a proxy may "
                            "stand between. Nothing was sent.")
                    .arg(host)};
        case QSslError::SelfSignedCertificate:
        case QSslError::SelfSignedCertificateInChain:
        case QSslError::UnableToGetLocalIssuerCertificate:
        case QSslError::UnableToVerifyFirstCertificate:
        case QSslError::CertificateUntrusted:
            return {ErrorKind::Tls,
                QObject::tr("The certificate of %1 is not signed by an authority that this computer trusts. A proxy "
                            "that inspects traffic may stand between: then name the file of its authority with "
                            "the source, or add it to the system's trusted ones. Nothing was sent.")
                    .arg(host)};
        default:
            break;
        }
    }
    return {ErrorKind::Tls,
        QObject::tr("No secure connection to %1 could be made (%2). Nothing was sent.").arg(host, quoted(detail))};
}

} // namespace

std::optional<Fault> faultOf(const Response &response)
{
    Fault fault{{}, response.status, {}, response.rateLimit, response.date, response.clockSkew, response.requestId};
    if (response.status == 200) {
        const Shape shape = shapeOf(response.body);
        if (shape == Shape::Json) {
            return std::nullopt;
        }
        const QString host = place(response.url);
        if (shape == Shape::CutShort) {
            fault.error = {ErrorKind::Protocol, QObject::tr("The answer of %1 was cut short.").arg(host)};
        } else if (response.body.trimmed().isEmpty()) {
            fault.error = {ErrorKind::Protocol, QObject::tr("%1 gave an empty answer.").arg(host)};
        } else {
            fault.error = {ErrorKind::Protocol,
                QObject::tr("%1 answers with a web page instead of data. A proxy or a sign-in page may stand between.")
                    .arg(host)};
        }
        return fault;
    }
    fault.code = readErrorBody(response.body).code;
    fault.error = errorOf(response);
    return fault;
}

Fault faultOf(QNetworkReply::NetworkError error, const QString &detail, const QUrl &url, const QList<QSslError> &tls)
{
    const QString host = place(url);
    Fault fault;
    switch (error) {
    case QNetworkReply::HostNotFoundError:
        fault.error = {ErrorKind::Network,
            QObject::tr("The name %1 could not be found. Check the subdomain and the domain, and that this computer is "
                        "connected to the network.")
                .arg(host)};
        break;
    case QNetworkReply::ConnectionRefusedError:
        fault.error = {ErrorKind::Network,
            QObject::tr("%1 refuses the connection. Check the address, and whether a firewall stands between.")
                .arg(host)};
        break;
    case QNetworkReply::RemoteHostClosedError:
        fault.error = {ErrorKind::Network,
            QObject::tr("The connection to %1 was closed before the whole answer had come.").arg(host)};
        break;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
    case QNetworkReply::ProxyTimeoutError:
        fault.error = {ErrorKind::Timeout, QObject::tr("%1 did not answer in time.").arg(host)};
        break;
    case QNetworkReply::SslHandshakeFailedError:
        fault.error = tlsError(detail, host, tls);
        break;
    case QNetworkReply::ProxyAuthenticationRequiredError:
        fault.error = {ErrorKind::Network,
            QObject::tr("The proxy does not take the name and the password that it was given, or was given none. Enter "
                        "them with the source's proxy.")};
        break;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::UnknownProxyError:
        fault.error = {ErrorKind::Network,
            QObject::tr("The network's proxy does not let us through to %1 (%2).").arg(host, quoted(detail))};
        break;
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::UnknownContentError:
        fault.error
            = {ErrorKind::Protocol, QObject::tr("The answer of %1 cannot be read (%2).").arg(host, quoted(detail))};
        break;
    default:
        fault.error = {ErrorKind::Network,
            QObject::tr("The connection to %1 failed (%2). Check that this computer is connected to the network.")
                .arg(host, quoted(detail))};
        break;
    }
    return fault;
}

Fault refusal(const QUrl &url, const QUrl &origin)
{
    Fault fault;
    fault.error = {ErrorKind::Refused,
        QObject::tr("A request to %1 was refused: the API token goes to %2 alone.")
            .arg(quoted(
                     url.toString(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo)),
                place(origin))};
    return fault;
}

QString spokenDuration(std::chrono::milliseconds duration)
{
    const auto total = std::chrono::round<std::chrono::seconds>(std::chrono::abs(duration));
    const auto days = std::chrono::duration_cast<std::chrono::days>(total);
    const auto hours = std::chrono::duration_cast<std::chrono::hours>(total - days);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(total - days - hours);
    const auto seconds = total - days - hours - minutes;
    if (days.count() > 0) {
        return QObject::tr("%1 d %2 h").arg(days.count()).arg(hours.count());
    }
    if (hours.count() > 0) {
        return QObject::tr("%1 h %2 min").arg(hours.count()).arg(minutes.count());
    }
    if (minutes.count() > 0) {
        return QObject::tr("%1 min %2 s").arg(minutes.count()).arg(seconds.count());
    }
    return QObject::tr("%1 s").arg(seconds.count());
}

QString clockSentence(const std::optional<std::chrono::milliseconds> &skew)
{
    // Under this, what a Date header in whole seconds and a slow network can tell is not enough to complain about.
    constexpr auto worthTelling = 60s;
    if (!skew || std::chrono::abs(*skew) < worthTelling) {
        return {};
    }
    return *skew > 0ms ? QObject::tr("This computer's clock is %1 behind Okta's. Set it: times would not compare.")
                             .arg(spokenDuration(*skew))
                       : QObject::tr("This computer's clock is %1 ahead of Okta's. Set it: times would not compare.")
                             .arg(spokenDuration(*skew));
}

} // namespace octotrail::okta
