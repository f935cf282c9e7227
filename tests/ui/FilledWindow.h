// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "AlertSamples.h"
#include "WindowDriver.h"
#include "detect/Engine.h"
#include "simulator/Simulator.h"

#include <QTemporaryDir>
#include <memory>

namespace octotrail::tests {

/// The window on a case that has something of everything: events, profiles, alerts, rules at work, a source that
/// collects and one that cannot.
class FilledWindow
{
public:
    FilledWindow();
    ~FilledWindow();

    /// Shows it once all of that is there.
    bool open();
    WindowDriver &driver() { return m_driver; }
    ui::MainWindow &window() { return m_driver.window(); }

    /// Names of the views, and of parts of them that are seen one at a time.
    static QStringList views();
    /// Shows it, and waits for what is in it.
    bool show(const QString &view);
    /// Names of the dialogs, and of what else opens in a window of its own.
    static QStringList dialogs();
    /// Opens it over the window, filled. nullptr if it does not come.
    QWidget *openDialog(const QString &name);

private:
    struct Scenes;

    std::int64_t storedEvents();
    bool addSource(const QString &name, const QByteArray &token, collect::State wanted);
    bool showAlert(int tab);
    bool showRule();
    bool showEditor(int tab);
    QWidget *byKeys(const QString &keys);
    QWidget *opened(QWidget *dialog);
    QStringList archive();

    QTemporaryDir m_folder;
    CaseFile m_file;
    AlertSamples m_alerts{m_file};
    std::unique_ptr<simulator::Simulator> m_organization;
    detect::Engine m_engine{m_file.store()};
    WindowDriver m_driver{m_file};
};

} // namespace octotrail::tests
