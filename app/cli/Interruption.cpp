// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Interruption.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace octotrail::cli {

namespace {

constexpr std::array handledSignals{SIGINT, SIGTERM};
constexpr char signalCame = 's';
constexpr char ending = 'e';

/// The only thing that a signal handler can reach.
std::atomic<int> pipeEnd{-1};
static_assert(std::atomic<int>::is_always_lock_free);

void handle(int /*signal*/)
{
    const int error = errno;
    [[maybe_unused]] const auto written = ::write(pipeEnd.load(), &signalCame, 1);
    errno = error;
}

} // namespace

Interruption::Interruption()
{
    if (::pipe2(m_pipe, O_CLOEXEC) != 0) {
        return;
    }
    pipeEnd = m_pipe[1];
    m_waiting = std::thread([this] {
        char byte = 0;
        while (::read(m_pipe[0], &byte, 1) < 0 && errno == EINTR) { }
        if (byte == signalCame) {
            m_source.request_stop();
        }
    });
    struct sigaction action
    {
    };
    action.sa_handler = handle;
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    for (const int signal : handledSignals) {
        ::sigaction(signal, &action, nullptr);
    }
}

Interruption::~Interruption()
{
    if (!m_waiting.joinable()) {
        return;
    }
    for (const int signal : handledSignals) {
        std::signal(signal, SIG_DFL);
    }
    [[maybe_unused]] const auto written = ::write(m_pipe[1], &ending, 1);
    m_waiting.join();
    pipeEnd = -1;
    ::close(m_pipe[0]);
    ::close(m_pipe[1]);
}

} // namespace octotrail::cli
