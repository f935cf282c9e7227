// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/AlertDuty.h"
#include "cli/Command.h"
#include "cli/Console.h"
#include "collect/RetentionKeeper.h"
#include "collect/Supervisor.h"
#include "detect/Engine.h"
#include "secrets/Vault.h"
#include "store/Store.h"

#include <QObject>
#include <QSet>
#include <QTimer>
#include <memory>
#include <stop_token>

namespace octotrail::cli {

/// Collecting without a window: until caught up, stopped by a signal, or in need of a human.
class CollectRun : public QObject
{
    Q_OBJECT

public:
    CollectRun(std::shared_ptr<store::Store> store, bool once, const notify::AlertForwarder::Routes &routes);
    ~CollectRun() override;

    /// Runs the event loop until it is done, or asked to stop; that may have come before.
    /// secret: as for Supervisor::put().
    ExitCode run(const store::SourceConfig &source, const QByteArray &secret, const QByteArray &proxyPassword,
        const std::stop_token &stop);

private:
    void onStatus(const collect::SourceStatus &status);
    void onPatienceEnded();
    void keepRetention();
    void finishIfDone();
    void end(ExitCode code);
    void showProgress();
    void report(const collect::SourceStatus &status);
    void say(const QString &sentence);

    std::shared_ptr<store::Store> m_store;
    bool m_once;
    secrets::Vault m_vault;
    std::unique_ptr<detect::Engine> m_engine; ///< what it does not get to is left to the next one
    std::unique_ptr<collect::Supervisor> m_supervisor;
    std::unique_ptr<AlertDuty> m_duty;
    std::unique_ptr<collect::RetentionKeeper> m_retention;
    store::SourceConfig m_source;
    collect::SourceStatus m_status;
    QSet<store::SourceId> m_caughtUp;
    bool m_isDone = false; ///< what --once asked for, but for what retention removes
    bool m_hasEnded = false;
    ExitCode m_code = ExitCode::Success;
    QString m_lastSentence;
    bool m_isHealthy = false; ///< it was, before
    bool m_isFilling = false;
    qint64 m_reconciled = 0; ///< told so far
    QTimer m_patience; ///< how long --once goes on without an answer
    ProgressLine m_progress;
};

} // namespace octotrail::cli
