// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alerts/AlertLook.h"

#include "ui/style/Icons.h"

#include <QLocale>
#include <QObject>
#include <map>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using store::AlertSeverity;
using store::AlertState;

const QIcon &AlertLook::icon() const
{
    static std::map<std::pair<QString, Tone>, QIcon> icons;
    QIcon &result = icons[{iconName.toString(), tone}];
    if (result.isNull()) {
        result = ui::icon(iconName, tone);
    }
    return result;
}

AlertLook alertLook(AlertSeverity severity)
{
    switch (severity) {
    case AlertSeverity::Critical:
        return {u"critical", Tone::Bad, QObject::tr("Critical")};
    case AlertSeverity::High:
        return {u"high", Tone::Bad, QObject::tr("High")};
    case AlertSeverity::Medium:
        return {u"medium", Tone::Warning, QObject::tr("Medium")};
    case AlertSeverity::Low:
        return {u"low", Tone::Accent, QObject::tr("Low")};
    case AlertSeverity::Info:
        break;
    }
    return {u"info", Tone::Muted, QObject::tr("Info")};
}

AlertLook alertLook(AlertState state)
{
    switch (state) {
    case AlertState::Acknowledged:
        return {u"acknowledged", Tone::Accent, QObject::tr("Acknowledged")};
    case AlertState::Resolved:
        return {u"check", Tone::Good, QObject::tr("Resolved")};
    case AlertState::FalsePositive:
        return {u"cross", Tone::Muted, QObject::tr("False positive")};
    case AlertState::Open:
        break;
    }
    return {u"circle", Tone::Plain, QObject::tr("Open")};
}

QString alertCount(std::int64_t count)
{
    return count == 1 ? QObject::tr("1 alert") : QObject::tr("%1 alerts").arg(QLocale().toString(qint64{count}));
}

QString tagText(const QString &tag)
{
    if (!tag.startsWith("attack."_L1, Qt::CaseInsensitive)) {
        return tag;
    }
    QString name = tag.mid(7);
    if (name.size() > 1 && name.at(1).isDigit()) {
        return name.toUpper();
    }
    name.replace(u'_', u' ');
    name.replace(u'-', u' ');
    bool begins = true;
    for (QChar &c : name) {
        c = begins ? c.toUpper() : c;
        begins = c == u' ';
    }
    return name;
}

} // namespace octotrail::ui
