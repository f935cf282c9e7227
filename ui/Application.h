// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"

#include <QByteArray>
#include <QString>
#include <chrono>
#include <functional>
#include <optional>

class QWidget;

namespace octotrail::ui {

struct ApplicationOptions
{
    QString storeFile; ///< empty: store::Store::defaultFile()
    bool readOnly = false; ///< of that file

    /// Starts in the tray, or where there is none, with the window minimized.
    bool minimized = false;

    /// A source to be put into the store, which is a throw-away one: nothing of the window is remembered, either.
    struct Demo
    {
        store::SourceConfig source;
        QByteArray token;
    };
    std::optional<Demo> demo;

    /// Called first, when there is a QApplication: what it makes may need one. May change the options. If it gives
    /// false, which it explains itself, the application ends with 1.
    std::function<bool(ApplicationOptions &)> prepare;

    /// What "Try the demo organization" does. Without it, the program is started once more with --demo.
    std::function<void()> startDemo;

    /// If set, the application ends by itself after this time.
    std::optional<std::chrono::milliseconds> runFor;
    /// A picture of the window is written here before it ends by itself.
    QString snapshotFile;
    /// Called with the open store before the application ends by itself. May wait.
    std::function<void(store::Store &)> beforeEnd;
};

/// The application: opens the store, shows the window and runs until it is closed. The window appears at once; if the
/// store cannot be opened, it says why and what can be done. Makes the QApplication; gives its exit code.
/// 1 if it was to end by itself and the store could not be opened or the picture not be written.
int runApplication(int &argc, char *argv[], const ApplicationOptions &options);

/// Writes a picture of the window, as it would be on the screen, as PNG.
bool saveSnapshot(QWidget &window, const QString &file);

} // namespace octotrail::ui
