// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QSettings;

/// What the settings keep of one case beside what they keep of all.
namespace octotrail::ui {

inline constexpr qsizetype mostKeptCases = 100;

/// The group of the case with this file.
QString caseGroup(const QString &file);

/// Notes that the case was used last; what is kept of the one that was used longest ago goes, if there are too many.
void keepCaseGroup(QSettings &settings, const QString &file);

} // namespace octotrail::ui
