// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/EventResult.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <stop_token>

namespace octotrail::ui {

/// Tells what counts a result's events in the store when to count them: when a search has ended, then now and again
/// while new events come in, the less often the longer counting takes. One count runs at a time.
class Recount : public QObject
{
    Q_OBJECT

public:
    explicit Recount(const EventResult &result, QObject *parent = nullptr);
    ~Recount() override;

    /// Whether anybody looks at what is counted; off at first.
    void setActive(bool active);
    bool isActive() const { return m_active; }

    /// Counting is to begin now for another reason. What runs is stopped.
    void restart();

    /// To be called when counting begins: gives what stops it, and a number to know its answer by.
    struct Turn
    {
        std::stop_source stop;
        quint64 number = 0;
    };
    Turn begin();
    /// Whether a part of the answer is still wanted.
    bool isCurrent(quint64 number) const { return number == m_number; }
    /// To be called with the answer; false if it is not wanted any more.
    bool end(quint64 number);

    /// The result's events, if they are few enough to be handed over.
    store::SeqsPtr seqs() const;

Q_SIGNALS:
    /// Count now.
    void due();
    /// What was counted is of another query, and nothing new will come as long as its search runs.
    void outdated();

private:
    void takeState();
    void schedule();
    void stop();

    const EventResult &m_result;
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::stop_source m_stop;
    quint64 m_number = 0;
    std::chrono::milliseconds m_took{0};
    bool m_active = false;
    bool m_running = false;
    bool m_pending = false; ///< something has changed since the last count began
};

} // namespace octotrail::ui
