// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/CommandLine.h"

int main(int argc, char *argv[])
{
    return octotrail::cli::run(argc, argv);
}
