// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Application.h"

#include "ui/style/Appearance.h"
#include "ui/window/Session.h"

#include <QApplication>
#include <QTimer>
#include <QWidget>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

int runApplication(int &argc, char *argv[], const ApplicationOptions &given)
{
    QApplication application(argc, argv);
    QApplication::setOrganizationName(u"Octotrail"_s);
    QApplication::setApplicationName(u"octotrail"_s);
    QApplication::setApplicationDisplayName(u"Octotrail"_s);
    QApplication::setApplicationVersion(QStringLiteral(OCTOTRAIL_VERSION));
    QGuiApplication::setDesktopFileName(u"org.octotrail.Octotrail"_s);
    ApplicationOptions options = given;
    if (options.prepare && !options.prepare(options)) {
        return 1;
    }
    Appearance appearance(application);
    if (!options.demo) {
        appearance.restore();
    }

    int exitCode = 0;
    Session session(appearance, options);
    const auto end = [&] {
        exitCode = session.end() ? 0 : 1;
        QApplication::quit();
    };
    if (options.runFor) {
        // From when there is a window, however long that takes.
        QObject::connect(
            &session, &Session::opened, &session, [&] { QTimer::singleShot(*options.runFor, &session, end); });
        QObject::connect(&session, &Session::failed, &session, end);
    }
    session.open(options.storeFile.isEmpty() ? store::Store::defaultFile() : options.storeFile, options.readOnly);
    const int code = QApplication::exec();
    return code != 0 ? code : exitCode;
}

bool saveSnapshot(QWidget &window, const QString &file)
{
    window.ensurePolished();
    return window.grab().save(file, "PNG");
}

} // namespace octotrail::ui
