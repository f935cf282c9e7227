// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/Recount.h"

#include <algorithm>

namespace octotrail::ui {

using namespace std::chrono_literals;

namespace {

constexpr qint64 maxHandedOver = 100'000; ///< seqs; beyond that the store finds them again

} // namespace

Recount::Recount(const EventResult &result, QObject *parent)
    : QObject(parent)
    , m_result(result)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (m_active && !m_running) {
            Q_EMIT due();
        }
    });
    connect(&result, &EventResult::stateChanged, this, &Recount::takeState);
    connect(&result, &EventResult::inserted, this, [this](qint64, qint64, bool live) {
        if (live) {
            schedule();
        }
    });
    connect(&result, &EventResult::wasReset, this, &Recount::schedule);
}

Recount::~Recount()
{
    m_stop.request_stop();
}

void Recount::setActive(bool active)
{
    if (active == m_active) {
        return;
    }
    m_active = active;
    if (active) {
        restart();
    } else {
        stop();
    }
}

void Recount::restart()
{
    stop();
    m_pending = true;
    if (m_active && m_result.state() == EventResult::State::Complete) {
        m_timer.start(0ms);
    }
}

void Recount::takeState()
{
    switch (m_result.state()) {
    case EventResult::State::Complete:
        if (m_pending && !m_running && !m_timer.isActive()) {
            m_timer.start(0ms);
        }
        break;
    case EventResult::State::Searching:
        if (m_result.isStale()) {
            stop();
            m_pending = true;
            Q_EMIT outdated();
        }
        break;
    case EventResult::State::Cancelled:
    case EventResult::State::Failed:
    case EventResult::State::Empty:
        stop();
        Q_EMIT outdated();
        break;
    }
}

void Recount::schedule()
{
    m_pending = true;
    if (m_active && !m_running && !m_timer.isActive() && m_result.state() == EventResult::State::Complete) {
        // Counting must not become the main work while a large archive comes in.
        m_timer.start(std::clamp<std::chrono::milliseconds>(5 * m_took, 1s, 10s));
    }
}

void Recount::stop()
{
    m_timer.stop();
    m_stop.request_stop();
    ++m_number;
    m_running = false;
}

Recount::Turn Recount::begin()
{
    stop();
    m_stop = std::stop_source();
    m_running = true;
    m_pending = false;
    m_clock.start();
    return {m_stop, m_number};
}

bool Recount::end(quint64 number)
{
    if (!isCurrent(number)) {
        return false;
    }
    m_running = false;
    m_took = std::chrono::milliseconds(m_clock.elapsed());
    if (m_pending) {
        schedule();
    }
    return true;
}

store::SeqsPtr Recount::seqs() const
{
    const SeqList &rows = m_result.rows();
    if (rows.size() > maxHandedOver) {
        return nullptr;
    }
    return std::make_shared<const std::vector<store::Seq>>(rows.slice(0, rows.size() - 1));
}

} // namespace octotrail::ui
