// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/Backoff.h"
#include "collect/Pace.h"
#include "okta/Client.h"
#include "store/Profiles.h"

#include <QObject>
#include <QSet>
#include <QTimer>
#include <memory>
#include <string>
#include <vector>

namespace octotrail::collect {

/// Keeps the users or the devices of one source in the store as Okta has them: everything is listed at first and once a
/// day, which tells who is gone, and in between, every period, what changed. How far it has come is in the store with
/// each page, so that a restart goes on where the last run ended, and repeats nothing before its time.
class ProfileRefresher : public QObject
{
    Q_OBJECT

public:
    /// client, store, source and pace outlive this; received and sentence are the source's status, written here.
    ProfileRefresher(store::ProfileKind kind, okta::Client &client, store::Store &store,
        const store::SourceConfig &source, const Pace &pace, qint64 &received, QString &sentence,
        QObject *parent = nullptr);
    ~ProfileRefresher() override;

    void start();
    void pause();
    void resume();
    /// If the last listing failed, it is tried again at once.
    void retryNow();
    /// Whether a listing is running or about to be found due: false once it has succeeded, failed, or has to wait.
    bool isBusy() const { return m_busy; }

Q_SIGNALS:
    void changed();
    /// isBusy() has become false.
    void settled();

private:
    struct Page
    {
        std::vector<std::string> profiles;
        event::Timestamp date; ///< of Okta's answer
        QUrl next; ///< empty for the last one
        bool isWhole = true; ///< whether all of them could be read
    };

    using Step = void (ProfileRefresher::*)();

    void onProgress(const event::Result<store::ProfileProgress> &read);
    void begin();
    void request();
    void onAnswer(const okta::Answer &answer);
    void onFault(const okta::Fault &fault);
    event::Result<Page> read(const okta::Response &response) const;
    void commit(Page page);
    void finish();
    void fail(const QString &why, std::chrono::milliseconds wait, Step then);
    void stop(const QString &why);
    void settle();
    void waitFor(std::chrono::milliseconds wait, Step then);

    QString stream() const;
    QString queryHash() const;
    QUrl firstPage() const;
    bool isFullDue(event::Timestamp now) const;
    std::chrono::milliseconds period() const;
    bool isDevices() const { return m_kind == store::ProfileKind::Device; }

    const store::ProfileKind m_kind;
    okta::Client &m_client;
    store::Store &m_store;
    const store::SourceConfig &m_source;
    const Pace m_pace;
    qint64 &m_received;
    QString &m_sentence;

    store::ProfileProgress m_progress; ///< as it is in the store, but for what the page under way adds
    bool m_isEmpty = false; ///< the full listing has had nobody so far
    bool m_isWhole = true; ///< nobody of this pass was left out, so that who is missing is gone
    QUrl m_url;
    QSet<QUrl> m_visited;
    std::unique_ptr<okta::Call> m_call;
    QTimer m_timer;
    Step m_onTimer = nullptr;
    Backoff m_backoff;
    int m_run = 0; ///< counts starts and pauses, so that a commit of before one is told apart
    bool m_busy = false;
    bool m_failed = false;
    bool m_limited = false;
    int m_faults = 0; ///< in a row
};

} // namespace octotrail::collect
