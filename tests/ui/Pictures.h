// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Appearance.h"

#include <QWidget>

namespace octotrail::tests {

/// Keeps a picture of the widget in the folder screenshots of the build (screenshots-2x with QT_SCALE_FACTOR=2), where
/// a person can look at it, as name.png, or name-dark.png if it is dark. False if there is nothing to see: one colour.
bool keepPicture(QWidget &widget, const QString &name);

/// The same in light and in dark. Leaves it light.
bool keepPictures(QWidget &widget, const QString &name, ui::Appearance &appearance);

} // namespace octotrail::tests
