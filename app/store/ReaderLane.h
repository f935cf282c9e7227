// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/duckdb/Database.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace octotrail::store {

/// Some threads with a connection each that answer questions, first come first served.
class ReaderLane
{
public:
    /// Always called, also when a stop was requested before its turn: it owes somebody an answer.
    using Job = std::function<void(duckdb::Connection &, const std::stop_token &)>;

    ReaderLane() = default;
    ~ReaderLane() { close(); }
    ReaderLane(const ReaderLane &) = delete;
    ReaderLane &operator=(const ReaderLane &) = delete;

    event::Status open(const duckdb::Database &database, int threads);
    /// Stops what runs, calls what waits, and ends the threads.
    void close();

    /// Requesting a stop through the given source interrupts the job's query.
    void run(Job job, std::stop_source stop = {});

    /// Calls rest, in a thread of the lane, when nothing has been asked for some seconds. Set it before open().
    void setRest(std::function<void()> rest) { m_rest = std::move(rest); }
    /// Something was asked elsewhere: the rest is told once more, some seconds from now.
    void stir();
    /// Whether nothing has been asked since.
    bool isResting();
    /// Whether something is asked now.
    bool isBusy();

private:
    struct Item
    {
        Job job;
        std::stop_source stop;
    };

    void work(duckdb::Connection connection);

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Item> m_waiting;
    std::vector<std::stop_source> m_running;
    std::function<void()> m_rest;
    bool m_isResting = false;
    bool m_closing = false;
    std::vector<std::thread> m_threads;
};

} // namespace octotrail::store
