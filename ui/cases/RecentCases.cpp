// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cases/RecentCases.h"

#include <QFileInfo>
#include <QSettings>
#include <QStringList>

namespace octotrail::ui {

namespace {

constexpr auto key = "cases/recent";
constexpr auto readOnlyKey = "cases/recentReadOnly"; ///< those of them

} // namespace

QList<RecentCase> recentCases()
{
    const QSettings settings;
    const QStringList readOnly = settings.value(readOnlyKey).toStringList();
    QList<RecentCase> cases;
    for (const QString &file : settings.value(key).toStringList()) {
        const RecentCase known{file, readOnly.contains(file)};
        if (QFileInfo(file).isAbsolute() && !cases.contains(known) && cases.size() < mostRecentCases) {
            cases << known;
        }
    }
    return cases;
}

void addRecentCase(const RecentCase &added)
{
    QList<RecentCase> cases = recentCases();
    const QString file = QFileInfo(added.file).absoluteFilePath();
    cases.removeIf([&file](const RecentCase &known) { return known.file == file; });
    cases.prepend({file, added.isReadOnly});
    QStringList files;
    QStringList readOnly;
    for (const RecentCase &known : cases.mid(0, mostRecentCases)) {
        files << known.file;
        if (known.isReadOnly) {
            readOnly << known.file;
        }
    }
    QSettings settings;
    settings.setValue(key, files);
    settings.setValue(readOnlyKey, readOnly);
}

void clearRecentCases()
{
    QSettings settings;
    settings.remove(key);
    settings.remove(readOnlyKey);
}

} // namespace octotrail::ui
