// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "notify/AlertForwarder.h"
#include "ui/desktop/DesktopNotifier.h"
#include "ui/desktop/Preferences.h"
#include "ui/desktop/TrayIcon.h"

#include <QObject>

class QWidget;

namespace octotrail::ui {

/// What the application does outside its window: the tray icon, notifications, and alerts sent on.
class Desktop : public QObject
{
    Q_OBJECT

public:
    Desktop(collect::Supervisor &supervisor, store::Alerts &alerts, QObject *parent = nullptr);
    ~Desktop() override;

    TrayIcon &tray() { return m_tray; }
    const Preferences &preferences() const { return m_preferences; }
    void setPreferences(const Preferences &preferences);
    /// Whether the application goes on when its window is closed. It says so the first time.
    bool keepsRunning() const;
    void tellThatItRuns();
    void askForPreferences(QWidget *parent);

Q_SIGNALS:
    void openRequested();
    void quitRequested();
    void alertRequested(octotrail::store::AlertId alert);
    /// Something that the window should tell.
    void problemOccurred(const QString &sentence);

private:
    TrayIcon m_tray;
    DesktopNotifier m_notifier;
    notify::AlertForwarder m_forwarder;
    Preferences m_preferences;
    bool m_told = false;
};

} // namespace octotrail::ui
