// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/AlertReport.h"

#include "detect/Attack.h"

#include <QObject>
#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>

namespace octotrail::detect {

using namespace Qt::Literals::StringLiterals;

namespace {

QString decoded(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// The techniques among tags, each once.
QStringList techniquesOf(const QStringList &tags)
{
    Rule rule;
    rule.tags = tags;
    QStringList all = rule.techniques();
    all.removeDuplicates();
    return all;
}

struct Key
{
    QString key;
    QString name;
};

std::vector<Key> keysOf(const store::Alert &alert, ReportBy by)
{
    switch (by) {
    case ReportBy::Rule:
        return {{alert.ruleId, alert.ruleTitle.isEmpty() ? alert.ruleId : alert.ruleTitle}};
    case ReportBy::Actor: {
        std::set<QString> actors{alert.actor};
        for (const store::AlertActor &actor : alert.actors) {
            actors.insert(actor.name);
        }
        if (actors.size() > 1) {
            actors.erase(QString());
        }
        std::vector<Key> keys;
        keys.reserve(actors.size());
        for (const QString &actor : actors) {
            keys.push_back({actor, actor.isEmpty() ? QObject::tr("No actor") : actor});
        }
        return keys;
    }
    case ReportBy::Technique: {
        std::vector<Key> keys;
        for (const QString &id : techniquesOf(alert.tags)) {
            const QString name = techniqueName(id);
            keys.push_back({id, name == id ? id : id + u' ' + name});
        }
        if (keys.empty()) {
            keys.push_back({QString(), QObject::tr("No technique")});
        }
        return keys;
    }
    }
    return {};
}

/// The tactics under which a rule's technique stands.
std::vector<QString> tacticsOf(const QString &technique, const QStringList &tags)
{
    std::vector<QString> said;
    for (const Tactic &tactic : tactics()) {
        const QString tag = decoded(tactic.tag);
        // Older rules write credential_access.
        const QString older = QString(tag).replace(u'-', u'_');
        for (const QString &one : tags) {
            if (one.compare(u"attack."_s + tag, Qt::CaseInsensitive) == 0
                || one.compare(u"attack."_s + older, Qt::CaseInsensitive) == 0) {
                said.push_back(tag);
                break;
            }
        }
    }
    const Technique *known = techniqueById(technique);
    if (!known) {
        return said;
    }
    std::vector<QString> both;
    const QStringList its = decoded(known->tactics).split(u' ');
    std::ranges::copy_if(said, std::back_inserter(both), [&](const QString &tactic) { return its.contains(tactic); });
    if (both.empty()) {
        both.assign(its.begin(), its.end());
    }
    return both;
}

} // namespace

std::optional<double> AlertSeries::falsePositiveShare() const
{
    return judged > 0 ? std::optional(static_cast<double>(falsePositives) / static_cast<double>(judged)) : std::nullopt;
}

std::int64_t AlertReport::total() const
{
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

double AlertReport::days() const
{
    const double all = static_cast<double>(bin.count()) * static_cast<double>(counts.size());
    return std::max(1.0, observed > 0 ? std::min(observed, all) : all);
}

AlertReport reportOf(const std::vector<store::Alert> &alerts, ReportBy by, event::Timestamp since,
    event::Timestamp until, std::chrono::days bin, std::optional<event::Timestamp> oldest)
{
    AlertReport report;
    report.bin = bin;
    // Whole bins that end with today.
    const auto end = std::chrono::floor<std::chrono::days>(until) + std::chrono::days(1);
    const auto first = std::chrono::floor<std::chrono::days>(since);
    const auto bins = std::max<std::int64_t>(1, ((end - first).count() + bin.count() - 1) / bin.count());
    report.since = end - bin * bins;
    if (oldest && *oldest > report.since && *oldest < until) {
        report.observed = std::max(1.0, std::chrono::duration<double, std::ratio<86400>>(until - *oldest).count());
    }
    report.counts.resize(static_cast<std::size_t>(bins));
    std::map<QString, AlertSeries> series;
    for (const store::Alert &alert : alerts) {
        if (alert.first < report.since || alert.first >= end) {
            continue;
        }
        const auto at = static_cast<std::size_t>((alert.first - report.since) / bin);
        const bool isRecord = alert.state == store::AlertState::Recorded;
        report.counts[at] += isRecord ? 0 : 1;
        for (const Key &key : keysOf(alert, by)) {
            AlertSeries &one = series[key.key];
            one.key = key.key;
            one.name = key.name;
            one.counts.resize(report.counts.size());
            one.counts[at] += isRecord ? 0 : 1;
            one.total += isRecord ? 0 : 1;
            one.recorded += isRecord ? 1 : 0;
            one.falsePositives += alert.state == store::AlertState::FalsePositive ? 1 : 0;
            const bool isJudged
                = alert.state == store::AlertState::FalsePositive || alert.state == store::AlertState::Resolved;
            one.judged += isJudged ? 1 : 0;
            one.last = one.last ? std::max(*one.last, alert.last) : alert.last;
        }
    }
    for (auto &[key, one] : series) {
        report.series.push_back(std::move(one));
    }
    std::ranges::stable_sort(report.series, [](const AlertSeries &a, const AlertSeries &b) {
        return std::tie(a.total, a.recorded) > std::tie(b.total, b.recorded);
    });
    return report;
}

int CoverageColumn::covered() const
{
    return static_cast<int>(
        std::ranges::count_if(cells, [](const CoverageCell &cell) { return !cell.rules.isEmpty(); }));
}

std::vector<CoverageColumn> coverageOf(const std::vector<Pack> &packs,
    const std::function<bool(const Pack &pack, const Rule &rule)> &isOn, const std::vector<store::Alert> &alerts)
{
    std::map<QString, std::map<QString, CoverageCell>> columns;
    const auto cellOf = [&](const QString &tactic, const QString &technique) -> CoverageCell & {
        CoverageCell &cell = columns[tactic][technique];
        cell.technique = technique;
        cell.name = techniqueName(technique);
        return cell;
    };
    std::set<QString> seen;
    for (const Pack &pack : packs) {
        for (const RulePtr &rule : pack.set.rules) {
            if (!rule->raises || !seen.insert(rule->id).second) {
                continue;
            }
            const bool on = isOn(pack, *rule);
            for (const QString &technique : techniquesOf(rule->tags)) {
                for (const QString &tactic : tacticsOf(technique, rule->tags)) {
                    CoverageCell &cell = cellOf(tactic, technique);
                    if (on) {
                        cell.rules << rule->title;
                    }
                }
            }
        }
    }
    for (const store::Alert &alert : alerts) {
        for (const QString &technique : techniquesOf(alert.tags)) {
            for (const QString &tactic : tacticsOf(technique, alert.tags)) {
                ++cellOf(tactic, technique).alerts;
            }
        }
    }
    std::vector<CoverageColumn> result;
    for (const Tactic &tactic : tactics()) {
        const auto found = columns.find(decoded(tactic.tag));
        if (found == columns.end()) {
            continue;
        }
        CoverageColumn column{decoded(tactic.tag), decoded(tactic.name), {}};
        for (auto &[id, cell] : found->second) {
            column.cells.push_back(std::move(cell));
        }
        result.push_back(std::move(column));
    }
    return result;
}

} // namespace octotrail::detect
