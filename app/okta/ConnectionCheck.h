// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "okta/Credentials.h"
#include "okta/Organization.h"
#include "okta/Route.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QUrl>
#include <memory>

namespace octotrail::okta {

/// One thing that was tried, for showing it as it happens.
struct CheckStep
{
    enum class Id { Organization, SystemLog, Users, Devices };
    enum class State { Waiting, Running, Passed, Warning, Failed };
    Id id = Id::Organization;
    QString title; ///< "Read one event of the System Log"
    State state = State::Waiting;
    QString sentence; ///< what was found, or what is wrong and what to do about it
    event::ErrorKind kind = event::ErrorKind::Internal; ///< valid if state is Failed or Warning
};

/// Tries a connection for real: who the organization is, one event of the log, one user, one device.
/// Lives in any thread with an event loop; everything is asynchronous. A missing device API is a Warning, all else that
/// does not work is Failed: wrong token or key, wrong domain, missing role, no network, TLS failure, clock off, rate
/// limited.
class ConnectionCheck : public QObject
{
    Q_OBJECT

public:
    struct Request
    {
        QUrl origin;
        /// Empty: only Organization is tried, which needs none. An error is told where they would be tried.
        event::Result<Credentials> credentials = Credentials();
        bool users = false;
        bool devices = false;
        QString filter{}; ///< the server-side filter to try with the log, may be empty
        Route route{};
    };

    explicit ConnectionCheck(QObject *parent = nullptr);
    ~ConnectionCheck() override;

    void start(const Request &request);
    void cancel();
    QList<CheckStep> steps() const;

Q_SIGNALS:
    void stepChanged(const octotrail::okta::CheckStep &step);
    void organizationFound(const octotrail::okta::OrganizationInfo &info);
    /// Once for every start() that is not cancelled. ok: no step failed.
    void finished(bool ok);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace octotrail::okta
