// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/panther/PantherAnswer.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QObject>
#include <algorithm>

namespace octotrail::detect::panther {

using namespace Qt::Literals::StringLiterals;

namespace {

Hit hitOf(const QJsonObject &finding)
{
    Hit hit;
    hit.rule = finding["rule"_L1].toInt(-1);
    hit.event = static_cast<std::size_t>(finding["event"_L1].toInt(-1)); // -1: beyond every batch
    hit.title = finding["title"_L1].toString();
    hit.dedup = finding["dedup"_L1].toString();
    hit.severity = finding["severity"_L1].toString();
    hit.description = finding["description"_L1].toString();
    hit.reference = finding["reference"_L1].toString();
    hit.runbook = finding["runbook"_L1].toString();
    if (const QJsonValue destinations = finding["destinations"_L1]; destinations.isArray()) {
        hit.destinations.emplace();
        for (const QJsonValue &destination : destinations.toArray()) {
            hit.destinations->append(destination.toString());
        }
    }
    hit.context = finding["context"_L1].toString();
    if (const QJsonValue unique = finding["unique"_L1]; unique.isString()) {
        hit.unique = unique.toString();
    }
    return hit;
}

} // namespace

Fault faultOf(const QString &ruleId, const QJsonObject &problem)
{
    Fault fault;
    fault.ruleId = ruleId;
    fault.function = problem["function"_L1].toString();
    const QString file = QFileInfo(problem["file"_L1].toString()).fileName();
    fault.sentence = file.isEmpty()
        ? problem["error"_L1].toString()
        : QObject::tr("%1, line %2: %3").arg(file).arg(problem["line"_L1].toInt()).arg(problem["error"_L1].toString());
    fault.traceback = problem["traceback"_L1].toString();
    fault.file = file;
    fault.line = std::max(0, problem["line"_L1].toInt());
    fault.disabled = problem["given_up"_L1].toBool();
    return fault;
}

Answer readAnswer(const QJsonObject &answer, const QStringList &rules, std::size_t events)
{
    Answer read;
    const QJsonArray findings = answer["findings"_L1].toArray();
    for (const QJsonValue &value : findings) {
        const QJsonObject finding = value.toObject();
        Hit hit = hitOf(finding);
        if (hit.rule < 0 || hit.rule >= rules.size() || hit.event >= events) {
            continue;
        }
        const QJsonArray problems = finding["problems"_L1].toArray();
        for (const QJsonValue &problem : problems) {
            read.faults.push_back(faultOf(rules[hit.rule], problem.toObject()));
        }
        read.hits.push_back(std::move(hit));
    }
    const QJsonArray problems = answer["problems"_L1].toArray();
    for (const QJsonValue &value : problems) {
        const QJsonObject problem = value.toObject();
        const int rule = problem["rule"_L1].toInt(-1);
        const bool isKnown = rule >= 0 && rule < rules.size();
        read.faults.push_back(faultOf(isKnown ? rules[rule] : QString(), problem));
        if (read.faults.back().disabled && isKnown) {
            read.givenUp.push_back(static_cast<std::size_t>(rule));
        }
    }
    const QJsonObject state = answer["state"_L1].toObject();
    for (auto entry = state.begin(); entry != state.end(); ++entry) {
        read.state[entry.key().toStdString()]
            = entry->isString() ? std::optional(entry->toString().toStdString()) : std::nullopt;
    }
    return read;
}

} // namespace octotrail::detect::panther
