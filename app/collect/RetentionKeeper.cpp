// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/RetentionKeeper.h"

#include "collect/Await.h"

#include <algorithm>

namespace octotrail::collect {

RetentionKeeper::RetentionKeeper(std::shared_ptr<store::Store> store, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , m_retention(m_store)
{
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &RetentionKeeper::purge);
    m_timer.start(afterStart);
}

event::Timestamp RetentionKeeper::now() const
{
    return m_clock ? std::min(event::now(), m_clock()) : event::now();
}

void RetentionKeeper::purge()
{
    m_timer.start(period);
    whenFinished(m_retention.policies(), this, [this](const auto &policies) {
        if (!policies) {
            Q_EMIT failed(policies.error().sentence);
            finishIfDone();
            return;
        }
        const event::Timestamp now = this->now();
        for (const auto &[source, policy] : *policies) {
            ++m_running;
            whenFinished(m_retention.purge(source, policy, now), this,
                [this](const event::Result<store::PurgeReport> &result) { report(result); });
        }
        finishIfDone();
    });
}

void RetentionKeeper::report(const event::Result<store::PurgeReport> &result)
{
    if (result && result->events > 0) {
        whenFinished(m_store->sources(), this,
            [this, report = *result](const event::Result<std::vector<store::SourceConfig>> &sources) {
                QString name;
                for (const store::SourceConfig &source : sources.value_or(std::vector<store::SourceConfig>())) {
                    name = source.id == report.source ? source.name : name;
                }
                Q_EMIT purged(report, name);
                --m_running;
                finishIfDone();
            });
        return;
    }
    if (!result) {
        Q_EMIT failed(result.error().sentence);
    }
    --m_running;
    finishIfDone();
}

void RetentionKeeper::finishIfDone()
{
    if (m_running == 0) {
        Q_EMIT finished();
    }
}

} // namespace octotrail::collect
