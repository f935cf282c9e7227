// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cases/CaseSettings.h"

#include "ui/events/TimeRangeChoice.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QSettings>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr auto orderKey = "cases/kept";

QString rangeKey(const QString &file, const QString &name)
{
    return caseGroup(file) + u'/' + name + u"Range"_s;
}

} // namespace

QString caseGroup(const QString &file)
{
    // Not the path itself: slashes make groups of their own.
    const QByteArray path = QFileInfo(file).absoluteFilePath().toUtf8();
    const QByteArray hash = QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex().left(32);
    return u"cases/"_s + QString::fromLatin1(hash);
}

void keepCaseGroup(QSettings &settings, const QString &file)
{
    QStringList order = settings.value(orderKey).toStringList();
    const QString group = caseGroup(file);
    order.removeAll(group);
    order.prepend(group);
    while (order.size() > mostKeptCases) {
        settings.remove(order.takeLast());
    }
    settings.setValue(orderKey, order);
}

void saveTimeRange(QSettings &settings, const QString &file, const QString &name, const TimeRangeChoice &range)
{
    settings.setValue(rangeKey(file, name), static_cast<int>(range.preset()));
}

void restoreTimeRange(const QSettings &settings, const QString &file, const QString &name, TimeRangeChoice &range)
{
    const int usual = static_cast<int>(TimeRangeChoice::Preset::LastWeek);
    const int preset = settings.value(rangeKey(file, name), usual).toInt();
    if (preset >= 0 && preset < static_cast<int>(TimeRangeChoice::Preset::Custom)) {
        range.setPreset(static_cast<TimeRangeChoice::Preset>(preset));
    }
}

} // namespace octotrail::ui
