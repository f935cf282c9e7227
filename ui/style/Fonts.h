// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace octotrail::ui {

/// The steps of the font scale, relative to the application's font.
enum class TextSize { Small, Body, Title, Headline };

QFont scaledFont(TextSize size, QFont::Weight weight = QFont::Normal);

/// A font in which all digits are equally wide: the application's own if its digits are, else the fixed-width font at a
/// matching size. For labels; TabularText draws columns of figures in the application's font.
QFont tabularFont();

/// For JSON and raw text.
QFont codeFont();

/// The application's font: the desktop's choice; where a desktop made none, Inter if it is installed. Fonts are told
/// to show the characters that there are: some make 2x4 a product and -> an arrow, which an identifier must not become.
QFont applicationFont();

} // namespace octotrail::ui
