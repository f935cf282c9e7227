// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

namespace octotrail::cli {

struct WindowOptions
{
    bool demo = false; ///< a simulated organization in a throw-away store
    bool minimized = false; ///< starts in the tray
    int demoSeconds = 30; ///< how long to collect if there is no display
};

/// The application; gives its exit code back when its window is closed. The demo without a display collects for a
/// while, prints what it found, and renders the window to a file.
ExitCode runWindow(int argc, char *argv[], const WindowOptions &options, const CommonOptions &common);

} // namespace octotrail::cli
