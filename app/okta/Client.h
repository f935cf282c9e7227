// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "okta/Credentials.h"
#include "okta/Limiter.h"
#include "okta/Response.h"
#include "okta/Transport.h"

#include <QObject>
#include <QUrl>
#include <functional>
#include <memory>

namespace octotrail::okta {

struct Access;

/// A running request. Deleting it aborts it, and its answer is not told then.
class Call : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(const Answer &)>;
    ~Call() override;

Q_SIGNALS:
    /// It is not sent before then, for a rate limit.
    void waiting(octotrail::event::Timestamp until);

private:
    friend class Client;
    Call();
    struct Private;
    std::unique_ptr<Private> d;
};

/// Asks one organization, over HTTPS (or plain HTTP on a loopback address), and nobody else: a url of another origin is
/// refused before anything is sent, redirects are not followed, cookies are neither kept nor sent. For a service app it
/// gets the access tokens that it needs, from the same origin.
/// For one thread, with an event loop; all is asynchronous.
class Client : public QObject
{
    Q_OBJECT

public:
    using Options = TransportOptions;

    Client(QUrl origin, Credentials credentials, Options options, QObject *parent = nullptr);
    Client(QUrl origin, Credentials credentials, QObject *parent = nullptr);
    ~Client() override;

    const QUrl &origin() const { return m_transport->origin(); }
    /// From now on requests wait until the organization's limiter admits them, and use no more than this share of the
    /// rate limits.
    void setLimiter(std::shared_ptr<Limiter> limiter, double share);
    /// How many requests were sent so far.
    qint64 requestCount() const { return m_transport->requestCount(); }
    /// For all requests from now on; running ones end with the old ones.
    void setCredentials(Credentials credentials);

    /// GET. done is called once, from the event loop, never from within get(); in it the Call may be deleted.
    std::unique_ptr<Call> get(const QUrl &url, Call::Done done);
    std::unique_ptr<Call> get(const QUrl &url, Limiter::Priority priority, Call::Done done);
    /// The same without credentials.
    std::unique_ptr<Call> getAnonymously(const QUrl &url, Call::Done done);
    /// With a Content-Type that asks Okta to leave out parts (okta-response=...).
    std::unique_ptr<Call> get(const QUrl &url, const QByteArray &contentType, Call::Done done);

private:
    std::unique_ptr<Call> start(
        const QUrl &url, bool isAnonymous, const QByteArray &contentType, Limiter::Priority priority, Call::Done done);

    std::unique_ptr<Transport> m_transport;
    std::shared_ptr<Access> m_access; ///< shared with the calls that use it
};

} // namespace octotrail::okta
