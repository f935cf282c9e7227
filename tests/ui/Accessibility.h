// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>
#include <QStringList>
#include <QWidget>

namespace octotrail::tests {

inline constexpr double leastContrast = 4.5; ///< WCAG 2.1, level AA, of text

/// Controls that a screen reader has no name for.
QStringList nameless(const QWidget &window);

/// Goes through the window with Tab: which controls it does not get to, and which come after one that stands below them
/// in the same column, or behind them in the same row.
QStringList tabFaults(QWidget &window);

/// The colour that most of the picture has: what text stands on.
QColor background(const QImage &picture);

/// Labels and buttons whose words stand out too little from what is really beneath them. Adds how many have words.
QStringList faintWords(QWidget &window, int &seen);

} // namespace octotrail::tests
