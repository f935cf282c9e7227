// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/Faults.h"
#include "simulator/IdentityEndpoint.h"
#include "simulator/LogsEndpoint.h"
#include "simulator/ProfilesEndpoint.h"
#include "simulator/RateLimiter.h"
#include "simulator/Reply.h"
#include "simulator/TokenEndpoint.h"

#include <QAbstractHttpServer>
#include <QTcpSocket>
#include <QUrl>
#include <array>
#include <atomic>
#include <functional>
#include <optional>

class QTcpServer;

namespace octotrail::simulator {

/// Takes the requests, and does to the answers what the faults demand. Qt HttpServer reads the requests; the answers
/// are written here, since only so a connection can be dropped or a body cut short.
class Server : public QAbstractHttpServer
{
    Q_OBJECT

public:
    struct Limits
    {
        int logs = 0;
        int users = 0;
        int devices = 0;
        int tokens = 0;
        std::chrono::seconds window{60};
    };
    struct Setup
    {
        QByteArray token;
        QString organizationId;
        bool classic = false;
        Limits limits;
        Faults faults;
        std::function<event::Timestamp()> clock; ///< the time of the log
        bool hasOwnClock = false; ///< that clock may be another than ours, and is what the Date header tells
        std::function<void()> beforeLogs; ///< brings the log up to now
        std::function<void(event::Timestamp)> beforeProfiles; ///< the same for profiles; told the server's time
    };

    /// What answers the requests, each to its own.
    struct Endpoints
    {
        LogsEndpoint &logs;
        ProfilesEndpoint &profiles;
        TokenEndpoint &tokens;
        IdentityEndpoint &identity;
    };

    Server(Setup setup, const Endpoints &endpoints, const QUrl &origin, QTcpServer *listener);

    /// How many requests came to this path; 0 for one that is no endpoint. Any thread.
    qint64 requestCount(const QString &path) const;

protected:
    bool handleRequest(const QHttpServerRequest &request, QTcpSocket *socket) override;
    void missingHandler(const QHttpServerRequest &request, QTcpSocket *socket) override;

private:
    struct Call;
    Reply answer(Call &call);
    std::optional<Reply> refusal(const Call &call);
    OAuthRequest oauthRequest(const Call &call) const;
    Reply logsAnswer(Call &call);
    Reply profileAnswer(const Call &call);
    Reply organizationAnswer(const Call &call) const;
    QByteArray originFor(const Call &call) const;
    void addLinks(const Call &call, const QByteArray &nextQuery, Reply &reply) const;
    void addCommonHeaders(const Call &call, Reply &reply);
    RateLimiter *limiterOf(Endpoint endpoint);
    void send(const Call &call, Reply reply, QTcpSocket *socket) const;

    Setup m_setup;
    LogsEndpoint &m_logs;
    ProfilesEndpoint &m_profiles;
    TokenEndpoint &m_tokens;
    IdentityEndpoint &m_identity;
    QByteArray m_origin;
    RateLimiter m_logsLimit;
    RateLimiter m_usersLimit;
    RateLimiter m_devicesLimit;
    RateLimiter m_tokensLimit;
    std::array<std::atomic<qint64>, 6> m_counts{};
    Random m_random;
};

} // namespace octotrail::simulator
