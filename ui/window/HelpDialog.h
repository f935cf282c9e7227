// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace octotrail::ui {

/// A page to be read beside the work. Its text is the application's own.
class HelpDialog : public QDialog
{
    Q_OBJECT

public:
    static void showFilterLanguage(QWidget *window);
    /// Every key of the menus.
    static void showShortcuts(const QList<QAction *> &menus, QWidget *window);
    static void showAbout(QWidget *window);

private:
    HelpDialog(const QString &name, const QString &title, const QString &html, QWidget *window);
    static void open(const QString &name, const QString &title, const QString &html, QWidget *window);
};

} // namespace octotrail::ui
