// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "event/Timestamp.h"
#include "simulator/OAuthClient.h"
#include "simulator/ProfileChange.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QUrl>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace octotrail::simulator {

class TokenEndpoint;

/// An attack that the company suffers.
struct Story
{
    QString name; ///< e.g. password-spray
    event::Timestamp begin;
    std::vector<std::string> uuids; ///< of its events, in the order in which they happen
};

/// An Okta organization on a loopback port, over real HTTP: /api/v1/logs, /api/v1/users (with me and roles),
/// /api/v1/devices, /oauth2/v1/token and /.well-known/okta-organization as Okta documents them. Deterministic for a
/// seed and a start time. Serves in a thread of its own, so that it may be used from tests that wait.
class Simulator : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        quint16 port = 0; ///< 0: any free one
        quint64 seed = 1;
        int users = 200; ///< at least 10
        int eventsPerMinute = 120; ///< of background traffic while live, in working hours
        int historyEventsPerMinute = 20; ///< the same of the history, which is to be made quickly
        std::chrono::hours history{24}; ///< how much log there is already at the start; at most Okta's 90 days
        bool stories = true; ///< whether it suffers attacks; without them it is a quiet company
        std::optional<event::Timestamp> start; ///< end of the history; default: now
        /// Adds events as time passes; without it the log is fixed.
        bool live = true;
        /// NDJSON to be replayed as the log instead of the invented company's: its lines byte for byte, in the order of
        /// the file. A poll gets what was persisted since; a file that ended over an hour ago counts as persisted now,
        /// so that who asks for the last days gets all of it.
        QString eventsFile;
        /// How many times faster than ours the organization's clock goes; a live log only. Rate limits are not scaled.
        double speed = 1;
        QString faults; ///< see Faults.h
        bool classic = false; ///< a Classic organization: no devices API
        int profileChangesPerHour = 20; ///< of users and devices, while live
        std::chrono::milliseconds searchLag{0}; ///< for so long, search of profiles does not know of a change
        QString token; ///< empty: one made from the seed
        /// Service apps; empty: one, with a key that is made for it. See serviceApp().
        QList<OAuthClient> clients;
        OAuthRules oauth;
        /// Budgets per window; the defaults are those of an Okta Workforce organization.
        int logsPerWindow = 120;
        int usersPerWindow = 600;
        int devicesPerWindow = 100;
        int tokensPerWindow = 150;
        std::chrono::seconds rateWindow{60};
    };

    /// Returns when requests are accepted; a long history may still be in the making, then they wait.
    static event::Result<std::unique_ptr<Simulator>> start(const Options &options);
    ~Simulator() override;

    QUrl origin() const;
    QString token() const;
    /// The first service app. Its key is private if it was made here.
    OAuthClient serviceApp() const;
    /// Changes what service apps are given, in the thread that serves; returns when that is done.
    void changeTokens(const std::function<void(TokenEndpoint &)> &change);

    /// The log so far, an event a line, exactly as it is served, in the order of persistence. Any thread.
    std::vector<std::string> log() const;
    /// The attacks in the log so far, by begin; none for a replayed file. Any thread.
    std::vector<Story> stories() const;
    /// Lets this happen now to a user or a device, chosen by the seed. Its id; empty if there is none whom it fits.
    QString changeProfile(ProfileChange change);
    /// Lets so much time pass at once, as for whoever slept meanwhile; a live log only. Any thread.
    void passTime(std::chrono::seconds time);
    /// How many requests were answered to this path so far, e.g. "/api/v1/logs". Any thread.
    qint64 requestCount(const QString &path) const;

private:
    Simulator();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace octotrail::simulator
