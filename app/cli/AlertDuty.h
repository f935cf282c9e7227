// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/SilenceWatch.h"
#include "collect/Supervisor.h"
#include "notify/AlertForwarder.h"
#include "store/Alerts.h"

#include <QObject>
#include <memory>

namespace octotrail::cli {

/// What a window would do about alerts, for a run without one: watches for silent sources, says what was raised, and
/// sends it on.
class AlertDuty : public QObject
{
    Q_OBJECT

public:
    AlertDuty(std::shared_ptr<store::Store> store, const notify::AlertForwarder::Routes &routes);
    ~AlertDuty() override;

    /// Until endWatch(), before which the supervisor must not be gone.
    void watchForSilence(collect::Supervisor &supervisor);
    void endWatch();
    /// Alerts name their sources by these.
    void setSources(const QList<store::SourceConfig> &sources);

    /// Waits until what was raised is sent, at most for so long.
    void finish(std::chrono::milliseconds patience);

Q_SIGNALS:
    /// A sentence for the operator.
    void said(const QString &sentence);

private:
    void onAlerts(const store::AlertChange &change);

    std::shared_ptr<store::Store> m_store;
    store::Alerts m_alerts;
    notify::AlertForwarder m_forwarder;
    std::unique_ptr<collect::SilenceWatch> m_silence;
};

} // namespace octotrail::cli
