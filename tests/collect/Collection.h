// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/Supervisor.h"
#include "simulator/Simulator.h"

#include <QList>
#include <QTemporaryDir>
#include <memory>
#include <string>
#include <vector>

namespace octotrail::tests {

/// A pace for tests: polls every so often, tries again soon. The poll reads the past itself.
collect::Pace quickPace(std::chrono::milliseconds poll);
/// The same with small pages, of which a short log has many: a debug build reads events slowly.
collect::Pace smallPages();

/// Noon of the last day on which people worked: in the hours before it something is going on.
event::Timestamp workingHour();

/// An organization with a fixed log of seven small pages.
std::unique_ptr<simulator::Simulator> replay(const QString &faults = {});
/// A company of its own, with a fixed log of 8 events a minute.
std::unique_ptr<simulator::Simulator> simulate(
    const simulator::Simulator::Options &options, const QString &faults = {});

/// A store, a vault and a supervisor, which may be ended and begun again as a process would be.
class Collection : public QObject
{
    Q_OBJECT

public:
    explicit Collection(const collect::Pace &pace = smallPages());
    ~Collection() override;

    /// Ends the supervisor and closes the store; begins again on the same file.
    void end();
    void begin();
    void restart();

    /// A source of this organization, not yet put.
    static store::SourceConfig sourceOf(const QUrl &origin);
    /// Adds or changes the source and waits for it. The id of the source, or 0.
    store::SourceId put(const store::SourceConfig &source, const QByteArray &token);
    store::SourceId put(const simulator::Simulator &organization);

    store::Store &store() const { return *m_store; }
    std::shared_ptr<store::Store> sharedStore() const { return m_store; }
    collect::Supervisor &supervisor() const { return *m_supervisor; }
    secrets::Vault &vault() { return m_vault; }
    collect::SourceStatus status(store::SourceId id) const { return m_supervisor->status(id); }
    /// Every status that was told, in order.
    const QList<collect::SourceStatus> &told() const { return m_told; }
    bool wasTold(collect::State state, const QString &words) const;

    /// Waits until the source has caught up once more since it was put, or since the last time that this was asked.
    bool catchUp(store::SourceId id, int milliseconds = 60'000);
    /// Waits for a state.
    bool reaches(store::SourceId id, collect::State state, int milliseconds = 30'000);

    /// The bytes of all events in the order of arrival.
    std::vector<std::string> events(store::SourceId source = 0) const;

private:
    QTemporaryDir m_folder;
    collect::Pace m_pace;
    secrets::Vault m_vault; ///< outlives the process, as a keychain does
    std::shared_ptr<store::Store> m_store;
    std::unique_ptr<collect::Supervisor> m_supervisor;
    QList<collect::SourceStatus> m_told;
    QHash<store::SourceId, int> m_caughtUp;
};

/// For logs that are not stored in the order of persistence.
std::vector<std::string> sorted(std::vector<std::string> events);
/// Nothing if both are equal, else where they differ first.
QString difference(const std::vector<std::string> &actual, const std::vector<std::string> &expected);

} // namespace octotrail::tests
