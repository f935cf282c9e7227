// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/Transport.h"

#include "okta/Faults.h"
#include "okta/Link.h"
#include "okta/Origin.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QSslConfiguration>
#include <QTimer>

namespace octotrail::okta {

namespace {

/// What the system says, at the time of each connection: a laptop changes its networks.
class SystemProxy : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override { return {systemProxyFor(query.url())}; }
};

} // namespace

struct Exchange::Private
{
    QPointer<Transport> transport;
    std::chrono::milliseconds *clockSkew = nullptr; ///< the transport's
    QUrl url;
    Done done;
    std::shared_ptr<QNetworkAccessManager> network;
    QPointer<QNetworkReply> reply; ///< a child of network, and gone with it
    qint64 largestBody = 0;
    QByteArray body;
    QList<QSslError> tlsErrors;
    bool tooLarge = false;
    bool tooLong = false;
    bool talksToProxy = false;
    event::Timestamp started;
    QTimer deadline;
    std::unique_ptr<Permit> permit; ///< null without a limiter

    Answer answer();
    Response response();
    void readBody();
};

Exchange::Exchange()
    : d(std::make_unique<Private>())
{ }

Exchange::~Exchange()
{
    if (d->reply) {
        d->reply->disconnect(this);
        d->reply->abort();
        d->reply->deleteLater();
    }
}

void Exchange::Private::readBody()
{
    if (reply->isOpen()) {
        body += reply->readAll();
    }
    if (body.size() > largestBody && !tooLarge) {
        tooLarge = true;
        reply->abort();
    }
}

Response Exchange::Private::response()
{
    Response response;
    response.url = url;
    response.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    response.body = std::move(body);
    response.location = reply->rawHeader("Location");
    response.next = linkTo("next", reply->rawHeader("Link"));
    response.challenge = reply->rawHeader("WWW-Authenticate");
    response.nonce = reply->rawHeader("DPoP-Nonce");
    response.rateLimit = parseRateLimit(reply->rawHeader("X-Rate-Limit-Limit"),
        reply->rawHeader("X-Rate-Limit-Remaining"), reply->rawHeader("X-Rate-Limit-Reset"));
    response.requestId = reply->rawHeader("X-Okta-Request-Id").left(128);
    response.date = parseHttpDate(reply->rawHeader("Date"));
    if (response.date) {
        // The header has whole seconds, and was written somewhere between our sending and our receiving.
        const auto theirs = *response.date + std::chrono::milliseconds(500);
        const auto ours = started + (event::now() - started) / 2;
        response.clockSkew = std::chrono::round<std::chrono::milliseconds>(theirs - ours);
        if (transport) {
            *clockSkew = *response.clockSkew;
        }
    }
    return response;
}

Answer Exchange::Private::answer()
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
    auto error = reply->error();
    const bool isStatus = status >= 400 && error != QNetworkReply::ProtocolFailure
        && (error >= QNetworkReply::ContentAccessDenied || error == QNetworkReply::ProxyAuthenticationRequiredError);
    if (talksToProxy && (error == QNetworkReply::ConnectionRefusedError || error == QNetworkReply::HostNotFoundError)) {
        error = QNetworkReply::ProxyConnectionRefusedError;
    }
    if (error != QNetworkReply::NoError && !isStatus) {
        return tl::unexpected(faultOf(error, reply->errorString(), url, tlsErrors));
    }
    return response();
}

Transport::Transport(QUrl origin, TransportOptions options, QObject *parent)
    : QObject(parent)
    , m_origin(std::move(origin))
    , m_options(std::move(options))
    , m_talksToProxy(m_options.route.proxy && m_options.route.proxy->type() == QNetworkProxy::HttpProxy
          && m_origin.scheme() == QLatin1StringView("http"))
{
    renewNetwork();
}

Transport::~Transport() = default;

/// Begins with no connections. Those there were end once nobody uses them.
void Transport::renewNetwork()
{
    auto *network = new QNetworkAccessManager(this);
    if (m_options.route.proxy) {
        network->setProxy(*m_options.route.proxy);
    } else {
        network->setProxyFactory(new SystemProxy); // the manager's from here on
    }
    m_network = {network, [child = QPointer(network)](QNetworkAccessManager *) {
                     if (child) { // not gone with the transport
                         child->deleteLater();
                     }
                 }};
}

QUrl Transport::url(const QString &path) const
{
    QUrl url = m_origin;
    url.setPath(path);
    return url;
}

QNetworkRequest Transport::request(const QUrl &url) const
{
    QNetworkRequest request(url);
    request.setRawHeader("Accept", "application/json");
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Octotrail/" OCTOTRAIL_VERSION));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    if (!m_talksToProxy) { // which Qt gives the password to only so
        request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    }
    // A few requests at a time gain nothing from HTTP/2.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setTransferTimeout(static_cast<int>(m_options.silence.count()));
    // A page of like events compresses better than Qt's guard against bombs allows; the size is bounded by ourselves.
    request.setDecompressedSafetyCheckThreshold(m_options.largestBody);
    if (!m_options.route.authorities.isEmpty()) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setCaCertificates(QSslConfiguration::systemCaCertificates() + m_options.route.authorities);
        request.setSslConfiguration(tls);
    }
    return request;
}

void Transport::setLimiter(std::shared_ptr<Limiter> limiter, double share)
{
    m_limiter = std::move(limiter);
    m_share = share;
}

std::unique_ptr<Exchange> Transport::get(
    const QUrl &url, Limiter::Priority priority, Prepare prepare, Exchange::Done done)
{
    const auto begin = [this, url, prepare = std::move(prepare)] {
        QNetworkRequest prepared = request(url);
        prepare(prepared);
        return m_network->get(prepared);
    };
    return start(url, priority, begin, std::move(done));
}

std::unique_ptr<Exchange> Transport::post(const QUrl &url, PreparePost prepare, Exchange::Done done)
{
    const auto begin = [this, url, prepare = std::move(prepare)] {
        QNetworkRequest prepared = request(url);
        const QByteArray body = prepare(prepared);
        return m_network->post(prepared, body);
    };
    return start(url, Limiter::usualPriority(url), begin, std::move(done));
}

std::unique_ptr<Exchange> Transport::start(
    const QUrl &url, Limiter::Priority priority, const Begin &begin, Exchange::Done done)
{
    std::unique_ptr<Exchange> exchange(new Exchange);
    Exchange::Private *d = exchange->d.get();
    d->transport = this;
    d->clockSkew = &m_clockSkew;
    d->url = url;
    d->done = std::move(done);
    d->largestBody = m_options.largestBody;
    d->talksToProxy = m_talksToProxy;
    if (!isSameOrigin(url, m_origin)) {
        QMetaObject::invokeMethod(
            exchange.get(),
            [d, fault = refusal(d->url, m_origin)] { std::exchange(d->done, nullptr)(tl::unexpected(fault)); },
            Qt::QueuedConnection);
        return exchange;
    }
    if (!m_limiter) {
        send(*exchange, begin);
        return exchange;
    }
    d->permit = m_limiter->ask(url, priority, m_share, [self = QPointer(this), asked = exchange.get(), begin] {
        if (self) {
            self->send(*asked, begin);
        }
    });
    QObject::connect(d->permit.get(), &Permit::waiting, exchange.get(), &Exchange::waiting);
    return exchange;
}

void Transport::send(Exchange &exchange, const Begin &begin)
{
    Exchange::Private *d = exchange.d.get();
    ++m_requests;
    d->started = event::now();
    d->network = m_network;
    d->reply = begin();
    QObject::connect(d->reply, &QNetworkReply::readyRead, &exchange, [d] { d->readBody(); });
    QObject::connect(
        d->reply, &QNetworkReply::sslErrors, &exchange, [d](const QList<QSslError> &errors) { d->tlsErrors = errors; });
    d->deadline.setSingleShot(true);
    QObject::connect(&d->deadline, &QTimer::timeout, &exchange, [d] {
        d->tooLong = true;
        d->reply->abort();
    });
    d->deadline.start(m_options.deadline);
    QObject::connect(
        d->reply, &QNetworkReply::finished, &exchange,
        [d] {
            d->deadline.stop();
            if (!d->reply) {
                return; // gone with its transport
            }
            const Answer answer = d->answer();
            if (!answer && answer.error().error.kind == event::ErrorKind::Timeout && d->transport
                && d->transport->m_network == d->network) {
                // After sleep or a change of networks connections are dead without a word, each of some; the next
                // requests are not to find that out of one after the other.
                d->transport->renewNetwork();
            }
            d->reply->deleteLater();
            d->reply = nullptr;
            if (const auto permit = std::move(d->permit)) {
                permit->answered(answer ? answer->status : answer.error().status,
                    answer ? answer->rateLimit : answer.error().rateLimit, answer ? answer->date : answer.error().date);
            }
            // The last thing: in it the Exchange may be deleted.
            const Exchange::Done tell = std::exchange(d->done, nullptr);
            tell(answer);
        },
        Qt::QueuedConnection);
}

} // namespace octotrail::okta
