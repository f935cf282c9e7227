// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Retention.h"
#include "store/Store.h"

#include <QObject>
#include <QTimer>
#include <chrono>
#include <functional>
#include <memory>

namespace octotrail::collect {

/// Removes what the sources' retention policies no longer keep: a while after the start, and once a day.
class RetentionKeeper : public QObject
{
    Q_OBJECT

public:
    explicit RetentionKeeper(std::shared_ptr<store::Store> store, QObject *parent = nullptr);

    /// What time it is by somebody else's clock. What is old by this computer's alone is not removed: it may be wrong.
    void setClock(std::function<event::Timestamp()> clock) { m_clock = std::move(clock); }
    /// The earlier one of the two times.
    event::Timestamp now() const;

    /// Does it now, for every source that has a policy; the next time is a day later.
    void purge();

    /// The start is busy enough without it.
    static constexpr std::chrono::minutes afterStart{10};
    static constexpr std::chrono::hours period{24};

Q_SIGNALS:
    /// Something was removed of the source that has this name.
    void purged(const octotrail::store::PurgeReport &report, const QString &source);
    void failed(const QString &sentence);
    /// All that is due is removed, or could not be.
    void finished();

private:
    void report(const event::Result<store::PurgeReport> &result);
    void finishIfDone();

    std::shared_ptr<store::Store> m_store;
    store::Retention m_retention;
    std::function<event::Timestamp()> m_clock;
    QTimer m_timer;
    int m_running = 0; ///< purges
};

} // namespace octotrail::collect
