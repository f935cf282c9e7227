// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/BackTest.h"

#include "detect/DetectorSet.h"
#include "detect/EventTypeIndex.h"
#include "detect/MatchWords.h"
#include "detect/RuleTester.h"
#include "filter/Tree.h"
#include "store/Arrivals.h"
#include "store/QuerySeqs.h"

#include <algorithm>
#include <deque>

namespace octotrail::detect {

namespace {

constexpr std::size_t maxEvents = 100'000;
constexpr std::size_t maxUuids = 500;
/// Rows whose keys are read at a time.
constexpr std::size_t rowStep = 20'000;
constexpr std::size_t eventsAtOnce = 500;
constexpr std::int64_t progressEvery = 20'000;

store::EventQuery oldestFirst(filter::Expression expression, const event::TimeRange &range)
{
    store::EventQuery query;
    query.expression = std::move(expression);
    query.range = range;
    query.descending = false;
    return query;
}

} // namespace

BackTest::BackTest(std::shared_ptr<store::Store> store)
    : m_store(std::move(store))
{ }

event::Result<std::shared_ptr<const BackTest::Types>> BackTest::types() const
{
    const auto newest = store::Arrivals(m_store).newest();
    if (!newest) {
        return tl::unexpected(newest.error());
    }
    const std::lock_guard lock(m_mutex);
    if (!m_types || m_types->newest != *newest) {
        const auto counts = m_store->countBy({}, "eventType", 10'000).result();
        if (!counts) {
            return tl::unexpected(counts.error());
        }
        auto found = std::make_shared<Types>();
        found->newest = *newest;
        for (const auto &count : *counts) {
            found->types.push_back(count.value);
        }
        m_types = std::move(found);
    }
    return m_types;
}

/// The expression with the event types that it can match, as the store has them: these are found without folding the
/// case of every event's type, and often there are none.
event::Result<filter::Expression> BackTest::narrowed(const filter::Expression &expression) const
{
    const EventTypeIndex index({&expression});
    if (index.mayMatch(0, std::nullopt)) {
        return expression;
    }
    const auto known = types();
    if (!known) {
        return tl::unexpected(known.error());
    }
    filter::Comparison comparison;
    comparison.path = event::FieldPath("eventType");
    comparison.field = event::field::EventType;
    comparison.op = filter::Operator::In;
    comparison.caseSensitive = true;
    for (const std::string &type : (*known)->types) {
        if (!type.empty() && index.mayMatch(0, type)) {
            comparison.literals.emplace_back(type);
        }
    }
    if (comparison.literals.size() > 100) {
        return expression;
    }
    if (comparison.literals.empty()) {
        return filter::Expression(filter::tree::make(filter::Or{})); // nothing
    }
    filter::And both;
    both.terms.push_back(filter::tree::make(std::move(comparison)));
    filter::tree::append(both, expression.root());
    return filter::Expression(filter::tree::make(std::move(both)));
}

/// What any of the rules may match.
event::Result<filter::Expression> BackTest::candidatesOf(const std::vector<RulePtr> &rules) const
{
    filter::Or any;
    for (const RulePtr &rule : rules) {
        if (rule->python()) {
            return filter::Expression();
        }
        if (const filter::Expression *expression = rule->expression()) {
            if (expression->matchesAll()) {
                return filter::Expression();
            }
            const auto narrow = narrowed(*expression);
            if (!narrow) {
                return narrow;
            }
            filter::tree::append(any, narrow->root());
        }
    }
    return filter::Expression(filter::tree::make(std::move(any)));
}

event::Result<BackTestResult> BackTest::runOnEvents(
    const RulePtr &rule, const event::TimeRange &range, const std::stop_token &stop) const
{
    const auto expression = narrowed(*rule->expression());
    if (!expression) {
        return tl::unexpected(expression.error());
    }
    const auto *nothing = expression->root() ? std::get_if<filter::Or>(&expression->root()->value) : nullptr;
    if (nothing && nothing->terms.empty()) {
        return BackTestResult();
    }
    auto seqs = store::seqsOf(*m_store, oldestFirst(*expression, range), stop);
    if (!seqs) {
        return tl::unexpected(seqs.error());
    }
    BackTestResult result;
    result.matches = static_cast<std::int64_t>(seqs->size());
    std::vector<std::string> paths;
    for (const auto &path : MatchWords(*rule).dedupFields()) {
        paths.push_back(path.toString());
    }
    AlertFold fold;
    for (std::size_t first = 0; first < seqs->size() && !stop.stop_requested(); first += rowStep) {
        const auto begin = seqs->begin() + static_cast<std::ptrdiff_t>(first);
        const auto end = begin + static_cast<std::ptrdiff_t>(std::min(rowStep, seqs->size() - first));
        const auto rows = m_store->rows({begin, end}, paths).result();
        if (!rows) {
            return tl::unexpected(rows.error());
        }
        for (const store::EventRow &row : *rows) {
            QString key;
            for (const QString &cell : row.cells) {
                key += cell + u'\n';
            }
            fold.count(rule, key, row.published.value_or(event::Timestamp{}));
        }
    }
    result.alerts = fold.raised();
    result.isBounded = seqs->size() > maxEvents;
    seqs->resize(std::min(seqs->size(), maxEvents));
    result.events = std::move(*seqs);
    return result;
}

event::Status BackTest::forEachMatch(const std::vector<RulePtr> &rules, const event::TimeRange &range,
    const std::stop_token &stop, const Progress &progress, const std::function<void(Match)> &take) const
{
    const auto candidates = candidatesOf(rules);
    if (!candidates) {
        return tl::unexpected(candidates.error());
    }
    DetectorSet detector(rules);
    std::int64_t total = 0;
    std::int64_t done = 0;
    std::vector<Match> matches;
    std::vector<store::StoredEvent> waiting;
    const auto takeAll = [&] {
        std::vector<EventRef> events;
        for (const store::StoredEvent &stored : waiting) {
            events.push_back({stored.seq, stored.source, &stored.event});
        }
        detector.process(events, matches);
        waiting.clear();
        for (Match &match : matches) {
            take(std::move(match));
        }
        matches.clear();
    };
    auto read = m_store->forEachEvent(
        oldestFirst(*candidates, range), [&](std::int64_t count) { total = count; },
        [&](const store::StoredEvent &stored) {
            waiting.push_back(stored);
            if (waiting.size() == eventsAtOnce) {
                takeAll();
            }
            if (progress && ++done % progressEvery == 0) {
                progress(static_cast<double>(done) / static_cast<double>(std::max<std::int64_t>(total, 1)));
            }
            return true;
        },
        stop);
    if (!read) {
        return read;
    }
    takeAll();
    detector.finish(matches);
    takeAll();
    return {};
}

event::Result<BackTestResult> BackTest::run(const RuleSet &set, const RulePtr &rule, const event::TimeRange &range,
    const std::stop_token &stop, const Progress &progress) const
{
    if (rule->expression()) {
        return runOnEvents(rule, range, stop);
    }
    BackTestResult result;
    AlertFold fold;
    std::deque<std::string> uuids;
    const auto read = forEachMatch(closureOf(set, rule), range, stop, progress, [&](Match match) {
        ++result.matches;
        if (result.events.size() < maxEvents) {
            result.events.push_back(match.firedBy);
        } else {
            result.isBounded = true;
        }
        for (const Member &member : match.members) {
            uuids.push_back(member.uuid);
        }
        while (uuids.size() > maxUuids) {
            uuids.pop_front();
        }
        fold.add(std::move(match));
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    result.uuids.assign(uuids.begin(), uuids.end());
    std::ranges::sort(result.uuids);
    result.uuids.erase(std::ranges::unique(result.uuids).begin(), result.uuids.end());
    result.alerts = fold.raised();
    return result;
}

event::Result<std::vector<AlertFold::Alert>> BackTest::alerts(const std::vector<RulePtr> &rules,
    const event::TimeRange &range, const std::stop_token &stop, const Progress &progress) const
{
    AlertFold fold;
    const auto read = forEachMatch(rules, range, stop, progress, [&](Match match) { fold.add(std::move(match)); });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return fold.take();
}

} // namespace octotrail::detect
