// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ReaderLane.h"

#include "event/ThreadPriority.h"

#include <algorithm>
#include <chrono>

namespace octotrail::store {

using namespace std::chrono_literals;

namespace {

/// How long nothing must have been asked: longer than it takes somebody to read a screen and ask the next thing.
constexpr auto restAfter = 5s;

} // namespace

event::Status ReaderLane::open(const duckdb::Database &database, int threads)
{
    for (int i = 0; i < threads; ++i) {
        auto connection = database.connect();
        if (!connection) {
            return tl::unexpected(connection.error());
        }
        m_threads.emplace_back([this, c = std::move(*connection)]() mutable { work(std::move(c)); });
    }
    return {};
}

void ReaderLane::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
        for (Item &item : m_waiting) {
            item.stop.request_stop();
        }
        for (std::stop_source &stop : m_running) {
            stop.request_stop();
        }
    }
    m_wake.notify_all();
    for (std::thread &thread : m_threads) {
        thread.join();
    }
    m_threads.clear();
}

void ReaderLane::run(Job job, std::stop_source stop)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_closing) {
            stop.request_stop();
        }
        m_waiting.push_back({std::move(job), std::move(stop)});
        m_isResting = false;
    }
    m_wake.notify_one();
}

void ReaderLane::stir()
{
    run([](duckdb::Connection &, const std::stop_token &) {});
}

bool ReaderLane::isResting()
{
    const std::lock_guard lock(m_mutex);
    return m_isResting;
}

bool ReaderLane::isBusy()
{
    const std::lock_guard lock(m_mutex);
    return !m_waiting.empty() || !m_running.empty();
}

void ReaderLane::work(duckdb::Connection connection)
{
    event::giveWay(event::Courtesy::Reading);
    for (;;) {
        std::unique_lock lock(m_mutex);
        const bool mayRest = m_rest && !m_isResting;
        const bool woken
            = m_wake.wait_for(lock, mayRest ? restAfter : 24h, [this] { return m_closing || !m_waiting.empty(); });
        if (!woken) {
            if (m_rest && !m_isResting && m_running.empty()) {
                m_isResting = true;
                lock.unlock();
                m_rest();
            }
            continue;
        }
        if (m_waiting.empty()) {
            return;
        }
        Item item = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_running.push_back(item.stop);
        lock.unlock();
        {
            const std::stop_token token = item.stop.get_token();
            const duckdb::Interrupter interrupter(connection, token);
            item.job(connection, token);
            item.job = nullptr;
        }
        lock.lock();
        std::erase(m_running, item.stop);
    }
}

} // namespace octotrail::store
