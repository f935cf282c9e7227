// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/RangeReader.h"
#include "store/Coverage.h"

#include <QObject>
#include <optional>

namespace octotrail::collect {

/// Reads the last minutes again every so often, and the last day once a day, for events that the live poll's cursor had
/// passed when they came to light. Only what is known to be covered is read again, so that what is found was missed.
///
/// It goes by Okta's clock, and begins when the live poll has caught up: what is new then is not late.
class Reconciler : public QObject
{
    Q_OBJECT

public:
    /// All of these outlive it. It writes its part of status and says so with changed().
    Reconciler(okta::Client &client, store::Store &store, const store::SourceConfig &source, const Pace &pace,
        SourceStatus &status, QObject *parent = nullptr);
    ~Reconciler() override;

    /// The live poll has read everything that Okta had stored by then.
    void onCaughtUp(event::Timestamp serverTime);
    void stop();

Q_SIGNALS:
    void changed();

private:
    void onStanding(const event::Result<store::Coverage::Standing> &standing);
    void readNext();
    void onFailed(const okta::Fault &fault);

    store::Coverage m_coverage;
    const store::SourceConfig &m_source;
    const Pace &m_pace;
    SourceStatus &m_status;
    RangeReader m_reader;

    int m_run = 0;
    bool m_running = false;
    bool m_isDaily = false;
    event::Timestamp m_now; ///< of the pass
    std::optional<event::Timestamp> m_last; ///< by which the next pass is due
    std::optional<event::Timestamp> m_lastDaily;
    std::vector<event::TimeRange> m_ranges; ///< still to be read, the newest last
};

} // namespace octotrail::collect
