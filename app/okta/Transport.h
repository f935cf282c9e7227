// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "okta/Limiter.h"
#include "okta/Response.h"
#include "okta/Route.h"

#include <QNetworkRequest>
#include <QObject>
#include <QUrl>
#include <chrono>
#include <functional>
#include <memory>

class QNetworkAccessManager;
class QNetworkReply;

namespace octotrail::okta {

struct TransportOptions
{
    /// Without a byte for so long a request has failed, be it while connecting or later. Okta itself gives up a query
    /// after 30 s.
    std::chrono::milliseconds silence{std::chrono::seconds(60)};
    /// A whole request may take no longer, however steadily it drips.
    std::chrono::milliseconds deadline{std::chrono::minutes(5)};
    /// Of a decompressed body: a page of 1,000 large events is some ten megabytes.
    qint64 largestBody = 256LL * 1024 * 1024;
    ReadyRoute route;
};

/// A request on its way. Deleting it aborts it, and its answer is not told then.
class Exchange : public QObject
{
    Q_OBJECT

public:
    /// A Response of any status, or why there is no whole one.
    using Done = std::function<void(const Answer &)>;
    ~Exchange() override;

Q_SIGNALS:
    /// It is not sent before then, for a rate limit.
    void waiting(octotrail::event::Timestamp until);

private:
    friend class Transport;
    Exchange();
    struct Private;
    std::unique_ptr<Private> d;
};

/// Sends requests to one organization, over HTTPS (or plain HTTP on a loopback address), and to nobody else: redirects
/// are not followed, cookies are neither kept nor sent. For one thread, with an event loop.
class Transport : public QObject
{
    Q_OBJECT

public:
    Transport(QUrl origin, TransportOptions options, QObject *parent = nullptr);
    ~Transport() override;

    const QUrl &origin() const { return m_origin; }
    QUrl url(const QString &path) const;
    /// With the headers that all requests have.
    QNetworkRequest request(const QUrl &url) const;
    /// From now on requests wait until the organization's limiter admits them, and use no more than this share.
    void setLimiter(std::shared_ptr<Limiter> limiter, double share);
    /// How many were sent so far.
    qint64 requestCount() const { return m_requests; }

    /// Adds what belongs to one request, when it is sent: what is signed with a time is signed then.
    using Prepare = std::function<void(QNetworkRequest &)>;
    /// The same, and gives its body.
    using PreparePost = std::function<QByteArray(QNetworkRequest &)>;
    /// done is called once, from the event loop, never from within this; in it the Exchange may be deleted. An url of
    /// another origin is refused before anything is sent.
    std::unique_ptr<Exchange> get(const QUrl &url, Limiter::Priority priority, Prepare prepare, Exchange::Done done);
    std::unique_ptr<Exchange> post(const QUrl &url, PreparePost prepare, Exchange::Done done);

    /// The organization's clock, as far as its answers have told; ours before the first one.
    event::Timestamp serverNow() const { return event::now() + m_clockSkew; }

private:
    using Begin = std::function<QNetworkReply *()>;
    std::unique_ptr<Exchange> start(
        const QUrl &url, Limiter::Priority priority, const Begin &begin, Exchange::Done done);
    void send(Exchange &exchange, const Begin &begin);
    void renewNetwork();

    QUrl m_origin;
    TransportOptions m_options;
    std::shared_ptr<QNetworkAccessManager> m_network; ///< a child, kept by the exchanges that use it
    bool m_talksToProxy = false; ///< plain HTTP through a proxy: who refuses a connection is the proxy
    std::chrono::milliseconds m_clockSkew{0};
    std::shared_ptr<Limiter> m_limiter; ///< may be null
    double m_share = 1;
    qint64 m_requests = 0;
};

} // namespace octotrail::okta
