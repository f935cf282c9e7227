// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace octotrail::bench {

/// Sends the GUI thread a small event again and again and looks how long it takes to come round: as long as a key press
/// would have waited. Beside it, how long the thread itself was at work meanwhile, which a busy machine does not
/// change.
class Watchdog : public QObject
{
public:
    struct Report
    {
        double longestWait = 0; ///< milliseconds
        double longestWork = 0; ///< milliseconds of the GUI thread's processor time between two turns
        double wait99 = 0; ///< 99th percentile
        double work99 = 0;
        int over32 = 0; ///< turns that took more than 32 ms of work
        std::size_t turns = 0;
    };

    /// Begins to watch the thread that it is made in.
    Watchdog();
    ~Watchdog() override;

    /// What was seen since the last call. Call it in the watched thread.
    Report take();

private:
    using Clock = std::chrono::steady_clock;
    void beat(Clock::time_point sent);

    std::vector<double> m_waits;
    std::vector<double> m_works;
    double m_worked = 0;
    std::atomic<bool> m_underWay = false;
    std::jthread m_thread;
};

/// The figures in one line.
std::string summary(const Watchdog::Report &report);

} // namespace octotrail::bench
