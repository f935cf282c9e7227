// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace octotrail::ui {

/// The steps of the font scale, relative to the application's font.
enum class TextSize { Small, Body, Title, Headline };

QFont scaledFont(TextSize size, QFont::Weight weight = QFont::Normal);

/// A font in which all digits are equally wide, so that times and addresses stand in columns: the application's own
/// if its digits are, else the system's fixed-width font at a matching size.
QFont tabularFont();

/// For JSON and raw text.
QFont codeFont();

/// The application's font: the desktop's choice; where a desktop made none, Inter if it is installed.
QFont applicationFont();

} // namespace octotrail::ui
