// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Window.h"

#include "cli/Console.h"

#include <QObject>

namespace octotrail::cli {

bool hasDisplay()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
}

ExitCode runWindow(int /*argc*/, char * /*argv*/[], const DemoOptions & /*demo*/, const CommonOptions & /*common*/)
{
    tell(QObject::tr("There is no display to open the window on. See --help for the commands that need none, or try "
                     "--demo."));
    return ExitCode::Failure;
}

} // namespace octotrail::cli
