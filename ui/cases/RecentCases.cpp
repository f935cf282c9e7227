// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cases/RecentCases.h"

#include <QFileInfo>
#include <QSettings>

namespace octotrail::ui {

namespace {

constexpr auto key = "cases/recent";

} // namespace

QStringList recentCases()
{
    QStringList files;
    for (const QString &file : QSettings().value(key).toStringList()) {
        if (QFileInfo(file).isAbsolute() && !files.contains(file) && files.size() < mostRecentCases) {
            files << file;
        }
    }
    return files;
}

void addRecentCase(const QString &file)
{
    QStringList files = recentCases();
    const QString added = QFileInfo(file).absoluteFilePath();
    files.removeAll(added);
    files.prepend(added);
    files.resize(std::min(files.size(), mostRecentCases));
    QSettings().setValue(key, files);
}

void clearRecentCases()
{
    QSettings().remove(key);
}

} // namespace octotrail::ui
