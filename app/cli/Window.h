// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"
#include "cli/Demo.h"

namespace octotrail::cli {

/// Whether a window would be seen by anyone.
bool hasDisplay();

/// The application; gives its exit code back when its window is closed.
ExitCode runWindow(int argc, char *argv[], const DemoOptions &demo, const CommonOptions &common);

} // namespace octotrail::cli
