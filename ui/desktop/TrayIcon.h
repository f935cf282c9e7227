// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/Supervisor.h"
#include "store/AlertRecords.h"

#include <QObject>
#include <QSystemTrayIcon>
#include <memory>

class QAction;
class QMenu;

namespace octotrail::ui {

/// The icon in the desktop's tray: how the sources and the alerts stand, and what can be done without the window.
class TrayIcon : public QObject
{
    Q_OBJECT

public:
    enum class State { Quiet, Paused, Trouble, Alerts };

    explicit TrayIcon(collect::Supervisor &supervisor, QObject *parent = nullptr);
    ~TrayIcon() override;

    /// Whether the desktop has a tray, and the icon is in it.
    bool isThere() const;
    void setOpenAlerts(const store::AlertCounts &counts);
    void showMessage(const QString &title, const QString &text);

    State state() const { return m_state; }
    QString summary() const; ///< what its tooltip says
    QMenu *menu() const { return m_menu.get(); }

Q_SIGNALS:
    void openRequested();
    void quitRequested();

private:
    void update();
    void pauseOrResume();

    collect::Supervisor &m_supervisor;
    store::AlertCounts m_counts;
    State m_state = State::Quiet;
    std::unique_ptr<QMenu> m_menu;
    QAction *m_pause;
    QSystemTrayIcon m_icon;
};

} // namespace octotrail::ui
