// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alerts/AlertLook.h"

#include "ui/style/Icons.h"
#include "ui/widgets/PlainText.h"

#include <QLocale>
#include <QObject>
#include <algorithm>
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
    case AlertState::Recorded:
        return {u"note", Tone::Muted, QObject::tr("Recorded")};
    case AlertState::Open:
        break;
    }
    return {u"circle", Tone::Plain, QObject::tr("Open")};
}

QString alertCount(std::int64_t count)
{
    return count == 1 ? QObject::tr("1 alert") : QObject::tr("%1 alerts").arg(QLocale().toString(qint64{count}));
}

QString actorsText(const store::Alert &alert)
{
    const std::int64_t others = alert.actorCount - 1;
    const QString actor = singleLine(alert.actor, 200);
    return others < 1 ? actor : QObject::tr("%1 +%2").arg(actor, QLocale().toString(qint64{others}));
}

QString actorsInFull(const store::Alert &alert, std::size_t most)
{
    QStringList lines;
    const std::size_t named = std::min(alert.actors.size(), most);
    for (std::size_t i = 0; i < named; ++i) {
        const store::AlertActor &actor = alert.actors[i];
        lines << (actor.events == 1 ? QObject::tr("%1: 1 event").arg(singleLine(actor.name, 200))
                                    : QObject::tr("%1: %2 events")
                                          .arg(singleLine(actor.name, 200), QLocale().toString(qint64{actor.events})));
    }
    if (const std::int64_t more = alert.actorCount - static_cast<std::int64_t>(named); more > 0) {
        lines << QObject::tr("and %1 more").arg(QLocale().toString(qint64{more}));
    }
    return lines.join(u'\n');
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
