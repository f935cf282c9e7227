// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/AlertExport.h"

#include "event/PrivateFile.h"
#include "exchange/CsvText.h"
#include "store/AlertJson.h"

#include <QObject>
#include <QSaveFile>

namespace octotrail::exchange {

using namespace Qt::StringLiterals;
using store::Alert;

namespace {

QString timeText(event::Timestamp time)
{
    return QString::fromStdString(event::formatTimestamp(time));
}

QString csvLineOf(const Alert &alert, const QString &source)
{
    QStringList actors;
    for (const store::AlertActor &actor : alert.actors) {
        actors << actor.name;
    }
    return csvLine({QString::number(alert.id), store::severityName(alert.severity), store::stateName(alert.state),
        alert.title, alert.ruleId, alert.ruleTitle, alert.actor, source, alert.dedupKey,
        QString::number(static_cast<qint64>(alert.matches)), QString::number(static_cast<qint64>(alert.events)),
        timeText(alert.first), timeText(alert.last), timeText(alert.raised), alert.assignee, alert.tags.join(u' '),
        QString::number(static_cast<qint64>(alert.actorCount)), actors.join(u"; "_s)});
}

} // namespace

event::Status exportAlerts(const std::vector<Alert> &alerts, const QHash<store::SourceId, QString> &sources,
    AlertFormat format, const QString &file)
{
    QSaveFile out(file);
    bool good = event::openPrivately(out);
    const auto write = [&](const QByteArray &bytes) { good = good && out.write(bytes) == bytes.size(); };
    if (format == AlertFormat::Csv) {
        write(csvLine({u"id"_s, u"severity"_s, u"state"_s, u"title"_s, u"ruleId"_s, u"ruleTitle"_s, u"actor"_s,
                          u"source"_s, u"dedupKey"_s, u"matches"_s, u"events"_s, u"first"_s, u"last"_s, u"raised"_s,
                          u"assignee"_s, u"tags"_s, u"actorCount"_s, u"actors"_s})
                  .toUtf8());
        for (const Alert &alert : alerts) {
            write(csvLineOf(alert, sources.value(alert.source)).toUtf8());
        }
    } else {
        write("[");
        for (std::size_t i = 0; i < alerts.size(); ++i) {
            write(i == 0 ? "\n" : ",\n");
            write(QByteArray::fromStdString(store::alertJson(alerts[i], sources.value(alerts[i].source))));
        }
        write("\n]\n");
    }
    if (!good || !out.commit()) {
        return event::failure(event::ErrorKind::Storage,
            QObject::tr("The alerts could not be written to %1: %2.").arg(file, out.errorString()));
    }
    return {};
}

} // namespace octotrail::exchange
