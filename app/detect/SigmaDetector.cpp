// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/SigmaDetector.h"

#include <algorithm>

namespace octotrail::detect {

namespace {

constexpr std::string_view keyRoot = "sigma/";

} // namespace

SigmaDetector::SigmaDetector(std::vector<RulePtr> rules, Watches watches)
    : m_rules(std::move(rules))
    , m_watches(std::move(watches))
{
    std::vector<const filter::Expression *> expressions;
    std::map<QString, std::size_t> places;
    for (const RulePtr &rule : m_rules) {
        const std::size_t place = m_runners.size();
        Runner &runner = m_runners.emplace_back(Runner{rule, std::nullopt, nullptr, MatchWords(*rule), {}});
        places.emplace(rule->id, place);
        if (const filter::Expression *expression = rule->expression()) {
            runner.matcher.emplace(*expression);
            expressions.push_back(expression);
            m_single.push_back(place);
        } else if (const Correlation *correlation = rule->correlation()) {
            runner.correlator = Correlator::make(rule);
            m_closesWindows = m_closesWindows || correlation->condition.hasUpperBound();
            for (qsizetype i = 0; i < correlation->rules.size(); ++i) {
                if (const auto named = places.find(correlation->rules[i]); named != places.end()) {
                    m_runners[named->second].feeds.emplace_back(place, static_cast<std::size_t>(i));
                }
            }
        }
    }
    m_index = std::make_unique<EventTypeIndex>(expressions);
}

SigmaDetector::~SigmaDetector() = default;

const SigmaDetector::Tasks &SigmaDetector::tasksOf(store::SourceId source)
{
    if (const auto known = m_tasks.find(source); known != m_tasks.end()) {
        return known->second;
    }
    Tasks tasks;
    tasks.raises.resize(m_rules.size());
    tasks.runs.resize(m_rules.size());
    // Backwards: what others need stands before them.
    for (std::size_t i = m_rules.size(); i-- > 0;) {
        const bool isWatching = !m_watches || m_watches(*m_rules[i], source);
        tasks.raises[i] = isWatching && m_rules[i]->raises;
        tasks.runs[i] = tasks.raises[i]
            || std::ranges::any_of(m_runners[i].feeds, [&](const auto &feed) { return tasks.runs[feed.first]; });
    }
    return m_tasks.emplace(source, std::move(tasks)).first->second;
}

void SigmaDetector::process(const std::vector<EventRef> &events, std::vector<Match> &matches)
{
    for (const EventRef &ref : events) {
        look(ref, matches);
        passTime(ref, matches);
    }
}

void SigmaDetector::take(const EventRef &ref, std::span<const std::size_t> matched, std::vector<Match> &matches)
{
    const Tasks &tasks = tasksOf(ref.source);
    for (const std::size_t rule : matched) {
        if (tasks.runs[rule]) {
            matchedBy(rule, ref, tasks, matches);
        }
    }
    passTime(ref, matches);
}

/// Windows end once a second of the source's time, wherever batches begin and end.
void SigmaDetector::passTime(const EventRef &ref, std::vector<Match> &matches)
{
    const auto time = ref.event->published();
    if (!time || !m_closesWindows) {
        return;
    }
    const auto second = std::chrono::floor<std::chrono::seconds>(*time);
    auto &newest = m_newest.try_emplace(ref.source, event::Timestamp::min()).first->second;
    if (second > newest) {
        newest = second;
        advance(ref, second, matches);
    }
}

void SigmaDetector::advance(const EventRef &ref, event::Timestamp time, std::vector<Match> &matches)
{
    const Tasks &tasks = tasksOf(ref.source);
    for (std::size_t i = 0; i < m_runners.size(); ++i) {
        if (!m_runners[i].correlator || !tasks.runs[i]) {
            continue;
        }
        std::vector<Match> closed;
        m_runners[i].correlator->advance(ref.source, time, ref.seq, closed);
        for (Match &match : closed) {
            found(i, std::move(match), nullptr, tasks, matches);
        }
    }
}

void SigmaDetector::finish(std::vector<Match> &matches)
{
    for (std::size_t i = 0; i < m_runners.size(); ++i) {
        if (!m_runners[i].correlator) {
            continue;
        }
        std::vector<Match> closed;
        m_runners[i].correlator->finish(closed);
        for (Match &match : closed) {
            const Tasks &tasks = tasksOf(match.source);
            found(i, std::move(match), nullptr, tasks, matches);
        }
    }
}

void SigmaDetector::look(const EventRef &ref, std::vector<Match> &matches)
{
    const Tasks &tasks = tasksOf(ref.source);
    for (const std::size_t candidate : m_index->candidates(*ref.event)) {
        const std::size_t place = m_single[candidate];
        if (tasks.runs[place] && m_runners[place].matcher->matches(*ref.event)) {
            matchedBy(place, ref, tasks, matches);
        }
    }
}

void SigmaDetector::matchedBy(std::size_t rule, const EventRef &ref, const Tasks &tasks, std::vector<Match> &matches)
{
    Match match;
    match.rule = m_runners[rule].rule;
    match.source = ref.source;
    match.members.push_back({ref.seq, std::string(ref.event->uuid())});
    match.first = ref.event->published().value_or(event::Timestamp{});
    match.last = match.first;
    match.firedBy = ref.seq;
    found(rule, std::move(match), ref.event, tasks, matches);
}

/// Hands a match to the correlations that wait for it, and tells it if it is to be told.
void SigmaDetector::found(
    std::size_t rule, Match match, const event::LogEvent *event, const Tasks &tasks, std::vector<Match> &matches)
{
    Runner &runner = m_runners[rule];
    for (const auto &[place, index] : runner.feeds) {
        // An event without a time stands nowhere among others.
        if (!tasks.runs[place] || (event && !event->published())) {
            continue;
        }
        std::vector<Match> correlated;
        m_runners[place].correlator->take(
            {index, match.source, match.last, event, match.members, match.group}, correlated);
        for (Match &one : correlated) {
            found(place, std::move(one), event, tasks, matches);
        }
    }
    if (tasks.raises[rule]) {
        runner.words.put(match, event);
        matches.push_back(std::move(match));
    }
}

std::string SigmaDetector::keyPrefix(const Rule &rule) const
{
    return std::string(keyRoot) + rule.id.toStdString() + '/' + rule.digest + '/';
}

std::map<std::string, std::string> SigmaDetector::takeChangedState()
{
    std::map<std::string, std::string> state = std::exchange(m_stale, {});
    for (const Runner &runner : m_runners) {
        if (runner.correlator) {
            const std::string prefix = keyPrefix(*runner.rule);
            for (auto &[part, text] : runner.correlator->takeChanged()) {
                state[prefix + part] = std::move(text);
            }
        }
    }
    return state;
}

void SigmaDetector::restore(const std::map<std::string, std::string> &state)
{
    for (const auto &[key, text] : state) {
        if (!key.starts_with(keyRoot)) {
            continue;
        }
        const auto end = key.rfind('/');
        const std::string prefix = key.substr(0, end + 1);
        const auto owner = std::ranges::find_if(
            m_runners, [&](const Runner &runner) { return runner.correlator && prefix == keyPrefix(*runner.rule); });
        if (owner == m_runners.end()) {
            m_stale[key].clear();
        } else {
            owner->correlator->restore(key.substr(end + 1), text);
        }
    }
}

} // namespace octotrail::detect
