// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "okta/Credentials.h"
#include "okta/Limiter.h"
#include "okta/Response.h"

#include <QObject>
#include <QUrl>
#include <chrono>
#include <functional>
#include <memory>

class QNetworkAccessManager;
class QNetworkRequest;

namespace octotrail::okta {

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
/// refused before anything is sent, redirects are not followed, cookies are neither kept nor sent.
/// For one thread, with an event loop; all is asynchronous.
class Client : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        /// Without a byte for so long a request has failed. Okta itself gives up a query after 30 s.
        std::chrono::milliseconds silence{std::chrono::seconds(60)};
        /// A whole request may take no longer, however steadily it drips.
        std::chrono::milliseconds deadline{std::chrono::minutes(5)};
        /// Of a decompressed body: a page of 1,000 large events is some ten megabytes.
        qint64 largestBody = 256LL * 1024 * 1024;
    };

    Client(QUrl origin, Credentials credentials, Options options, QObject *parent = nullptr);
    Client(QUrl origin, Credentials credentials, QObject *parent = nullptr);
    ~Client() override;

    const QUrl &origin() const { return m_origin; }
    void setCredentials(Credentials credentials) { m_credentials = std::move(credentials); }

    /// From now on every request is admitted by this limiter, which others may share; share is how much of Okta's rate
    /// limits they may use together.
    void setLimiter(std::shared_ptr<Limiter> limiter, double share);
    /// Requests sent so far.
    qint64 requestCount() const { return m_requests; }

    /// GET. done is called once, from the event loop, never from within get(); in it the Call may be deleted.
    std::unique_ptr<Call> get(const QUrl &url, Call::Done done);
    /// The same with another place among the requests that wait than usual for its path.
    std::unique_ptr<Call> get(const QUrl &url, Limiter::Priority priority, Call::Done done);
    /// The same without credentials.
    std::unique_ptr<Call> getAnonymously(const QUrl &url, Call::Done done);
    /// With a Content-Type that asks Okta to leave out parts (okta-response=...).
    std::unique_ptr<Call> get(const QUrl &url, const QByteArray &contentType, Call::Done done);

private:
    std::unique_ptr<Call> start(const QUrl &url, const Credentials &credentials, const QByteArray &contentType,
        Limiter::Priority priority, Call::Done done);
    void send(Call &call, const QNetworkRequest &request);

    QUrl m_origin;
    Credentials m_credentials;
    Options m_options;
    QNetworkAccessManager *m_network;
    std::shared_ptr<Limiter> m_limiter; ///< null: none
    double m_share = 1;
    qint64 m_requests = 0;
};

} // namespace octotrail::okta
