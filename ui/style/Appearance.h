// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>

class QApplication;

namespace octotrail::ui {

/// Light, dark, or as the desktop is. Gives the application its style, font and palette, and follows the desktop while
/// System is chosen: its palette where the platform has one, and the portal's color-scheme where D-Bus answers (asked
/// again whenever the application comes to the front).
class Appearance : public QObject
{
    Q_OBJECT

public:
    enum class Choice { System, Light, Dark };
    Q_ENUM(Choice)

    /// Sets up the application. One for an application; it lives as long.
    explicit Appearance(QApplication &application);
    ~Appearance() override;

    Choice choice() const { return m_choice; }
    void setChoice(Choice choice);
    bool isDarkNow() const;
    /// Keeps the choice in the settings, and takes it from there.
    void save() const;
    void restore();

Q_SIGNALS:
    void changed();

private:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void askPortal();
    void apply();

    enum class Scheme { Unknown, Light, Dark };
    QApplication &m_application;
    Choice m_choice = Choice::System;
    Scheme m_portal = Scheme::Unknown;
    bool m_platformIsDark = false;
    bool m_applying = false;
};

} // namespace octotrail::ui
