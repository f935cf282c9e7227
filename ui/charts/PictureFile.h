// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QSize>
#include <QString>
#include <functional>

class QPainter;
class QPalette;

namespace octotrail::ui {

/// Writes a picture with a title into a PNG or SVG file, by the file's name. On light, whatever the window is: it goes
/// into reports. paint gets a painter whose origin is below the title.
event::Status writePicture(const QString &file, const QString &title, const QString &note, const QSize &size,
    const std::function<void(QPainter &, const QPalette &)> &paint);

} // namespace octotrail::ui
