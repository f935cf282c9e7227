// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/EventTypeIndex.h"

#include "filter/Matcher.h"
#include "filter/Tree.h"

#include <algorithm>

namespace octotrail::detect {

namespace {

/// Okta has some 1,200 types; hostile events may have any number.
constexpr std::size_t maxKnown = 5000;

enum class Verdict { No, Maybe, Yes };

/// An event of which no more is known than its type.
event::LogEvent eventOf(std::optional<std::string_view> type)
{
    const std::string member = type ? ",\"eventType\":" + event::quoteJson(*type) : std::string();
    return event::LogEvent::fromBytes("{\"uuid\":\"-\"" + member + "}");
}

} // namespace

/// An expression of which only the comparisons with eventType are decided.
struct EventTypeIndex::Condition
{
    enum class Kind { Open, Leaf, All, Any, Not };

    Kind kind = Kind::Open;
    std::optional<filter::Matcher> leaf;
    std::vector<std::unique_ptr<Condition>> terms;

    static std::unique_ptr<Condition> of(const filter::NodePtr &node)
    {
        auto result = std::make_unique<Condition>();
        if (!node) {
            return result;
        }
        if (const auto *comparison = std::get_if<filter::Comparison>(&node->value)) {
            filter::Comparison known = *comparison;
            filter::tree::recogniseField(known);
            if (known.field == event::field::EventType && known.reach != filter::Reach::Anywhere
                && !known.other.isValid()) {
                result->kind = Kind::Leaf;
                result->leaf.emplace(filter::Expression(node));
            }
        } else if (const auto *all = std::get_if<filter::And>(&node->value)) {
            result->addTerms(Kind::All, all->terms);
        } else if (const auto *any = std::get_if<filter::Or>(&node->value)) {
            result->addTerms(Kind::Any, any->terms);
        } else if (const auto *negation = std::get_if<filter::Not>(&node->value)) {
            result->addTerms(Kind::Not, {negation->term});
        }
        return result;
    }

    void addTerms(Kind junction, const std::vector<filter::NodePtr> &nodes)
    {
        kind = junction;
        for (const auto &node : nodes) {
            terms.push_back(of(node));
        }
    }

    Verdict ask(const event::LogEvent &type) const
    {
        switch (kind) {
        case Kind::Open:
            return Verdict::Maybe;
        case Kind::Leaf:
            return leaf->matches(type) ? Verdict::Yes : Verdict::No;
        case Kind::Not: {
            const Verdict verdict = terms.front()->ask(type);
            return verdict == Verdict::Yes ? Verdict::No : verdict == Verdict::No ? Verdict::Yes : Verdict::Maybe;
        }
        case Kind::All: {
            Verdict least = Verdict::Yes;
            for (const auto &term : terms) {
                least = std::min(least, term->ask(type));
            }
            return least;
        }
        case Kind::Any: {
            Verdict most = Verdict::No;
            for (const auto &term : terms) {
                most = std::max(most, term->ask(type));
            }
            return most;
        }
        }
        return Verdict::Maybe;
    }
};

EventTypeIndex::EventTypeIndex(const std::vector<const filter::Expression *> &expressions)
{
    for (const filter::Expression *expression : expressions) {
        m_conditions.push_back(Condition::of(expression->root()));
    }
}

EventTypeIndex::~EventTypeIndex() = default;

bool EventTypeIndex::mayMatch(std::size_t expression, std::optional<std::string_view> type) const
{
    return m_conditions[expression]->ask(eventOf(type)) != Verdict::No;
}

std::vector<std::size_t> EventTypeIndex::find(std::optional<std::string_view> type) const
{
    const auto event = eventOf(type);
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < m_conditions.size(); ++i) {
        if (m_conditions[i]->ask(event) != Verdict::No) {
            found.push_back(i);
        }
    }
    return found;
}

const std::vector<std::size_t> &EventTypeIndex::candidates(const event::LogEvent &event)
{
    const auto type = event.text(event::field::EventType);
    if (!type) {
        m_unkept = find(std::nullopt); // as rare as it is odd
        return m_unkept;
    }
    std::string key(*type);
    if (const auto known = m_known.find(key); known != m_known.end()) {
        return known->second;
    }
    if (m_known.size() >= maxKnown) {
        m_unkept = find(key);
        return m_unkept;
    }
    auto found = find(key);
    return m_known.emplace(std::move(key), std::move(found)).first->second;
}

} // namespace octotrail::detect
