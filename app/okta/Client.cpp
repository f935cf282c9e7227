// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/Client.h"

#include "okta/Faults.h"
#include "okta/Link.h"
#include "okta/Origin.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPointer>
#include <QTimer>

namespace octotrail::okta {

namespace {

QNetworkRequest makeRequest(const QUrl &url, const Client::Options &options)
{
    QNetworkRequest request(url);
    request.setRawHeader("Accept", "application/json");
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Octotrail/" OCTOTRAIL_VERSION));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    // One request at a time gains nothing from HTTP/2.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setTransferTimeout(static_cast<int>(options.silence.count()));
    // A page of like events compresses better than Qt's guard against bombs allows; the size is bounded by ourselves.
    request.setDecompressedSafetyCheckThreshold(options.largestBody);
    return request;
}

} // namespace

struct Call::Private
{
    QUrl url;
    Done done;
    QPointer<QNetworkReply> reply; ///< a child of the client's manager, and gone with it
    qint64 largestBody = 0;
    QByteArray body;
    QList<QSslError> tlsErrors;
    bool tooLarge = false;
    bool tooLong = false;
    event::Timestamp started;
    QTimer deadline;
    std::unique_ptr<Permit> permit; ///< null without a limiter

    Answer answer();
    Response response();
    void readBody();
};

Call::Call()
    : d(std::make_unique<Private>())
{ }

Call::~Call()
{
    if (d->reply) {
        d->reply->disconnect(this);
        d->reply->abort();
        d->reply->deleteLater();
    }
}

void Call::Private::readBody()
{
    if (reply->isOpen()) {
        body += reply->readAll();
    }
    if (body.size() > largestBody && !tooLarge) {
        tooLarge = true;
        reply->abort();
    }
}

Response Call::Private::response()
{
    Response response;
    response.url = url;
    response.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    response.body = std::move(body);
    response.location = reply->rawHeader("Location");
    response.next = linkTo("next", reply->rawHeader("Link"));
    response.rateLimit = parseRateLimit(reply->rawHeader("X-Rate-Limit-Limit"),
        reply->rawHeader("X-Rate-Limit-Remaining"), reply->rawHeader("X-Rate-Limit-Reset"));
    response.requestId = reply->rawHeader("X-Okta-Request-Id").left(128);
    response.date = parseHttpDate(reply->rawHeader("Date"));
    if (response.date) {
        // The header has whole seconds, and was written somewhere between our sending and our receiving.
        const auto theirs = *response.date + std::chrono::milliseconds(500);
        const auto ours = started + (event::now() - started) / 2;
        response.clockSkew = std::chrono::round<std::chrono::milliseconds>(theirs - ours);
    }
    return response;
}

Answer Call::Private::answer()
{
    using event::ErrorKind;
    readBody();
    if (tooLarge) {
        Fault fault;
        fault.error = {ErrorKind::Protocol,
            QObject::tr("The answer of %1 is larger than any page of Okta's, and was given up.").arg(url.host())};
        return tl::unexpected(fault);
    }
    if (tooLong) {
        return tl::unexpected(faultOf(QNetworkReply::TimeoutError, {}, url, {}));
    }
    // Qt tells statuses of 400 and more as errors too; a connection that broke while the body came is told with the
    // status of its head, and that body is not to be trusted.
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const auto error = reply->error();
    const bool isStatus = status >= 400 && error != QNetworkReply::ProtocolFailure
        && (error >= QNetworkReply::ContentAccessDenied || error == QNetworkReply::ProxyAuthenticationRequiredError);
    if (error != QNetworkReply::NoError && !isStatus) {
        return tl::unexpected(faultOf(error, reply->errorString(), url, tlsErrors));
    }
    Response whole = response();
    if (auto fault = faultOf(whole)) {
        return tl::unexpected(std::move(*fault));
    }
    return whole;
}

Client::Client(QUrl origin, Credentials credentials, Options options, QObject *parent)
    : QObject(parent)
    , m_origin(std::move(origin))
    , m_credentials(std::move(credentials))
    , m_options(options)
    , m_network(new QNetworkAccessManager(this))
{ }

Client::Client(QUrl origin, Credentials credentials, QObject *parent)
    : Client(std::move(origin), std::move(credentials), Options(), parent)
{ }

Client::~Client() = default;

void Client::setLimiter(std::shared_ptr<Limiter> limiter, double share)
{
    m_limiter = std::move(limiter);
    m_share = share;
}

std::unique_ptr<Call> Client::get(const QUrl &url, Call::Done done)
{
    return start(url, m_credentials, {}, Limiter::usualPriority(url), std::move(done));
}

std::unique_ptr<Call> Client::get(const QUrl &url, Limiter::Priority priority, Call::Done done)
{
    return start(url, m_credentials, {}, priority, std::move(done));
}

std::unique_ptr<Call> Client::getAnonymously(const QUrl &url, Call::Done done)
{
    return start(url, {}, {}, Limiter::usualPriority(url), std::move(done));
}

std::unique_ptr<Call> Client::get(const QUrl &url, const QByteArray &contentType, Call::Done done)
{
    return start(url, m_credentials, contentType, Limiter::usualPriority(url), std::move(done));
}

std::unique_ptr<Call> Client::start(const QUrl &url, const Credentials &credentials, const QByteArray &contentType,
    Limiter::Priority priority, Call::Done done)
{
    std::unique_ptr<Call> call(new Call);
    Call::Private *d = call->d.get();
    d->url = url;
    d->done = std::move(done);
    d->largestBody = m_options.largestBody;
    if (!isSameOrigin(url, m_origin)) {
        QMetaObject::invokeMethod(
            call.get(), [d, fault = refusal(url, m_origin)] { std::exchange(d->done, nullptr)(tl::unexpected(fault)); },
            Qt::QueuedConnection);
        return call;
    }
    QNetworkRequest request = makeRequest(url, m_options);
    credentials.authorize(request);
    if (!contentType.isEmpty()) {
        request.setRawHeader("Content-Type", contentType);
    }
    if (!m_limiter) {
        send(*call, request);
        return call;
    }
    d->permit = m_limiter->ask(url, priority, m_share, [self = QPointer(this), call = call.get(), request] {
        if (self) {
            self->send(*call, request);
        }
    });
    QObject::connect(d->permit.get(), &Permit::waiting, call.get(), &Call::waiting);
    return call;
}

void Client::send(Call &call, const QNetworkRequest &request)
{
    Call::Private *d = call.d.get();
    ++m_requests;
    d->started = event::now();
    d->reply = m_network->get(request);
    QObject::connect(d->reply, &QNetworkReply::readyRead, &call, [d] { d->readBody(); });
    QObject::connect(
        d->reply, &QNetworkReply::sslErrors, &call, [d](const QList<QSslError> &errors) { d->tlsErrors = errors; });
    d->deadline.setSingleShot(true);
    QObject::connect(&d->deadline, &QTimer::timeout, &call, [d] {
        d->tooLong = true;
        d->reply->abort();
    });
    d->deadline.start(m_options.deadline);
    QObject::connect(
        d->reply, &QNetworkReply::finished, &call,
        [d] {
            d->deadline.stop();
            const Answer answer = d->answer();
            d->reply->deleteLater();
            d->reply = nullptr;
            if (const auto permit = std::move(d->permit)) {
                permit->answered(answer ? answer->status : answer.error().status,
                    answer ? answer->rateLimit : answer.error().rateLimit, answer ? answer->date : answer.error().date);
            }
            // The last thing: in it the Call may be deleted.
            std::exchange(d->done, nullptr)(answer);
        },
        Qt::QueuedConnection);
}

} // namespace octotrail::okta
