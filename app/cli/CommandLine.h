// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace octotrail::cli {

/// Reads the command line and does what it asks for; gives the exit code back.
int run(int argc, char *argv[]);

} // namespace octotrail::cli
