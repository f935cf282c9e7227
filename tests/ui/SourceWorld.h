// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/Supervisor.h"
#include "secrets/Vault.h"
#include "simulator/Simulator.h"
#include "store/Store.h"

#include <QTemporaryDir>
#include <QTest>
#include <memory>

namespace octotrail::tests {

/// What the source forms work with, for real: a store, a vault, a supervisor, and simulated organizations.
class SourceWorld
{
public:
    SourceWorld();

    secrets::Vault &vault() { return *m_vault; }
    collect::Supervisor &supervisor() { return *m_supervisor; }
    store::Store &store() { return *m_store; }
    const std::shared_ptr<store::Store> &sharedStore() const { return m_store; }
    QString storeFile() const { return m_folder.filePath(QStringLiteral("case.duckdb")); }

    /// A small organization with two hours of log that does not grow.
    static simulator::Simulator::Options smallOrganization();
    static std::unique_ptr<simulator::Simulator> organization(
        const simulator::Simulator::Options &options = smallOrganization());

    /// Stores a source of this organization, as the form would, with its token kept for the session.
    store::SourceConfig addSource(const simulator::Simulator &organization, const QString &name,
        const QByteArray &token, const std::function<void(store::SourceConfig &)> &change = {});

    /// What the store has of sources, read from it.
    std::vector<store::SourceConfig> storedSources();
    std::int64_t storedEvents();
    QByteArray keptToken(const store::SourceConfig &source);

    /// As after a restart of the application: the store stays, what was kept for the session is gone.
    void restart();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<secrets::Vault> m_vault;
    std::shared_ptr<store::Store> m_store;
    std::unique_ptr<collect::Supervisor> m_supervisor;
};

/// The future's result, waited for with the event loop running; a default one and a failed test if it takes too long.
template <class T>
T awaited(const QFuture<T> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20000)) {
        QTest::qFail("A future did not finish in time.", __FILE__, __LINE__);
        return T();
    }
    return future.result();
}

} // namespace octotrail::tests
