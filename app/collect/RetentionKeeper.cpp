// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/RetentionKeeper.h"

#include <QFutureWatcher>
#include <algorithm>

namespace octotrail::collect {

namespace {

/// Calls then in the context's thread.
template <class T, class Then>
void whenDone(const QFuture<T> &future, QObject *context, Then then)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, then = std::move(then)] {
        watcher->deleteLater();
        then(watcher->result());
    });
    watcher->setFuture(future);
}

} // namespace

RetentionKeeper::RetentionKeeper(std::shared_ptr<store::Store> store, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , m_retention(m_store)
{
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_timer.start(period);
        purge();
    });
    m_timer.start(afterStart);
}

void RetentionKeeper::purge()
{
    whenDone(m_retention.policies(), this, [this](const auto &policies) {
        if (!policies) {
            Q_EMIT failed(policies.error().sentence);
            return;
        }
        const event::Timestamp now = m_clock ? std::min(event::now(), m_clock()) : event::now();
        for (const auto &[source, policy] : *policies) {
            whenDone(m_retention.purge(source, policy, now), this,
                [this](const event::Result<store::PurgeReport> &result) { report(result); });
        }
    });
}

void RetentionKeeper::report(const event::Result<store::PurgeReport> &result)
{
    if (!result) {
        Q_EMIT failed(result.error().sentence);
    } else if (result->events > 0) {
        Q_EMIT purged(*result);
    }
}

} // namespace octotrail::collect
