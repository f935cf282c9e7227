// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Watchdog.h"

#include "Measure.h"

#include <QMetaObject>
#include <algorithm>
#include <ctime>

namespace octotrail::bench {

namespace {

/// Milliseconds that this thread has worked.
double worked()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

} // namespace

Watchdog::Watchdog()
    : m_worked(worked())
{
    m_thread = std::jthread([this](const std::stop_token &stop) {
        while (!stop.stop_requested()) {
            if (!m_underWay.exchange(true)) {
                QMetaObject::invokeMethod(
                    this, [this, sent = Clock::now()] { beat(sent); }, Qt::QueuedConnection);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    });
}

Watchdog::~Watchdog() = default;

void Watchdog::beat(Clock::time_point sent)
{
    const double now = worked();
    m_works.push_back(now - m_worked);
    m_waits.push_back(std::chrono::duration<double, std::milli>(Clock::now() - sent).count());
    m_worked = now;
    m_underWay = false;
}

Watchdog::Report Watchdog::take()
{
    Report report;
    report.turns = m_waits.size();
    report.over32 = static_cast<int>(std::ranges::count_if(m_works, [](double work) { return work > 32; }));
    report.wait99 = percentile(m_waits, 0.99);
    report.work99 = percentile(m_works, 0.99);
    report.longestWait = percentile(m_waits, 1);
    report.longestWork = percentile(m_works, 1);
    m_waits.clear();
    m_works.clear();
    m_worked = worked();
    return report;
}

std::string summary(const Watchdog::Report &report)
{
    return "wait " + rounded(report.longestWait) + " (p99 " + rounded(report.wait99) + "), work "
        + rounded(report.longestWork) + " (p99 " + rounded(report.work99) + ") ms";
}

} // namespace octotrail::bench
