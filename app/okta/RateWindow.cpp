// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/RateWindow.h"

#include <QRandomGenerator>
#include <algorithm>

namespace octotrail::okta {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr auto longestWait = std::chrono::duration_cast<milliseconds>(5min);

} // namespace

milliseconds RateWindow::jitter(int part) const
{
    const qint64 most = m_options.jitter.count() / part;
    return milliseconds(QRandomGenerator::global()->bounded(most + 1));
}

int RateWindow::ours(double share) const
{
    return std::max(1, static_cast<int>(m_limit * std::clamp(share, 0.0, 1.0)));
}

RateWindow::Moment RateWindow::opens(Limiter::Priority priority, double share, Moment now) const
{
    if (m_refusedUntil && now < *m_refusedUntil) {
        return *m_refusedUntil;
    }
    if (m_limit <= 0 || hasEnded(now)) {
        return now;
    }
    const int share1 = ours(share);
    // If others have taken more than theirs, a fifth of their part is left to them all the same.
    const int others = (m_limit - share1) / 5;
    if (m_used >= share1 || m_remaining <= others) {
        return *m_end;
    }
    constexpr int fewest = 3;
    if (priority == Limiter::Priority::Past && share1 > fewest) {
        const int forLive = std::max(1, share1 / 20);
        const Moment released = *m_end - m_options.release;
        if (m_used >= share1 - forLive && now < released) {
            return released;
        }
    }
    return now;
}

void RateWindow::take(Moment now, int others)
{
    if (hasEnded(now)) {
        m_used = others;
        m_remaining = m_limit;
    }
    ++m_used;
    m_remaining = std::max(0, m_remaining - 1);
}

void RateWindow::learn(
    const RateLimit &limit, std::optional<std::chrono::microseconds> untilReset, Moment now, int others)
{
    if (!limit.limit || !limit.remaining || *limit.limit == 0) {
        return; // not told; or it is about concurrency, which has no window
    }
    const bool isAnother = limit.reset && (!m_reset || *limit.reset - *m_reset >= 2s || hasEnded(now));
    if (isAnother) {
        m_used = 1 + others; // the request that told, and those that may have come to this window with it
        m_reset = limit.reset;
        m_end.reset();
        m_jitter = jitter(4);
    }
    m_limit = *limit.limit;
    m_remaining = std::max(0, *limit.remaining - others);
    if (untilReset) {
        // Told in whole seconds, so that the first answers of a window put its end later than it is.
        const auto wait = std::clamp<milliseconds>(std::chrono::ceil<milliseconds>(*untilReset), 0ms, longestWait);
        const Moment end = now + wait + m_options.margin + m_jitter;
        m_end = m_end ? std::min(*m_end, end) : end;
    }
}

void RateWindow::refuse(
    const RateLimit &limit, std::optional<std::chrono::microseconds> untilReset, Moment now, int others)
{
    learn(limit, untilReset, now, others);
    milliseconds wait = m_options.untold;
    if (limit.reset && untilReset) {
        wait = std::clamp<milliseconds>(std::chrono::ceil<milliseconds>(*untilReset) + 1s, 1s, longestWait);
    }
    // A limit that is not over when Okta said it would be: each time in a row the wait is longer.
    constexpr int mostDoublings = 6;
    const milliseconds patience = m_refusals == 0 ? 0s : std::chrono::seconds(1 << std::min(m_refusals, mostDoublings));
    ++m_refusals;
    m_refusedUntil = now + std::max(wait, patience) + jitter(1);
}

} // namespace octotrail::okta
