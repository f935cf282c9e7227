// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/PastMatches.h"

#include "detect/AskedFields.h"
#include "detect/DetectorSet.h"
#include "detect/EventTypeIndex.h"
#include "detect/NeededMatches.h"
#include "filter/Tree.h"
#include "store/Arrivals.h"

#include <algorithm>

namespace octotrail::detect {

namespace {

constexpr std::size_t eventsAtOnce = 500;
constexpr std::int64_t progressEvery = 20'000;
/// A rule that may match more types than that is asked without them.
constexpr std::size_t maxTypes = 100;
/// Of the progress: choosing what correlations need.
constexpr double choosingPart = 0.3;

PastMatches::Progress partOf(const PastMatches::Progress &progress, double begin, double length)
{
    return progress ? PastMatches::Progress([=](double part) { progress(begin + length * part); })
                    : PastMatches::Progress();
}

bool isNothing(const filter::Expression &expression)
{
    const auto *any = expression.root() ? std::get_if<filter::Or>(&expression.root()->value) : nullptr;
    return any && any->terms.empty();
}

} // namespace

PastMatches::PastMatches(std::shared_ptr<store::Store> store)
    : m_store(std::move(store))
{ }

event::Result<std::shared_ptr<const PastMatches::Types>> PastMatches::types() const
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
event::Result<filter::Expression> PastMatches::narrowed(const filter::Expression &expression) const
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
    if (comparison.literals.size() > maxTypes) {
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

/// Native rules.
event::Status PastMatches::sift(const std::vector<RulePtr> &rules, const event::TimeRange &range, const Take &take,
    const Progress &progress, const std::stop_token &stop) const
{
    std::vector<store::EventSieve::Question> questions;
    std::vector<std::size_t> rulesOf; // which rule a question is of
    std::vector<event::FieldPath> paths;
    const auto asked = askedFields(rules);
    NeededMatches needed(rules);
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (!rules[i]->expression() || asked[i].empty()) {
            continue; // a correlation, or nobody asks for its matches
        }
        auto expression = narrowed(*rules[i]->expression());
        if (!expression) {
            return tl::unexpected(expression.error());
        }
        if (needed.concerns(i)) {
            if (event::Status read = needed.read(*m_store, i, *expression, range, stop); !read) {
                return read;
            }
            if (progress) {
                progress(choosingPart * static_cast<double>(i) / static_cast<double>(rules.size()));
            }
        }
        questions.emplace_back().expression = std::move(*expression);
        rulesOf.push_back(i);
    }
    needed.choose();
    for (std::size_t i = questions.size(); i-- > 0;) {
        store::EventSieve::Question &question = questions[i];
        const auto &fields = asked[rulesOf[i]];
        question.known = needed.take(rulesOf[i]);
        if (question.known ? question.known->empty() : isNothing(question.expression)) {
            questions.erase(questions.begin() + static_cast<std::ptrdiff_t>(i));
            rulesOf.erase(rulesOf.begin() + static_cast<std::ptrdiff_t>(i));
            continue;
        }
        const bool isInColumns = std::ranges::all_of(fields, [](const FieldName &field) {
            return field.reach == filter::Reach::Exact && store::EventSieve::hasColumn(field.path);
        });
        if (isInColumns) {
            std::ranges::transform(fields, std::back_inserter(paths), &FieldName::path);
        }
        question.wantsBytes = !isInColumns;
    }
    SigmaDetector detector(rules);
    std::vector<Match> matches;
    const auto tell = [&] {
        for (Match &match : matches) {
            take(std::move(match));
        }
        matches.clear();
    };
    std::vector<std::size_t> matched;
    event::Status sifted = store::EventSieve(*m_store, std::move(questions), std::move(paths))
                               .run(
                                   range,
                                   [&](const store::StoredEvent &stored, std::span<const std::size_t> answers) {
                                       matched.clear();
                                       for (const std::size_t answer : answers) {
                                           matched.push_back(rulesOf[answer]);
                                       }
                                       detector.take({stored.seq, stored.source, &stored.event}, matched, matches);
                                       tell();
                                   },
                                   partOf(progress, choosingPart, 1 - choosingPart), stop);
    if (!sifted) {
        return sifted;
    }
    detector.finish(matches);
    tell();
    return {};
}

/// Rules in Python.
event::Status PastMatches::showAll(const std::vector<RulePtr> &rules, const event::TimeRange &range, const Take &take,
    const Progress &progress, const std::stop_token &stop) const
{
    const auto sources = m_store->sources().result();
    if (!sources) {
        return tl::unexpected(sources.error());
    }
    std::map<store::SourceId, store::SourceConfig> byId;
    for (const store::SourceConfig &source : *sources) {
        byId.emplace(source.id, source);
    }
    DetectorSet detector(rules, {}, byId);
    std::int64_t total = 0;
    std::int64_t done = 0;
    std::vector<Match> matches;
    std::vector<store::StoredEvent> waiting;
    const auto takeAll = [&] {
        std::vector<EventRef> events;
        events.reserve(waiting.size());
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
    store::EventQuery query;
    query.range = range;
    query.descending = false;
    auto read = m_store->forEachEvent(
        query, [&](std::int64_t count) { total = count; },
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
    if (read) {
        takeAll();
    }
    return read;
}

event::Status PastMatches::forEach(const std::vector<RulePtr> &rules, const event::TimeRange &range, const Take &take,
    const Progress &progress, const std::stop_token &stop) const
{
    std::vector<RulePtr> native;
    std::vector<RulePtr> others;
    for (const RulePtr &rule : rules) {
        (rule->python() ? others : native).push_back(rule);
    }
    if (others.empty()) {
        return sift(native, range, take, progress, stop);
    }
    if (native.empty()) {
        return showAll(others, range, take, progress, stop);
    }
    constexpr double nativePart = 0.2; // these are fast
    return sift(native, range, take, partOf(progress, 0, nativePart), stop).and_then([&] {
        return showAll(others, range, take, partOf(progress, nativePart, 1 - nativePart), stop);
    });
}

} // namespace octotrail::detect
