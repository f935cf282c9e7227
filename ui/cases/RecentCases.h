// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

/// The cases that were opened lately, kept in the settings.
namespace octotrail::ui {

inline constexpr qsizetype mostRecentCases = 10;

/// Absolute names, the latest first; also of files that are not there at the moment.
QStringList recentCases();
void addRecentCase(const QString &file);
void clearRecentCases();

} // namespace octotrail::ui
