// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/Findings.h"

#include <algorithm>
#include <unordered_set>

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

/// Adds what the other finding has and this one has not.
void join(store::Finding &finding, const store::Finding &other)
{
    const std::unordered_set<std::string> known(finding.uuids.begin(), finding.uuids.end());
    for (std::size_t i = 0; i < other.uuids.size(); ++i) {
        if (!known.contains(other.uuids[i])) {
            finding.seqs.push_back(other.seqs[i]);
            finding.uuids.push_back(other.uuids[i]);
        }
    }
    finding.first = std::min(finding.first, other.first);
    finding.last = std::max(finding.last, other.last);
    finding.context = other.context; // the newest tells the highest count
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
    std::map<std::pair<QString, QString>, std::size_t> open; // of a rule and key
    for (const Match &match : matches) {
        store::Finding finding = findingOf(match);
        if (!match.rule->correlation() || match.rule->alert.threshold > 1) {
            findings.push_back(std::move(finding));
            continue;
        }
        const auto [it, isNew] = open.try_emplace({finding.ruleId, finding.dedupKey}, findings.size());
        if (!isNew) {
            store::Finding &known = findings[it->second];
            const auto span = std::max(known.last, finding.last) - std::min(known.first, finding.first);
            if (known.source == finding.source && span < known.dedupPeriod && known.uuids.size() < 5000) {
                join(known, finding);
                continue;
            }
            it->second = findings.size();
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace octotrail::detect
