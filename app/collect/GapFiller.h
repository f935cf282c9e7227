// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/Backoff.h"
#include "collect/RangeReader.h"
#include "store/Coverage.h"

#include <QObject>
#include <QTimer>
#include <chrono>
#include <memory>
#include <vector>

namespace octotrail::collect {

/// Reads the past beside the live poll: the ledger's open gaps, newest first, in slices of a day that grow where little
/// happened and shrink where much did or Okta takes too long. Where a slice has many pages some slices are read at
/// once, and the next one is begun while the last pages of those before are going into the store. What it has to do is
/// always found in the ledger, so that it goes on where it was after a restart.
class GapFiller : public QObject
{
    Q_OBJECT

public:
    /// All of these outlive it. It writes its part of status and says so with changed().
    GapFiller(okta::Client &client, store::Store &store, const store::SourceConfig &source, const Pace &pace,
        SourceStatus &status, QObject *parent = nullptr);
    ~GapFiller() override;

    /// Looks for gaps and begins to fill them. Not before the live poll's start is in the ledger.
    void start();
    /// The source is paused or needs attention; start() goes on.
    void stop();

    /// By the user; stays so after a restart.
    void pause();
    void resume();
    /// Gives the gaps up. They are shown, and filled no more unless somebody asks for it.
    void cancel();
    /// Fills this range too, though it was given up, or is older than what was wanted so far.
    void fill(const event::TimeRange &range);
    /// Whether there is something to fill and nothing that keeps it from being filled.
    bool isBusy() const { return m_busy; }

Q_SIGNALS:
    void changed();
    /// isBusy() has become false.
    void settled();

private:
    void look();
    void onGaps(const event::Result<store::Coverage::Standing> &standing);
    void tellRange(const store::RangeSet &open);
    void readSlices(store::RangeSet open);
    RangeReader &idleReader();
    bool isReading() const;
    int askingReaders() const;
    void cancelReaders();
    void onAdvanced(const RangeReader &reader);
    void onFinished();
    void onFailed(const okta::Fault &fault);
    void retryLater(const event::Error &error);
    void tellWaiting(const QString &fault, const std::optional<event::Timestamp> &until);
    void tellGoesOn();
    void settle();
    event::Timestamp serverNow() const;

    okta::Client &m_client;
    store::Store &m_store;
    store::Coverage m_coverage;
    const store::SourceConfig &m_source;
    const Pace &m_pace;
    SourceStatus &m_status;
    std::vector<std::unique_ptr<RangeReader>> m_readers; ///< each of a slice, or idle
    Backoff m_backoff;
    QTimer m_timer;

    bool m_started = false;
    bool m_busy = false;
    int m_looks = 0; ///< counts them, so that an answer to an earlier one is told apart
    std::chrono::minutes m_slice;
    int m_width = 1; ///< so many slices are asked for at once
    int m_faults = 0; ///< in a row

    // For the estimate
    std::optional<event::TimeRange> m_whole;
    std::chrono::steady_clock::time_point m_begun;
    std::chrono::microseconds m_remainingAtBegin{0};
};

} // namespace octotrail::collect
