// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/Findings.h"

#include <algorithm>
#include <iterator>

namespace octotrail::detect {

namespace {

store::AlertSeverity severityOf(Level level)
{
    switch (level) {
    case Level::Informational:
        return store::AlertSeverity::Info;
    case Level::Low:
        return store::AlertSeverity::Low;
    case Level::Medium:
        return store::AlertSeverity::Medium;
    case Level::High:
        return store::AlertSeverity::High;
    case Level::Critical:
        return store::AlertSeverity::Critical;
    }
    return store::AlertSeverity::Medium;
}

} // namespace

store::Finding findingOf(const Match &match)
{
    const Rule &rule = *match.rule;
    store::Finding finding;
    finding.ruleId = rule.id;
    finding.ruleTitle = rule.title;
    finding.title = match.title;
    finding.dedupKey = match.dedupKey;
    finding.actor = match.actor;
    finding.severity = severityOf(match.level());
    finding.description = rule.description;
    finding.reference = rule.references.join(u'\n');
    finding.runbook = rule.response.join(u'\n');
    if (match.verdict) {
        finding.description = match.verdict->description;
        finding.reference = match.verdict->reference;
        finding.runbook = match.verdict->runbook;
        finding.uniqueValue = match.verdict->unique;
    }
    finding.tags = rule.tags;
    finding.context = match.context;
    finding.isRecord = rule.alert.isRecord;
    finding.isTally = !match.measure.empty();
    finding.source = match.source;
    for (const Member &member : match.members) {
        finding.seqs.push_back(member.seq);
        finding.uuids.push_back(member.uuid);
    }
    finding.first = match.first;
    finding.last = match.last;
    finding.threshold = rule.alert.threshold;
    finding.dedupPeriod = rule.alert.period;
    return finding;
}

std::vector<store::Finding> findingsOf(const std::vector<Match> &matches)
{
    std::vector<store::Finding> findings;
    findings.reserve(matches.size());
    std::ranges::transform(matches, std::back_inserter(findings), findingOf);
    return findings;
}

} // namespace octotrail::detect
