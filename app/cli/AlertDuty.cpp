// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/AlertDuty.h"

#include "store/AlertJson.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>

namespace octotrail::cli {

AlertDuty::AlertDuty(std::shared_ptr<store::Store> store, const notify::AlertForwarder::Routes &routes)
    : m_store(std::move(store))
    , m_alerts(m_store)
    , m_forwarder(m_alerts)
{
    m_forwarder.setRoutes(routes);
    connect(&m_alerts, &store::Alerts::changed, this, &AlertDuty::onAlerts);
    connect(&m_forwarder, &notify::AlertForwarder::failed, this,
        [this](store::AlertId, const QString &sentence) { Q_EMIT said(sentence); });
}

AlertDuty::~AlertDuty() = default;

void AlertDuty::watchForSilence(collect::Supervisor &supervisor)
{
    m_silence = std::make_unique<collect::SilenceWatch>(m_store, supervisor);
}

void AlertDuty::endWatch()
{
    m_silence.reset();
}

void AlertDuty::setSources(const QList<store::SourceConfig> &sources)
{
    QHash<store::SourceId, QString> names;
    for (const store::SourceConfig &source : sources) {
        names.insert(source.id, source.name);
    }
    m_forwarder.setSourceNames(names);
}

void AlertDuty::onAlerts(const store::AlertChange &change)
{
    for (const store::Alert &alert : change.raised) {
        if (alert.state != store::AlertState::Recorded) {
            Q_EMIT said(tr("Alert (%1): %2").arg(store::severityName(alert.severity), alert.title));
        }
    }
}

void AlertDuty::finish(std::chrono::milliseconds patience)
{
    // What the store has told already is taken first: it waits in the event queue.
    const QDeadlineTimer deadline(patience);
    QEventLoop loop;
    QTimer tick;
    connect(&tick, &QTimer::timeout, &loop, [&] {
        if (m_forwarder.underWay() == 0 || deadline.hasExpired()) {
            loop.quit();
        }
    });
    constexpr int often = 20; // milliseconds
    tick.start(often);
    loop.exec();
    if (const int left = m_forwarder.underWay(); left > 0) {
        Q_EMIT said(tr("%1 alerts could not be sent before the end. They are in the store.").arg(left));
    }
}

} // namespace octotrail::cli
