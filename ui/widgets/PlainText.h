// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

/// Text from events, profiles and files is hostile: these make it fit to be shown.
namespace octotrail::ui {

/// One line of at most limit characters: line ends and tabs as visible symbols, and blanks where there is nothing else;
/// control characters and those that turn the direction of text (which can make one file name or address look like
/// another) as U+FFFD.
QString singleLine(QStringView text, qsizetype limit = 512);

/// The same for text of several lines: line ends and tabs stay.
QString multiLine(QStringView text, qsizetype limit);

/// The text with the middle taken out of words of more than limit characters: a line cannot be broken in them.
QString shortWords(const QString &text, qsizetype limit = 48);

/// Text for a tooltip, of several lines, which Qt would otherwise read as HTML if it looks like it.
QString toolTip(const QString &text);

/// Text for an action or a button, in which & would make a shortcut.
QString actionText(const QString &text);

} // namespace octotrail::ui
