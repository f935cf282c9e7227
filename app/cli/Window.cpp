// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Window.h"

#include "cli/Console.h"
#include "cli/Demo.h"
#include "cli/Interruption.h"
#include "ui/Application.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QObject>

namespace octotrail::cli {

namespace {

enum class Display {
    Real,
    Unseen, ///< Qt was told to draw where nobody looks
    Missing,
};

Display display()
{
    const QByteArray platform = qgetenv("QT_QPA_PLATFORM");
    if (platform.startsWith("offscreen") || platform.startsWith("minimal")) {
        return Display::Unseen;
    }
    const bool isThere = !platform.isEmpty() || !qEnvironmentVariableIsEmpty("DISPLAY")
        || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
    return isThere ? Display::Real : Display::Missing;
}

} // namespace

ExitCode runWindow(int argc, char *argv[], const WindowOptions &options, const CommonOptions &common)
{
    const Display where = display();
    if (where == Display::Missing && !options.demo) {
        tell(QObject::tr("There is no display to open the window on. See --help for the commands that need none, or "
                         "try --demo."));
        return ExitCode::Failure;
    }
    const Interruption interruption;
    const std::stop_callback quit(interruption.token(), [] {
        if (qApp) {
            QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        }
    });
    ui::ApplicationOptions application;
    application.storeFile = common.storeFile;
    application.readOnly = common.readOnly;
    application.minimized = options.minimized;
    if (!options.demo) {
        return ui::runApplication(argc, argv, application) == 0 ? ExitCode::Success : ExitCode::Failure;
    }

    Demo demo(common.storeFile);
    // That the organization goes first at the end, nobody needs to know.
    QString quiet = QStringLiteral("octotrail.collect.warning=false\n");
    if (where != Display::Real) {
        demo.endAfter(std::chrono::seconds(options.demoSeconds));
        qputenv("QT_QPA_PLATFORM", "offscreen");
        // Nor what a platform without a screen cannot do.
        quiet += QStringLiteral("default.warning=false\nqt.qpa.*=false\n");
    }
    QLoggingCategory::setFilterRules(quiet);
    application.prepare = [&demo](ui::ApplicationOptions &prepared) { return demo.prepare(prepared); };
    const int code = ui::runApplication(argc, argv, application);
    if (demo.error()) {
        tell(*demo.error());
        return exitCodeFor(*demo.error());
    }
    if (where == Display::Real) {
        return code == 0 ? ExitCode::Success : ExitCode::Failure;
    }
    return !interruption.token().stop_requested() && demo.tellEnd(code == 0) ? ExitCode::Success : ExitCode::Failure;
}

} // namespace octotrail::cli
