// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/RuleTester.h"

#include "detect/SigmaDetector.h"
#include "detect/panther/PantherRules.h"

#include <algorithm>
#include <set>

namespace octotrail::detect {

std::vector<RulePtr> closureOf(const RuleSet &set, const RulePtr &rule)
{
    std::set<QString> needed{rule->id};
    std::for_each(set.rules.rbegin(), set.rules.rend(), [&needed](const RulePtr &candidate) {
        const Correlation *correlation = candidate->correlation();
        if (correlation && needed.contains(candidate->id)) {
            needed.insert(correlation->rules.begin(), correlation->rules.end());
        }
    });
    std::vector<RulePtr> rules;
    for (const RulePtr &one : set.rules) {
        if (!needed.contains(one->id)) {
            continue;
        }
        Rule copy = *one;
        copy.raises = one->id == rule->id;
        rules.push_back(std::make_shared<const Rule>(std::move(copy)));
    }
    return rules;
}

std::vector<TestOutcome> runTests(const RuleSet &set, const RulePtr &rule)
{
    std::vector<TestOutcome> outcomes;
    if (rule->tests.empty()) {
        return outcomes;
    }
    const auto rules = closureOf(set, rule);
    for (std::size_t i = 0; i < rule->tests.size(); ++i) {
        const RuleTest &test = rule->tests[i];
        std::vector<event::LogEvent> events;
        for (const std::string &json : test.events) {
            events.push_back(event::LogEvent::fromBytes(json));
        }
        std::vector<EventRef> refs;
        for (std::size_t j = 0; j < events.size(); ++j) {
            refs.push_back({static_cast<store::Seq>(j + 1), 1, &events[j]});
        }
        SigmaDetector detector(rules);
        std::vector<Match> matches;
        detector.process(refs, matches);
        detector.finish(matches);
        outcomes.push_back({rule, i, matches.empty() != test.match, static_cast<int>(matches.size())});
    }
    return outcomes;
}

std::vector<NamedOutcome> runNamedTests(const RuleSet &set, const RulePtr &rule)
{
    std::vector<NamedOutcome> named;
    if (!rule->python()) {
        for (const TestOutcome &outcome : runTests(set, rule)) {
            named.push_back({rule->tests[outcome.test].name, outcome.passed, {}});
        }
        return named;
    }
    panther::PantherRules rules(*rule->python()->folder, {rule->id}, {});
    const auto faults = rules.start();
    if (!faults || rules.rules().isEmpty()) {
        return {{QObject::tr("The rule cannot be loaded"), false, faults ? QString() : faults.error().sentence}};
    }
    for (const panther::TestOutcome &outcome : rules.test(0)) {
        named.push_back({outcome.name, outcome.passed, outcome.sentence});
    }
    // Models and helpers that fail show in the tests; a rule that does has no other way.
    for (const panther::Fault &fault : *faults) {
        if (fault.ruleId == rule->id) {
            named.insert(named.begin(), {QObject::tr("The rule cannot be loaded"), false, fault.sentence});
        }
    }
    return named;
}

} // namespace octotrail::detect
