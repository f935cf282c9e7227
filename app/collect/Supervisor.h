// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/SourceStatus.h"
#include "event/Result.h"
#include "secrets/Vault.h"
#include "store/Store.h"

#include <QFuture>
#include <QList>
#include <QObject>
#include <memory>

namespace octotrail::collect {

/// Runs a collecting thread for every source of a store. Lives in the thread that made it (the GUI thread, or main of
/// the command line); its signals come there. Nothing here waits.
class Supervisor : public QObject
{
    Q_OBJECT

public:
    Supervisor(std::shared_ptr<store::Store> store, secrets::Vault &vault, QObject *parent = nullptr);
    /// Stops every thread promptly: running requests are aborted, queued commits are finished by the store.
    ~Supervisor() override;

    /// Reads the sources from the store and starts those that are not paused.
    void start();

    QList<store::SourceConfig> sources() const;
    SourceStatus status(store::SourceId id) const;

    /// Adds the source (id 0) or changes it, keeps its token if one is given, and (re)starts it.
    QFuture<event::Result<store::SourceConfig>> put(
        store::SourceConfig source, const QByteArray &apiToken, secrets::Vault::Place place);
    QFuture<event::Status> remove(store::SourceId id, bool withItsEvents);

    void pause(store::SourceId id);
    void resume(store::SourceId id);
    /// Polls at once, whatever it was waiting for but a rate limit.
    void pollNow(store::SourceId id);

Q_SIGNALS:
    void sourcesChanged();
    void statusChanged(const octotrail::collect::SourceStatus &status);
    /// A poll has read everything there was. For collect --once.
    void caughtUp(octotrail::store::SourceId source);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace octotrail::collect
