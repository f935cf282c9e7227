// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSize>

class QWidget;

namespace octotrail::ui {

/// The size of a window that nobody has given one yet.
struct FirstPlace
{
    QSize size;
    bool isMaximized = false;

    /// On a screen of which so much can be had. Where the frame would push the window's edges off the screen, the
    /// window takes all of it.
    static FirstPlace on(const QSize &available);
    static void give(QWidget &window);
    /// Where the main window was when it was last closed, for QWidget::restoreGeometry(); empty if it never was.
    static QByteArray remembered();
};

} // namespace octotrail::ui
