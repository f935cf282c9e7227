// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/ReportText.h"

#include "exchange/CsvText.h"
#include "ui/models/TimeDisplay.h"

namespace octotrail::ui {

using namespace Qt::StringLiterals;

QString reportAsCsv(const detect::AlertReport &report, detect::ReportBy by)
{
    const QString what = by == detect::ReportBy::Rule ? u"rule"_s
        : by == detect::ReportBy::Actor               ? u"actor"_s
                                                      : u"technique"_s;
    QStringList head{what, u"name"_s, u"alerts"_s, u"alertsPerDay"_s, u"falsePositives"_s, u"judged"_s, u"lastFired"_s,
        u"recorded"_s};
    for (std::size_t i = 0; i < report.counts.size(); ++i) {
        head << toDateTime(report.since + report.bin * static_cast<std::int64_t>(i), QTimeZone::utc())
                    .date()
                    .toString(Qt::ISODate);
    }
    QString text = exchange::csvLine(head);
    for (const detect::AlertSeries &one : report.series) {
        QStringList cells{one.key, one.name, QString::number(one.total),
            QString::number(static_cast<double>(one.total) / report.days(), 'f', 3),
            QString::number(one.falsePositives), QString::number(one.judged),
            one.last ? QString::fromStdString(event::formatTimestamp(*one.last)) : QString(),
            QString::number(one.recorded)};
        for (const std::int64_t count : one.counts) {
            cells << QString::number(count);
        }
        text += exchange::csvLine(cells);
    }
    return text;
}

QString coverageAsCsv(const std::vector<detect::CoverageColumn> &columns)
{
    QString text
        = exchange::csvLine({u"tactic"_s, u"technique"_s, u"name"_s, u"enabledRules"_s, u"alerts"_s, u"rules"_s});
    for (const detect::CoverageColumn &column : columns) {
        for (const detect::CoverageCell &cell : column.cells) {
            text += exchange::csvLine({column.name, cell.technique, cell.name, QString::number(cell.rules.size()),
                QString::number(cell.alerts), cell.rules.join(u"; "_s)});
        }
    }
    return text;
}

} // namespace octotrail::ui
