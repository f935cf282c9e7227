// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/Client.h"

#include "okta/AccessTokens.h"
#include "okta/Faults.h"
#include "okta/OAuthFaults.h"
#include "okta/Origin.h"

#include <QNetworkRequest>
#include <QPointer>

namespace octotrail::okta {

/// What requests are made with, from one setCredentials() to the next.
struct Access
{
    Credentials credentials;
    std::unique_ptr<AccessTokens> tokens; ///< of a service app
    bool hasWorked = false; ///< the organization has answered with data
};

struct Call::Private
{
    explicit Private(Call *call)
        : q(call)
    { }

    void begin();
    void send(const AccessTokens::Token &given);
    void prepare(QNetworkRequest &request);
    void onAnswer(const Answer &answer);
    Answer judged(const Answer &answer) const;
    void finish(const Answer &answer);

    Call *q;
    QPointer<Transport> transport;
    std::shared_ptr<Access> access;
    QUrl url;
    QByteArray contentType;
    bool isAnonymous = false;
    Limiter::Priority priority = Limiter::Priority::Live;
    Done done;
    std::unique_ptr<Exchange> exchange;
    AccessTokens::Token token;
    std::chrono::milliseconds skewWhenSent{0};
    int tries = 0;
};

Call::Call()
    : d(std::make_unique<Private>(this))
{ }

Call::~Call() = default;

void Call::Private::begin()
{
    if (isAnonymous || !access->tokens || !isSameOrigin(url, transport->origin())) {
        send({});
        return;
    }
    access->tokens->want(scope::of(url), q, [this](const tl::expected<AccessTokens::Token, Fault> &given) {
        if (given) {
            send(*given);
        } else {
            finish(tl::unexpected(given.error()));
        }
    });
}

void Call::Private::send(const AccessTokens::Token &given)
{
    if (!transport) {
        return; // gone with its client
    }
    token = given;
    exchange = transport->get(
        url, priority, [this](QNetworkRequest &request) { prepare(request); },
        [this](const Answer &answer) { onAnswer(answer); });
    QObject::connect(exchange.get(), &Exchange::waiting, q, &Call::waiting);
}

void Call::Private::prepare(QNetworkRequest &request)
{
    if (!contentType.isEmpty()) {
        request.setRawHeader("Content-Type", contentType);
    }
    if (!isAnonymous && access->tokens) {
        access->tokens->authorize(request, "GET", token);
        skewWhenSent = access->tokens->skew();
    } else if (!isAnonymous) {
        access->credentials.authorize(request);
    }
}

void Call::Private::onAnswer(const Answer &answer)
{
    const auto ended = std::move(exchange); // lives until the end of this
    constexpr int mostTries = 3; // for a nonce, for the time, for a new token
    if (!transport) {
        return;
    }
    if (answer && !isAnonymous && access->tokens && access->tokens->learn(*answer, token, skewWhenSent)
        && ++tries < mostTries) {
        begin();
    } else {
        finish(judged(answer));
    }
}

Answer Call::Private::judged(const Answer &answer) const
{
    if (!answer) {
        return answer;
    }
    auto fault = faultOf(*answer);
    if (!fault) {
        access->hasWorked = access->hasWorked || !isAnonymous;
        return answer;
    }
    const bool isDenied = answer->status == 401 || answer->status == 403;
    if (isDenied && !isAnonymous && access->tokens) {
        return tl::unexpected(oauth::faultOfRequest(*answer, access->tokens->app()));
    }
    if (fault->code == QLatin1StringView("E0000011") && access->hasWorked) {
        fault->error.sentence
            = QObject::tr("Okta does not accept the API token any more, though it did before: it was revoked, or the "
                          "administrator who made it was deactivated. Make a new one in the Admin Console under "
                          "Security > API > Tokens, and enter it here.");
    }
    return tl::unexpected(*std::move(fault));
}

void Call::Private::finish(const Answer &answer)
{
    // The last thing: in it the Call may be deleted.
    const Done tell = std::exchange(done, nullptr);
    tell(answer);
}

Client::Client(QUrl origin, Credentials credentials, Options options, QObject *parent)
    : QObject(parent)
    , m_transport(std::make_unique<Transport>(std::move(origin), std::move(options)))
{
    setCredentials(std::move(credentials));
}

Client::Client(QUrl origin, Credentials credentials, QObject *parent)
    : Client(std::move(origin), std::move(credentials), Options(), parent)
{ }

Client::~Client() = default;

void Client::setCredentials(Credentials credentials)
{
    m_access = std::make_shared<Access>();
    if (const ServiceApp *app = credentials.app()) {
        m_access->tokens = std::make_unique<AccessTokens>(*m_transport, *app);
    }
    m_access->credentials = std::move(credentials);
}

void Client::setLimiter(std::shared_ptr<Limiter> limiter, double share)
{
    m_transport->setLimiter(std::move(limiter), share);
}

std::unique_ptr<Call> Client::get(const QUrl &url, Call::Done done)
{
    return start(url, false, {}, Limiter::usualPriority(url), std::move(done));
}

std::unique_ptr<Call> Client::get(const QUrl &url, Limiter::Priority priority, Call::Done done)
{
    return start(url, false, {}, priority, std::move(done));
}

std::unique_ptr<Call> Client::getAnonymously(const QUrl &url, Call::Done done)
{
    return start(url, true, {}, Limiter::usualPriority(url), std::move(done));
}

std::unique_ptr<Call> Client::get(const QUrl &url, const QByteArray &contentType, Call::Done done)
{
    return start(url, false, contentType, Limiter::usualPriority(url), std::move(done));
}

std::unique_ptr<Call> Client::start(
    const QUrl &url, bool isAnonymous, const QByteArray &contentType, Limiter::Priority priority, Call::Done done)
{
    std::unique_ptr<Call> call(new Call);
    Call::Private *d = call->d.get();
    d->transport = m_transport.get();
    d->access = m_access;
    d->url = url;
    d->contentType = contentType;
    d->isAnonymous = isAnonymous;
    d->priority = priority;
    d->done = std::move(done);
    d->begin();
    return call;
}

} // namespace octotrail::okta
