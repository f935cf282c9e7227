// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Packs.h"
#include "detect/RuleChoices.h"

#include <QObject>
#include <QThread>
#include <memory>

namespace octotrail::detect {

class EngineWorker;

/// How the engine is doing.
struct EngineStatus
{
    bool isRunning = false;
    bool isBehind = false; ///< goes through events that came while it was away
    store::Seq cursor = 0; ///< the last event it looked at
    store::Seq newest = 0; ///< the last one there is
    std::int64_t events = 0; ///< looked at since it was started
    std::int64_t findings = 0;
    int rules = 0; ///< that are on somewhere
    QString trouble; ///< a sentence, if it cannot go on

    bool operator==(const EngineStatus &) const = default;
};

/// Watches a store's events with all rules that are on, in a thread of its own, and commits what it finds with its
/// cursor and its memory to the store's alerts: exactly once, whatever happens. It begins with the events that come
/// after it was first started on a store; rules that were changed or switched on later begin at that moment (what they
/// need to know of the past they learn from it). The past is for BackTest.
class Engine : public QObject
{
    Q_OBJECT

public:
    /// Starts at once. Without packs, it loads those that Octotrail brings.
    explicit Engine(std::shared_ptr<store::Store> store, std::vector<Pack> packs = {});
    /// Ends with the batch it is at; waits for it.
    ~Engine() override;

    EngineStatus status() const { return m_status; }

    /// Reads the folders of rules again, and goes on with what is there now.
    void reload();
    /// Switches packs and rules on and off; kept in the store.
    void setChoices(const RuleChoices &choices);

    /// The packs as they were last loaded, and what is switched on; shared by value.
    std::shared_ptr<const std::vector<Pack>> packs() const { return m_packs; }
    RuleChoices choices() const { return m_choices; }

    /// Under which the store knows it.
    static QString engineName();

Q_SIGNALS:
    void statusChanged(const octotrail::detect::EngineStatus &status);
    /// Packs, choices or problems are other than before.
    void packsChanged();
    /// Everything that is in the store has been looked at.
    void caughtUp();

private:
    std::shared_ptr<store::Store> m_store;
    QThread m_thread;
    EngineWorker *m_worker; ///< lives in the thread
    EngineStatus m_status;
    std::shared_ptr<const std::vector<Pack>> m_packs;
    RuleChoices m_choices;
};

} // namespace octotrail::detect

Q_DECLARE_METATYPE(octotrail::detect::EngineStatus)
