// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/Backoff.h"
#include "collect/LogPage.h"
#include "collect/LogStart.h"
#include "collect/Pace.h"
#include "collect/SourceStatus.h"
#include "event/LogEvent.h"
#include "okta/Client.h"
#include "store/Store.h"

#include <QObject>
#include <QSet>
#include <QTimer>
#include <memory>
#include <optional>

namespace octotrail::collect {

/// Polls the System Log of one source into the store: a state machine on the event loop of its thread.
///
/// A burst follows next links, a page at a time, until there is no more; then it waits for the interval. A page is
/// committed together with the link to the next one, so that wherever the process dies, the next one goes on at the
/// page that was not committed. While a page commits the next one is fetched, but no further one.
///
/// What is complete: pages come in the order in which Okta stored their events, and none is stored before it happened.
/// So once an event of a certain time was read, everything stored before that time was; and once the poll has caught
/// up, everything stored until then. As Okta stores an event within the settling time (Pace::settling) of its
/// happening, the log is complete from the poll's start to that time less the settling time. What Okta stores later
/// than that still comes by this poll, and what the poll's cursor does not show, the Reconciler finds.
class LogPoll : public QObject
{
    Q_OBJECT

public:
    /// All of these outlive the poll. It writes its part of status and says so with changed().
    LogPoll(okta::Client &client, store::Store &store, const store::SourceConfig &source, const Pace &pace,
        SourceStatus &status, QObject *parent = nullptr);
    ~LogPoll() override;

    void start();
    void pause();
    void resume();
    /// At once, but for a rate limit, a pause, and what is running already.
    void pollNow();

Q_SIGNALS:
    void changed();
    /// Where the poll begins is in the ledger: what is before it may be read beside it.
    void began();
    /// A burst has read everything that Okta had stored by this time of Okta's clock, and all of it is committed.
    void caughtUp(octotrail::event::Timestamp serverTime);

private:
    /// What comes when a page is committed.
    enum class Then {
        GoOn, ///< the next page, whose request is on its way already
        Again, ///< the same request
        Finish, ///< the interval: there is no more
        Rest, ///< the interval, although there is more
        Detour, ///< from the time of the newest event, the link being void
    };
    struct Work
    {
        LogPage page;
        QString asked; ///< the link that the page was the answer to
        event::Timestamp serverTime; ///< when it was answered, by Okta's clock
        Then then = Then::Finish;
        event::Error why; ///< for Detour
    };
    using Step = void (LogPoll::*)();

    bool isRunning() const;
    void goOn();
    void findStart();
    void beginBurst();
    void request();
    void onWaiting(event::Timestamp until);
    void onAnswer(const okta::Answer &answer);
    void onFault(const okta::Fault &fault);
    void onRefusedRequest(const okta::Fault &fault);

    void decide(Work &work);
    void take(Work work);
    std::optional<event::TimeRange> covered(const Work &work);
    void onCommitted(const event::Result<store::CommitReport> &report);
    void proceed(const Work &work);
    void detour(const event::Error &why);

    void enter(State state, const QString &sentence);
    void enterReading();
    void needAttention(const event::Error &error);
    void retry(const event::Error &error, std::chrono::milliseconds wait, Step then);
    void noteFault(const event::Error &error);
    event::Timestamp waitFor(std::chrono::milliseconds wait, Step then);
    void stopWaiting();
    std::chrono::milliseconds interval() const;

    okta::Client &m_client;
    store::Store &m_store;
    const store::SourceConfig &m_source;
    const Pace &m_pace;
    SourceStatus &m_status;

    LogStart m_start;
    QString m_link; ///< what to ask next; empty if that has to be found first
    bool m_linkIsOurs = false;
    QString m_storedLink; ///< of the checkpoint
    std::optional<event::Timestamp> m_newest; ///< greatest published

    // The ledger: everything that Okta stored since m_since has been asked for.
    std::optional<event::Timestamp> m_since;
    std::optional<event::Timestamp> m_newestSince; ///< greatest published that was read since then
    std::optional<event::Timestamp> m_covered; ///< what the ledger was told last

    // A page on its way: asked for, held while the one before it commits, committing.
    std::unique_ptr<okta::Call> m_call;
    std::optional<Work> m_held;
    std::optional<Work> m_committing;
    event::EventReader m_reader;

    // This burst
    QSet<QByteArray> m_visited; ///< hashes of the links asked for
    int m_pages = 0;
    bool m_askedAgain = false;
    int m_detours = 0;
    qint64 m_insertedSinceDetour = 0;

    QTimer m_timer;
    Step m_onTimer = nullptr;
    Backoff m_backoff;
    bool m_limited = false; ///< the last answer was a 429
    bool m_paused = false;
    int m_pauses = 0; ///< so that what was begun before one is told apart
};

} // namespace octotrail::collect
