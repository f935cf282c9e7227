// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/CommandLine.h"
#include "event/OpenSsl.h"

int main(int argc, char *argv[])
{
    octotrail::event::keepOpenSsl();
    return octotrail::cli::run(argc, argv);
}
