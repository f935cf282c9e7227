// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/Server.h"

#include "simulator/Trickle.h"

#include <QDateTime>
#include <QHttpServerRequest>
#include <QLocale>
#include <QTcpServer>
#include <algorithm>

namespace octotrail::simulator {

using namespace Qt::StringLiterals;
using Kind = RequestFault::Kind;

namespace {

constexpr std::chrono::seconds faultyResetAfter{1};

std::optional<Endpoint> endpointAt(const QString &path)
{
    if (path == u"/api/v1/logs"_s) {
        return Endpoint::Logs;
    }
    if (path == u"/api/v1/users"_s) {
        return Endpoint::Users;
    }
    if (path == u"/api/v1/devices"_s) {
        return Endpoint::Devices;
    }
    if (path == u"/oauth2/v1/token"_s) {
        return Endpoint::Token;
    }
    if (IdentityEndpoint::serves(path)) {
        return Endpoint::Identity;
    }
    return path == u"/.well-known/okta-organization"_s ? std::optional(Endpoint::Organization) : std::nullopt;
}

/// The scope that an access token needs for it.
QString scopeOf(Endpoint endpoint)
{
    switch (endpoint) {
    case Endpoint::Logs:
        return u"okta.logs.read"_s;
    case Endpoint::Devices:
        return u"okta.devices.read"_s;
    default:
        return u"okta.users.read"_s;
    }
}

/// Whether the client takes gzip: named in Accept-Encoding and not with q=0.
bool acceptsGzip(const QHttpServerRequest &request)
{
    const QByteArrayList codings = request.value("accept-encoding").toLower().split(',');
    return std::ranges::any_of(codings, [](const QByteArray &coding) {
        const QByteArray name = coding.left(coding.indexOf(';')).trimmed();
        return (name == "gzip" || name == "*") && !coding.simplified().replace(' ', "").endsWith(";q=0");
    });
}

} // namespace

/// A request on its way through the server.
struct Server::Call
{
    const QHttpServerRequest &request;
    std::optional<Endpoint> endpoint;
    QByteArray path;
    QByteArray query; ///< as it was sent
    std::optional<RequestFault> fault;
    std::optional<RateLimiter::State> budget; ///< for endpoints that have one
    event::Timestamp time; ///< by the server's clock

    bool suffers(Kind kind) const { return fault && fault->kind == kind; }
    bool hasCursor() const { return QUrlQuery(QString::fromUtf8(query)).hasQueryItem(u"after"_s); }
};

Server::Server(Setup setup, const Endpoints &endpoints, const QUrl &origin, QTcpServer *listener)
    : m_setup(std::move(setup))
    , m_logs(endpoints.logs)
    , m_profiles(endpoints.profiles)
    , m_tokens(endpoints.tokens)
    , m_identity(endpoints.identity)
    , m_origin(origin.toEncoded())
    , m_logsLimit(m_setup.limits.logs, m_setup.limits.window)
    , m_usersLimit(m_setup.limits.users, m_setup.limits.window)
    , m_devicesLimit(m_setup.limits.devices, m_setup.limits.window)
    , m_tokensLimit(m_setup.limits.tokens, m_setup.limits.window)
    , m_random(1, 0x5e47e4)
{
    bind(listener);
}

qint64 Server::requestCount(const QString &path) const
{
    const auto endpoint = endpointAt(path);
    return endpoint ? m_counts[static_cast<std::size_t>(*endpoint)].load() : 0;
}

bool Server::handleRequest(const QHttpServerRequest &request, QTcpSocket *socket)
{
    const QUrl url = request.url();
    const event::Timestamp now = event::now();
    Call call{request, endpointAt(url.path()), url.path(QUrl::FullyEncoded).toUtf8(),
        url.query(QUrl::FullyEncoded).toUtf8(), {}, {},
        (m_setup.hasOwnClock ? m_setup.clock() : now) + std::chrono::seconds(m_setup.faults.clockOffsetSeconds())};
    if (call.endpoint) {
        const qint64 number = ++m_counts[static_cast<std::size_t>(*call.endpoint)];
        call.fault = m_setup.faults.forRequest(*call.endpoint, number);
        if (call.suffers(Kind::DeadCursor) && !call.hasCursor()) {
            call.fault.reset();
        }
        if (RateLimiter *limiter = limiterOf(*call.endpoint)) {
            // Its windows are of real time, and told by the organization's clock.
            call.budget = limiter->take(now);
            call.budget->reset = std::chrono::ceil<std::chrono::seconds>(call.time + (call.budget->reset - now));
        }
    }
    if (call.suffers(Kind::Hang)) {
        return true;
    }
    if (call.suffers(Kind::Drop)) {
        socket->disconnectFromHost();
        return true;
    }
    const bool exhausted = call.budget && !call.budget->allowed;
    if (exhausted) {
        call.fault.reset();
    }
    Reply reply = exhausted ? errors::tooManyRequests() : answer(call);
    addCommonHeaders(call, reply);
    send(call, std::move(reply), socket);
    return true;
}

void Server::missingHandler(const QHttpServerRequest &request, QTcpSocket *socket)
{
    Q_UNUSED(request);
    Q_UNUSED(socket); // handleRequest() takes every request
}

Reply Server::answer(Call &call)
{
    if (!call.endpoint) {
        return errors::notFound(call.path);
    }
    const auto method
        = call.endpoint == Endpoint::Token ? QHttpServerRequest::Method::Post : QHttpServerRequest::Method::Get;
    if (call.request.method() != method) {
        return errors::methodNotAllowed();
    }
    if (call.fault) {
        switch (call.fault->kind) {
        case Kind::Status:
        case Kind::BareStatus:
        case Kind::DoubledHeaders:
        case Kind::PastReset:
        case Kind::Concurrency:
            return replyForStatus(call.fault->status);
        case Kind::DeadCursor:
            return errors::invalidSearchCriteria();
        case Kind::Html: {
            Reply reply;
            reply.contentType = "text/html; charset=utf-8";
            reply.body = "<!DOCTYPE html><html><head><title>Sign in to the network</title></head>"
                         "<body><form action=\"/login\"><input name=\"room\"></form></body></html>";
            return reply;
        }
        case Kind::Redirect: {
            Reply reply;
            reply.status = 302;
            reply.contentType = "text/plain";
            reply.addHeader("Location", "http://elsewhere.invalid" + call.path + '?' + call.query);
            return reply;
        }
        default:
            break;
        }
    }
    if (call.endpoint == Endpoint::Organization) {
        return organizationAnswer(call);
    }
    if (call.endpoint == Endpoint::Token) {
        return m_tokens.answer(oauthRequest(call), call.request.body());
    }
    if (auto refused = refusal(call)) {
        return *std::move(refused);
    }
    if (call.endpoint == Endpoint::Identity) {
        return m_identity.answer(call.request.url().path());
    }
    return call.endpoint == Endpoint::Logs ? logsAnswer(call) : profileAnswer(call);
}

OAuthRequest Server::oauthRequest(const Call &call) const
{
    return {call.endpoint == Endpoint::Token ? "POST" : "GET", originFor(call) + call.path,
        call.request.value("authorization"), call.request.value("dpop"), call.time};
}

/// Whether the request's credential is no good: an API token, or an access token.
std::optional<Reply> Server::refusal(const Call &call)
{
    const QByteArray authorization = call.request.value("authorization");
    if (!authorization.startsWith("Bearer ") && !authorization.startsWith("DPoP ")) {
        return authorization == "SSWS " + m_setup.token ? std::nullopt : std::optional(errors::invalidToken());
    }
    if (call.endpoint == Endpoint::Identity) {
        return errors::accessDenied(); // an app is no user
    }
    return m_tokens.refusal(oauthRequest(call), scopeOf(*call.endpoint));
}

Reply Server::logsAnswer(Call &call)
{
    m_setup.beforeLogs();
    auto page = m_logs.page(call.query, m_setup.clock());
    if (!page) {
        return page.error();
    }
    if (call.suffers(Kind::EmptyPage)) {
        page->lines.clear();
        page->nextQuery = call.query;
    }
    Reply reply;
    reply.body = LogsEndpoint::body(*page);
    addLinks(call, page->nextQuery, reply);
    return reply;
}

Reply Server::profileAnswer(const Call &call)
{
    if (call.endpoint == Endpoint::Devices && m_setup.classic) {
        return errors::featureNotEnabled();
    }
    m_setup.beforeProfiles(call.time);
    auto page = call.endpoint == Endpoint::Users ? m_profiles.users(call.query, call.time)
                                                 : m_profiles.devices(call.query, call.time);
    if (!page) {
        return page.error();
    }
    if (call.suffers(Kind::EmptyPage)) {
        page->body = "[]";
        page->nextQuery = call.query;
    }
    Reply reply;
    reply.body = page->body;
    addLinks(call, page->nextQuery, reply);
    return reply;
}

Reply Server::organizationAnswer(const Call &call) const
{
    Reply reply;
    reply.body = R"({"id":")" + m_setup.organizationId.toUtf8() + R"(","pipeline":")" + (m_setup.classic ? "v1" : "idx")
        + R"(","_links":{"organization":{"href":")" + originFor(call) + R"("}}})";
    return reply;
}

QByteArray Server::originFor(const Call &call) const
{
    // Who came by this name is to stay with it: another host in a link would be refused, and rightly.
    const QByteArray host = call.request.value("host").toLower();
    return host.startsWith("localhost:") ? "http://" + host : m_origin;
}

void Server::addLinks(const Call &call, const QByteArray &nextQuery, Reply &reply) const
{
    const QByteArray origin = originFor(call);
    const auto url = [&](const QByteArray &base, const QByteArray &query) {
        return base + call.path + (query.isEmpty() ? QByteArray() : '?' + query);
    };
    const QByteArray self = '<' + url(origin, call.query) + ">; rel=\"self\"";
    QByteArray nextUrl = nextQuery.isEmpty() ? QByteArray() : url(origin, nextQuery);
    if (!nextUrl.isEmpty() && call.fault) {
        switch (call.fault->kind) {
        case Kind::NoLink:
            nextUrl.clear();
            break;
        case Kind::OtherHost:
            nextUrl = url("https://elsewhere.invalid", nextQuery);
            break;
        case Kind::OtherPort:
            nextUrl = url("http://127.0.0.1:9", nextQuery);
            break;
        case Kind::SelfLink:
            nextUrl = url(origin, call.query);
            break;
        case Kind::LoopLink: {
            QUrlQuery first(QString::fromUtf8(call.query));
            first.removeAllQueryItems(u"after"_s);
            nextUrl = url(origin, first.toString(QUrl::FullyEncoded).toUtf8());
            break;
        }
        default:
            break;
        }
    }
    const QByteArray next = '<' + nextUrl + ">; rel=\"next\"";
    if (nextUrl.isEmpty()) {
        reply.addHeader("Link", self);
    } else if (call.suffers(Kind::JoinedLinks)) {
        reply.addHeader("Link", next + ", " + self);
    } else {
        reply.addHeader("Link", self);
        reply.addHeader("Link", next);
    }
}

void Server::addCommonHeaders(const Call &call, Reply &reply)
{
    if (call.budget) {
        RateLimiter::State state = *call.budget;
        if (call.fault && call.fault->status == 429) {
            state.remaining = 0;
            state.reset = std::chrono::ceil<std::chrono::seconds>(call.time)
                + (call.suffers(Kind::PastReset) ? -std::chrono::seconds(60) : faultyResetAfter);
            state.limit = call.suffers(Kind::Concurrency) ? 0 : state.limit;
        }
        const auto addRateHeaders = [&](int remaining, std::chrono::sys_seconds reset) {
            reply.addHeader("x-rate-limit-limit", QByteArray::number(state.limit));
            reply.addHeader("x-rate-limit-remaining", QByteArray::number(remaining));
            reply.addHeader("x-rate-limit-reset", QByteArray::number(qint64{reset.time_since_epoch().count()}));
        };
        if (!call.suffers(Kind::BareStatus)) {
            addRateHeaders(state.remaining, state.reset);
        }
        if (call.suffers(Kind::DoubledHeaders)) {
            addRateHeaders(1, state.reset - faultyResetAfter);
        }
    }
    if (!call.suffers(Kind::BareStatus)) {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(call.time).time_since_epoch().count();
        reply.addHeader("Date",
            QLocale::c()
                .toString(QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s)
                .toLatin1());
    }
    reply.addHeader("Server", "nginx");
    reply.addHeader("x-okta-request-id", QByteArray::fromStdString(m_random.hex(32)));
    reply.addHeader("Cache-Control", "no-cache, no-store");
    reply.addHeader("Vary", "Accept-Encoding");
}

RateLimiter *Server::limiterOf(Endpoint endpoint)
{
    switch (endpoint) {
    case Endpoint::Logs:
        return &m_logsLimit;
    case Endpoint::Users:
        return &m_usersLimit;
    case Endpoint::Devices:
        return &m_devicesLimit;
    case Endpoint::Token:
        return &m_tokensLimit;
    case Endpoint::Identity:
    case Endpoint::Organization:
        break;
    }
    return nullptr;
}

void Server::send(const Call &call, Reply reply, QTcpSocket *socket) const
{
    if (call.suffers(Kind::BadJson)) {
        // Ends in the middle of something, whatever the page holds.
        reply.body = reply.body.left(std::max<qsizetype>(1, reply.body.size() * 2 / 3)) + R"({"uuid":")";
    }
    const bool gzip = acceptsGzip(call.request);
    QByteArray bytes = reply.toBytes(gzip);
    if (!call.fault) {
        socket->write(bytes);
        return;
    }
    const qsizetype bodyAt = bytes.indexOf("\r\n\r\n") + 4;
    switch (call.fault->kind) {
    case Kind::BadGzip: {
        QByteArray noise = gzipped(reply.body);
        for (qsizetype i = std::min<qsizetype>(noise.size() / 2, noise.size() - 1); i < noise.size(); ++i) {
            noise[i] = '\x5a';
        }
        reply.addHeader("Content-Encoding", "gzip");
        reply.body = noise;
        socket->write(reply.toBytes(false));
        break;
    }
    case Kind::Truncate:
    case Kind::Reset:
        socket->write(bytes.left(bodyAt + (bytes.size() - bodyAt) / 2));
        if (call.suffers(Kind::Truncate)) {
            socket->disconnectFromHost();
        } else {
            socket->flush();
            // Without lingering, closing discards what was not sent and resets the connection.
            resetConnection(socket);
        }
        break;
    case Kind::Slow:
        trickle(std::move(bytes), socket);
        break;
    default:
        socket->write(bytes);
    }
}

} // namespace octotrail::simulator
