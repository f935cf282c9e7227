// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Histogram.h"
#include "ui/models/Recount.h"
#include "ui/models/TimeDisplay.h"

#include <QObject>
#include <memory>

namespace octotrail::ui {

/// How the events of a result lie in time: counted by the store, and again as new ones come in.
class TimelineModel : public QObject
{
    Q_OBJECT

public:
    enum class Split { Outcome, Severity };
    Q_ENUM(Split)
    enum class State {
        Counting, ///< data() is of the query before, or of nothing
        Ready,
        Failed, ///< see error()
        Unknown, ///< the search was cancelled or failed: there is nothing to count
    };

    TimelineModel(std::shared_ptr<store::Store> store, const EventResult &result, QObject *parent = nullptr);

    State state() const { return m_state; }
    const store::HistogramData &data() const { return m_data; }
    const event::Error &error() const { return m_error; }

    Split split() const { return m_split; }
    void setSplit(Split split);
    /// Bins begin with this zone's hours and days.
    void setTimeDisplay(const TimeDisplay &time);
    /// About how many bins there is room for.
    void setMaxBins(int bins);
    void setActive(bool active) { m_recount.setActive(active); }

Q_SIGNALS:
    void changed();

private:
    void count();
    void take(event::Result<store::HistogramData> data);

    std::shared_ptr<store::Store> m_store;
    const EventResult &m_result;
    Recount m_recount;
    TimeDisplay m_time;
    Split m_split = Split::Outcome;
    int m_maxBins = 120;
    State m_state = State::Unknown;
    store::HistogramData m_data;
    event::Error m_error;
};

} // namespace octotrail::ui
