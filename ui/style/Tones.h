// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

namespace octotrail::ui {

/// What a colour says. Never the only cue: an icon's shape or a word says the same.
enum class Tone { Plain, Muted, Accent, Good, Warning, Bad };

/// The tone's colour for text and icons on the palette's Base and Window: at least 4.5:1 on both.
QColor toneColor(Tone tone, const QPalette &palette);

/// A quiet background in that tone, for banners and chips; text on it is in the tone's colour or the palette's Text.
QColor toneBackground(Tone tone, const QPalette &palette);

/// A line between parts of the window.
QColor lineColor(const QPalette &palette);

bool isDark(const QPalette &palette);

/// WCAG 2 contrast ratio, 1 to 21.
double contrastRatio(const QColor &a, const QColor &b);

QPalette lightPalette();
QPalette darkPalette();

} // namespace octotrail::ui
