// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/FirstPlace.h"

#include <QScreen>
#include <QSettings>
#include <QWidget>

namespace octotrail::ui {

namespace {

constexpr QSize wanted(1280, 800);
/// What frames take at the most: the real one is not known before the window is shown.
constexpr QSize frame(16, 48);
/// Nobody sits in front of a smaller screen: it is none, but the platform's that draws into memory.
constexpr QSize smallestScreen(1024, 600);

} // namespace

FirstPlace FirstPlace::on(const QSize &available)
{
    const QSize room = available - frame;
    const bool fits = room.width() >= wanted.width() && room.height() >= wanted.height();
    if (fits || available.width() < smallestScreen.width() || available.height() < smallestScreen.height()) {
        return {wanted, false};
    }
    return {wanted.boundedTo(room), true};
}

void FirstPlace::give(QWidget &window)
{
    const FirstPlace place = on(window.screen()->availableSize());
    window.resize(place.size);
    if (place.isMaximized) {
        window.setWindowState(window.windowState() | Qt::WindowMaximized);
    }
}

QByteArray FirstPlace::remembered()
{
    return QSettings().value("window/geometry").toByteArray();
}

} // namespace octotrail::ui
