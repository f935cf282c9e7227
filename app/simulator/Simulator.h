// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "event/Timestamp.h"

#include <QObject>
#include <QString>
#include <QUrl>
#include <chrono>
#include <memory>

namespace octotrail::simulator {

/// An Okta organization on a loopback port, over real HTTP: /api/v1/logs, /api/v1/users, /api/v1/devices and
/// /.well-known/okta-organization as Okta documents them. Deterministic for a seed and a start time.
/// Serves in a thread of its own, so that it may be used from tests that wait.
class Simulator : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        quint16 port = 0; ///< 0: any free one
        quint64 seed = 1;
        int users = 200;
        int eventsPerMinute = 120; ///< of background traffic, in working hours
        std::chrono::hours history {24}; ///< how much log there is already at the start
        std::optional<event::Timestamp> start; ///< end of the history; default: now
        /// Adds events as time passes; without it the log is fixed.
        bool live = true;
        QString eventsFile; ///< NDJSON to be replayed as the log instead of the invented company
        QString faults; ///< see Faults.h
        bool classic = false; ///< a Classic organization: no devices API
        QString token; ///< empty: one made from the seed
    };

    static event::Result<std::unique_ptr<Simulator>> start(const Options &options);
    ~Simulator() override;

    QUrl origin() const;
    QString token() const;

    /// The log so far, an event a line, exactly as it is served, in the order of persistence. Any thread.
    std::vector<std::string> log() const;
    /// How many requests were answered to this path so far, e.g. "/api/v1/logs". Any thread.
    qint64 requestCount(const QString &path) const;

private:
    Simulator();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace octotrail::simulator
