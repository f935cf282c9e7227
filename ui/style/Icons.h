// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Tones.h"

#include <QIcon>
#include <QStringView>

namespace octotrail::ui {

/// An icon of the application's family (resources/icons/NAME.svg), drawn at any size in the tone's colour for the
/// palette of the moment, so that it follows a change between light and dark by itself.
QIcon icon(QStringView name, Tone tone = Tone::Plain);

/// The application's mark, in its own colours.
QIcon applicationIcon();

} // namespace octotrail::ui
