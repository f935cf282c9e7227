// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/DetectorSet.h"
#include "detect/Engine.h"
#include "detect/FolderWatch.h"
#include "store/Alerts.h"
#include "store/Arrivals.h"
#include "store/Documents.h"

#include <QTimer>
#include <chrono>
#include <deque>
#include <mutex>
#include <stop_token>

namespace octotrail::detect {

/// What Engine does in its thread.
class EngineWorker : public QObject
{
    Q_OBJECT

public:
    EngineWorker(std::shared_ptr<store::Store> store, std::vector<Pack> packs);
    ~EngineWorker() override;

    void start();
    void reload();
    void setChoices(const RuleChoices &choices);
    /// Any thread: ends what waits for the disk.
    void requestStop() { m_stop.request_stop(); }

Q_SIGNALS:
    void statusChanged(const octotrail::detect::EngineStatus &status);
    void packsChanged(const std::shared_ptr<const std::vector<octotrail::detect::Pack>> &packs,
        const octotrail::detect::RuleChoices &choices);
    void caughtUp();

private:
    /// Newly committed batches, put here by the writer's thread.
    struct Mailbox
    {
        std::mutex mutex;
        EngineWorker *owner = nullptr; ///< null when it is gone
        std::deque<store::CommittedBatchPtr> batches;
        store::Seq newest = 0;
        bool isCalled = false; ///< work() is on its way
    };

    bool begin();
    bool loadChoices();
    bool loadSources();
    bool makeDetector();
    void learn(const SigmaDetector::Watches &watches, std::map<std::string, std::string> &state);
    event::Status learnOne(const RuleSet &set, const RulePtr &rule, const std::vector<store::SourceId> &newSources,
        std::map<std::string, std::string> &state);
    void work();
    bool replay();
    void addSnapshot(store::DetectionCommit &commit);
    void saveWhenIdle();
    bool lookAtBatches(const std::vector<store::CommittedBatchPtr> &batches);
    bool lookAtBacklog();
    bool look(const std::vector<EventRef> &events);
    void fail(const event::Error &error);
    void tellStatus();

    std::shared_ptr<store::Store> m_store;
    std::unique_ptr<store::Alerts> m_alerts; ///< made in the thread
    std::unique_ptr<store::Documents> m_documents; ///< likewise: the case's own rules
    std::unique_ptr<FolderWatch> m_folders; ///< likewise
    store::Arrivals m_arrivals;
    std::vector<Pack> m_given;
    std::shared_ptr<const std::vector<Pack>> m_packs;
    RuleChoices m_choices;
    std::map<store::SourceId, store::SourceConfig> m_sources;
    std::unique_ptr<DetectorSet> m_detector;
    std::map<std::string, std::string> m_pending; ///< state that waits for the next commit
    std::shared_ptr<Mailbox> m_mailbox = std::make_shared<Mailbox>();
    QMetaObject::Connection m_committed;
    std::stop_source m_stop;
    QTimer m_retry;
    QTimer m_idle;
    store::Seq m_snapshot = 0; ///< up to which what is remembered is in the store
    std::chrono::steady_clock::time_point m_snapshotTime; ///< when that was
    EngineStatus m_status;
    bool m_hasBegun = false;
    bool m_isStale = false; ///< sources or rules have changed
};

} // namespace octotrail::detect
