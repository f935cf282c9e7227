// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QtGlobal>
#include <vector>

struct sock_filter;

namespace octotrail::detect {

/// What a process that runs foreign code is kept from, as far as the system can: the network, the files of the user,
/// other processes, and more memory than it was given. Linux: a network namespace, Landlock, seccomp, setrlimit.
///
/// Made before the fork; apply() runs in the child between fork and exec, and does nothing there that is not safe.
/// QProcess gives that child a stack of 4 KB within its own, and shares all memory with it: what needs more would write
/// into the stack of this process.
class Confinement
{
public:
    /// readable: folders and files that the process may read (and execute); it may write nowhere.
    Confinement(const QStringList &readable, qint64 memoryBytes);
    ~Confinement();
    Confinement(const Confinement &) = delete;
    Confinement &operator=(const Confinement &) = delete;

    void apply() const;

private:
    int m_ruleset = -1; ///< Landlock's; -1 where the system has none
    std::vector<sock_filter> m_calls; ///< for seccomp; empty where its numbers are not known
    qint64 m_memoryBytes;
};

} // namespace octotrail::detect
