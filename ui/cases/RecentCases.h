// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

/// The cases that were opened lately, kept in the settings.
namespace octotrail::ui {

inline constexpr qsizetype mostRecentCases = 10;

struct RecentCase
{
    QString file; ///< its absolute name
    bool isReadOnly = false; ///< it was opened for reading only
    bool operator==(const RecentCase &) const = default;
};

/// The latest first; also files that are not there at the moment.
QList<RecentCase> recentCases();
void addRecentCase(const RecentCase &added);
void clearRecentCases();

} // namespace octotrail::ui
