// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Recovery.h"

#include <chrono>
#include <optional>

namespace octotrail::store {

/// recoverStore() in a process of its own: what stands in a damaged file can make DuckDB crash, hang, or spoil the
/// memory of its process. If that happens, another process looks for events in the file's pages alone, without DuckDB
/// reading them. What was saved is verified in this process before it gets its name.
///
/// The other process is this program, started anew: its main() has to call recoveryChild() before anything else. It is
/// killed when a stop is requested, when it has told no progress for so long, and when this process ends.
event::Result<RecoveryReport> recoverApart(const QString &damaged, const QString &target,
    const std::function<void(RecoveryProgress)> &progress, const std::stop_token &stop,
    std::chrono::milliseconds patience = std::chrono::minutes(10));

/// Does the work of the other process if the program was started as such: then the exit code.
std::optional<int> recoveryChild(int argc, char *argv[]);

} // namespace octotrail::store
