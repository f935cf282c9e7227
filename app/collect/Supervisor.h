// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/Pace.h"
#include "collect/SourceStatus.h"
#include "event/Result.h"
#include "secrets/Vault.h"
#include "store/Store.h"

#include <QFuture>
#include <QList>
#include <QObject>
#include <memory>
#include <optional>

namespace octotrail::collect {

/// Runs a collecting thread for every source of a store. Lives in the thread that made it (the GUI thread, or main of
/// the command line); its signals come there. Nothing here waits.
class Supervisor : public QObject
{
    Q_OBJECT

public:
    /// At the pace that the environment allows, see Pace.
    Supervisor(std::shared_ptr<store::Store> store, secrets::Vault &vault, QObject *parent = nullptr)
        : Supervisor(std::move(store), vault, Pace::fromEnvironment(), parent)
    { }
    Supervisor(std::shared_ptr<store::Store> store, secrets::Vault &vault, const Pace &pace, QObject *parent = nullptr);
    /// Stops every thread promptly: running requests are aborted, queued commits are finished by the store.
    ~Supervisor() override;

    /// Reads the sources from the store and starts those that are not paused.
    void start();

    QList<store::SourceConfig> sources() const;
    SourceStatus status(store::SourceId id) const;
    /// Now by Okta's clock, once a source has measured how far the computer's is off; by the computer's until then.
    event::Timestamp serverNow() const;

    /// Adds the source (id 0) or changes it, keeps its secret (an API token, or the private key of a service app) and
    /// its proxy's password if they are given, and (re)starts it; a source that changes its credential alone goes on as
    /// it runs. InvalidInput if the source or the secret cannot be used, an error of the vault's or the store's
    /// otherwise; then nothing has changed. Needs no start(): a command line collects one source alone so.
    QFuture<event::Result<store::SourceConfig>> put(store::SourceConfig source, const QByteArray &secret,
        secrets::Vault::Place place, const std::optional<QByteArray> &proxyPassword = {});
    QFuture<event::Status> remove(store::SourceId id, bool withItsEvents);

    /// A paused source stays so after a restart.
    void pause(store::SourceId id);
    void resume(store::SourceId id);
    /// Polls at once, whatever it was waiting for but a rate limit.
    void pollNow(store::SourceId id);

    // The past, which is read beside the live poll: see SourceStatus::backfill and store::Coverage.

    void pauseBackfill(store::SourceId id);
    void resumeBackfill(store::SourceId id);
    /// Gives up what is not read yet: it stays a gap, filled only if somebody asks for it.
    void cancelBackfill(store::SourceId id);
    /// Reads this range, whatever was decided of it before; older than the source's start, if the range is. A source
    /// that does not run does so once it runs.
    void fillGap(store::SourceId id, const event::TimeRange &range);
    /// All gaps of the source, those given up too.
    void fillGaps(store::SourceId id) { fillGap(id, {}); }

Q_SIGNALS:
    void sourcesChanged();
    void statusChanged(const octotrail::collect::SourceStatus &status);
    /// A poll has read everything there was and it is committed, as are the users and devices that were due (if they
    /// could be had). For collect --once. The status with the last counts comes before it.
    void caughtUp(octotrail::store::SourceId source);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace octotrail::collect
