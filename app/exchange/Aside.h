// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QThreadPool>
#include <QtConcurrent/QtConcurrentRun>
#include <optional>
#include <utility>

namespace octotrail::exchange {

/// Work that is done in another thread while the next is prepared, one piece at a time. For one thread. The other one
/// is its own, so that it gives way (event::giveWay) as much as the one that begins the first piece.
template <class T>
class Aside
{
public:
    Aside() { m_thread.setMaxThreadCount(1); }
    ~Aside() { finish(); }
    Aside(const Aside &) = delete;
    Aside &operator=(const Aside &) = delete;

    /// The piece before is finished.
    template <class F>
    void begin(F work)
    {
        m_running = QtConcurrent::run(&m_thread, std::move(work));
    }
    /// Waits for the piece that was begun, and gives what came of it; nothing if there is none.
    std::optional<T> finish()
    {
        if (!m_running) {
            return std::nullopt;
        }
        m_running->waitForFinished();
        return std::exchange(m_running, std::nullopt)->result();
    }

private:
    QThreadPool m_thread;
    std::optional<QFuture<T>> m_running;
};

} // namespace octotrail::exchange
