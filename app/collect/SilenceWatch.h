// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/SourceStatus.h"
#include "store/Alerts.h"
#include "store/Store.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>
#include <functional>
#include <memory>

namespace octotrail::collect {

class Supervisor;

/// A source of which no events have come for longer than its owner finds normal.
struct Silence
{
    event::Timestamp since; ///< when the last event came, or the watch began
    std::chrono::seconds watched{0}; ///< how long of that it was being collected
    QString sentence;
    store::AlertId alert = 0; ///< 0 until it is stored
};

/// Watches for sources that have fallen silent: raises an alert in the store for each, and resolves it when events flow
/// again. Only time counts in which the source was being collected: not while the application was closed, the machine
/// asleep or the source paused. What was counted is kept in the store, so that many short sessions add up.
/// Lives in the supervisor's thread.
class SilenceWatch : public QObject
{
    Q_OBJECT

public:
    using Clock = std::function<event::Timestamp()>;
    static const QString ruleId;

    SilenceWatch(std::shared_ptr<store::Store> store, Supervisor &supervisor, Clock clock = &event::now,
        QObject *parent = nullptr);
    ~SilenceWatch() override;

    /// Set if the source is silent now.
    std::optional<Silence> silence(store::SourceId source) const;

    /// Looks at every source; happens by itself each interval. Time between two looks counts up to three intervals.
    void look();
    static constexpr std::chrono::minutes interval{1};

Q_SIGNALS:
    void silenceChanged(octotrail::store::SourceId source);

private:
    struct Watched
    {
        std::chrono::seconds quiet{0}; ///< counted since the last event
        event::Timestamp since; ///< when the last event came
        std::optional<event::Timestamp> newest; ///< of published
        bool silent = false;
        store::AlertId alert = 0;
        QString key; ///< of the alert
        QString sentence;
        bool saved = true;
    };

    void load();
    void findAlerts();
    void take(const store::CommittedBatchPtr &batch);
    void count(const store::SourceConfig &source, std::chrono::seconds elapsed);
    void raise(const store::SourceConfig &source, Watched &watched);
    void end(store::SourceId id, Watched &watched, const QString &why);
    void resolve(store::AlertId alert, const QString &note);
    void save(std::vector<store::Finding> findings = {});
    QString sentenceFor(const store::SourceConfig &source, const Watched &watched) const;

    std::shared_ptr<store::Store> m_store;
    store::Alerts m_alerts;
    Supervisor &m_supervisor;
    Clock m_clock;
    QTimer m_timer;
    QHash<store::SourceId, Watched> m_watched;
    std::map<std::string, std::string> m_state; ///< as read from the store, of sources not seen yet
    QHash<QString, QString> m_ended; ///< by key: why silences ended of which the alert is not known yet
    QSet<store::SourceId> m_early; ///< that had events before their state was read
    std::optional<event::Timestamp> m_looked;
    event::Timestamp m_saved;
    bool m_loaded = false;
};

} // namespace octotrail::collect
