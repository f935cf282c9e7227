// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/RecoveryAnswer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace octotrail::store {

using namespace Qt::StringLiterals;

namespace {

QJsonValue timeValue(const std::optional<event::Timestamp> &time)
{
    return time ? QJsonValue(static_cast<qint64>(time->time_since_epoch().count())) : QJsonValue();
}

std::optional<event::Timestamp> readTime(const QJsonValue &value)
{
    if (!value.isDouble()) {
        return std::nullopt;
    }
    return event::Timestamp(event::Timestamp::duration(value.toInteger()));
}

QJsonObject reportObject(const RecoveryReport &report)
{
    QJsonArray losses;
    for (const RecoveryReport::Loss &loss : report.losses) {
        losses.append(QJsonObject{{u"first"_s, static_cast<qint64>(loss.first)},
            {u"last"_s, static_cast<qint64>(loss.last)}, {u"events"_s, static_cast<qint64>(loss.events)},
            {u"since"_s, timeValue(loss.published.since)}, {u"until"_s, timeValue(loss.published.until)}});
    }
    return {{u"events"_s, static_cast<qint64>(report.events)}, {u"proven"_s, static_cast<qint64>(report.proven)},
        {u"lost"_s, static_cast<qint64>(report.lost)}, {u"losses"_s, losses},
        {u"isCollectedAgain"_s, report.isCollectedAgain}, {u"notes"_s, QJsonArray::fromStringList(report.notes)}};
}

RecoveryReport readReport(const QJsonObject &object)
{
    RecoveryReport report;
    report.events = object[u"events"].toInteger();
    report.proven = object[u"proven"].toInteger();
    report.lost = object[u"lost"].toInteger();
    for (const QJsonValue &value : object[u"losses"].toArray()) {
        const QJsonObject loss = value.toObject();
        report.losses.push_back({loss[u"first"].toInteger(), loss[u"last"].toInteger(), loss[u"events"].toInteger(),
            {readTime(loss[u"since"]), readTime(loss[u"until"])}});
    }
    report.isCollectedAgain = object[u"isCollectedAgain"].toBool();
    for (const QJsonValue &note : object[u"notes"].toArray()) {
        report.notes.append(note.toString());
    }
    return report;
}

} // namespace

QByteArray recoveryLine(const RecoveryAnswer &answer)
{
    QJsonObject object;
    if (const auto *progress = std::get_if<RecoveryProgress>(&answer)) {
        object = {{u"step"_s, static_cast<int>(progress->step)}, {u"fraction"_s, progress->fraction}};
    } else if (const auto &result = std::get<event::Result<RecoveryReport>>(answer)) {
        object.insert(u"report"_s, reportObject(*result));
    } else {
        object = {{u"kind"_s, static_cast<int>(result.error().kind)}, {u"sentence"_s, result.error().sentence}};
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

std::optional<RecoveryAnswer> readRecoveryLine(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    if (object[u"report"].isObject()) {
        return event::Result<RecoveryReport>(readReport(object[u"report"].toObject()));
    }
    if (object[u"sentence"].isString()) {
        const int kind = object[u"kind"].toInt(-1);
        const bool isKnown = kind >= 0 && kind <= static_cast<int>(event::ErrorKind::Internal);
        return event::Result<RecoveryReport>(
            event::failure(isKnown ? static_cast<event::ErrorKind>(kind) : event::ErrorKind::Internal,
                object[u"sentence"].toString()));
    }
    const int step = object[u"step"].toInt(-1);
    if (step < 0 || step > static_cast<int>(RecoveryProgress::Step::Saving)) {
        return std::nullopt;
    }
    return RecoveryProgress{
        static_cast<RecoveryProgress::Step>(step), std::clamp(object[u"fraction"].toDouble(), 0.0, 1.0)};
}

} // namespace octotrail::store
