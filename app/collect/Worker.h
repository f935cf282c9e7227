// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/GapFiller.h"
#include "collect/LogPoll.h"
#include "collect/Pace.h"
#include "collect/ProfileRefresher.h"
#include "collect/Reconciler.h"
#include "collect/SourceStatus.h"
#include "okta/Client.h"
#include "okta/TokenOwner.h"
#include "store/Store.h"

#include <QObject>
#include <QTimer>
#include <memory>

namespace octotrail::collect {

/// What a worker needs, handed over to its thread.
struct WorkerSetup
{
    std::shared_ptr<store::Store> store;
    store::SourceConfig source;
    okta::Credentials credentials;
    okta::Route route;
    Pace pace;
    std::shared_ptr<okta::Limiter> limiter; ///< of the source's organization
    SourceStatus status; ///< to count on from
};

/// Collects one source, in a thread of its own that runs an event loop. Everything here happens in that thread.
class Worker : public QObject
{
    Q_OBJECT

public:
    explicit Worker(WorkerSetup setup);
    ~Worker() override;

    /// The rest is only called after this, which makes what belongs to the thread.
    void begin();
    void pause();
    void resume();
    void pollNow();
    void pauseBackfill();
    void resumeBackfill();
    void cancelBackfill();
    void fill(const event::TimeRange &range);
    /// Goes on with these, at once, from where it is.
    void setCredentials(const okta::Credentials &credentials);

Q_SIGNALS:
    void statusChanged(const octotrail::collect::SourceStatus &status);
    /// See Supervisor::caughtUp.
    void caughtUp();

private:
    void onChanged();
    void tell();
    void count();
    void onCaughtUp(event::Timestamp serverTime);
    void onSettled();
    bool refreshes() const;
    void askOwner();

    WorkerSetup m_setup;
    SourceStatus m_status;
    State m_toldState = State::Idle;
    qint64 m_callsBefore = 0; ///< those of earlier workers of the source
    std::unique_ptr<okta::Client> m_client;
    std::unique_ptr<okta::TokenOwnerQuery> m_owner;
    bool m_ownerAsked = false;
    std::unique_ptr<LogPoll> m_log; ///< null if the source does not collect the System Log
    std::unique_ptr<GapFiller> m_gaps; ///< so is this
    std::unique_ptr<Reconciler> m_reconciler; ///< and this
    std::unique_ptr<ProfileRefresher> m_users;
    std::unique_ptr<ProfileRefresher> m_devices;
    std::unique_ptr<QTimer> m_telling; ///< so that pages in quick succession are told once
    bool m_caughtUp = false; ///< the log has, and a listing of profiles is still running
};

} // namespace octotrail::collect
