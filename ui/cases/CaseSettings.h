// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QSettings;

namespace octotrail::ui {
class TimeRangeChoice;
}

/// What the settings keep of one case beside what they keep of all.
namespace octotrail::ui {

inline constexpr qsizetype mostKeptCases = 100;

/// The group of the case with this file.
QString caseGroup(const QString &file);

/// Notes that the case was used last; what is kept of the one that was used longest ago goes, if there are too many.
void keepCaseGroup(QSettings &settings, const QString &file);

/// Which time a view shows of the case, if that is one that means the same on another day. name: of the view.
void saveTimeRange(QSettings &settings, const QString &file, const QString &name, const TimeRangeChoice &range);
void restoreTimeRange(const QSettings &settings, const QString &file, const QString &name, TimeRangeChoice &range);

} // namespace octotrail::ui
