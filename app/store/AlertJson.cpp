// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/AlertJson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace octotrail::store {

using namespace Qt::StringLiterals;

namespace {

QString timeText(event::Timestamp time)
{
    return QString::fromStdString(event::formatTimestamp(time));
}

} // namespace

QString severityName(AlertSeverity severity)
{
    switch (severity) {
    case AlertSeverity::Critical:
        return u"critical"_s;
    case AlertSeverity::High:
        return u"high"_s;
    case AlertSeverity::Medium:
        return u"medium"_s;
    case AlertSeverity::Low:
        return u"low"_s;
    case AlertSeverity::Info:
        break;
    }
    return u"info"_s;
}

QString stateName(AlertState state)
{
    switch (state) {
    case AlertState::Acknowledged:
        return u"acknowledged"_s;
    case AlertState::Resolved:
        return u"resolved"_s;
    case AlertState::FalsePositive:
        return u"false_positive"_s;
    case AlertState::Recorded:
        return u"recorded"_s;
    case AlertState::Open:
        break;
    }
    return u"open"_s;
}

std::string alertJson(const Alert &alert, const QString &sourceName)
{
    QJsonObject object;
    object["id"_L1] = qint64{alert.id};
    object["ruleId"_L1] = alert.ruleId;
    object["ruleTitle"_L1] = alert.ruleTitle;
    object["title"_L1] = alert.title;
    object["severity"_L1] = severityName(alert.severity);
    object["state"_L1] = stateName(alert.state);
    object["actor"_L1] = alert.actor;
    QJsonArray actors;
    for (const AlertActor &actor : alert.actors) {
        actors.append(actor.name);
    }
    object["actors"_L1] = actors;
    object["actorCount"_L1] = static_cast<qint64>(alert.actorCount);
    object["source"_L1] = sourceName;
    object["dedupKey"_L1] = alert.dedupKey;
    object["matches"_L1] = static_cast<qint64>(alert.matches);
    object["events"_L1] = static_cast<qint64>(alert.events);
    object["first"_L1] = timeText(alert.first);
    object["last"_L1] = timeText(alert.last);
    object["raised"_L1] = timeText(alert.raised);
    object["assignee"_L1] = alert.assignee;
    object["tags"_L1] = QJsonArray::fromStringList(alert.tags);
    object["description"_L1] = alert.description;
    object["reference"_L1] = alert.reference;
    object["runbook"_L1] = alert.runbook;
    const QJsonDocument context = QJsonDocument::fromJson(alert.context.toUtf8());
    object["context"_L1] = context.isArray() ? QJsonValue(context.array())
        : context.isObject()                 ? QJsonValue(context.object())
                                             : QJsonValue();
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

} // namespace octotrail::store
