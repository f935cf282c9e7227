// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

namespace octotrail::cli {

struct DemoOptions
{
    bool isWanted = false;
    int seconds = 30; ///< how long to collect if there is no display
};

/// The demo as text and picture: collects from a simulated organization over HTTP for a while, prints what it found,
/// and renders the window with it to a file.
ExitCode runDemoWithoutDisplay(int argc, char *argv[], const DemoOptions &demo, const CommonOptions &common);

} // namespace octotrail::cli
