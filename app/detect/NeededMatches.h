// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Rule.h"
#include "store/EventSieve.h"
#include "store/Records.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace octotrail::store {
class Store;
}

namespace octotrail::detect {

/// Of the past matches of rules that correlations refer to, finds those without which the correlations would find
/// something else. Most sessions, users and addresses never come near to what a correlation looks for, which their
/// groups, times and values tell; no more is read of them.
///
/// Correlators that are given these alone find what they find in all of them. What Correlator forgets of a flood, since
/// what it remembers is bounded, it may be spared here.
class NeededMatches
{
public:
    /// Rules that correlations refer to stand before these, as RuleSet has them.
    explicit NeededMatches(const std::vector<RulePtr> &rules);

    /// Whether the rule's matches serve correlations alone of which is known what they need.
    bool concerns(std::size_t rule) const { return m_isThinned[rule]; }

    /// Reads the matches of a rule that is concerned. Does nothing if they are too many, or none that SQL finds.
    event::Status read(store::Store &store, std::size_t rule, const filter::Expression &expression,
        const event::TimeRange &range, const std::stop_token &stop);

    /// Chooses among the matches of all the rules that were read. Once, after that.
    void choose();

    /// The matches of a rule that are needed, by time, after choose(); nullopt if they are to be asked for.
    std::optional<std::vector<store::EventSieve::Known>> take(std::size_t rule);

private:
    struct Entry
    {
        std::uint64_t group = 0, value = 0; ///< their hashes
        std::uint32_t hit = 0;
    };
    /// That a correlation takes a rule's matches.
    struct Feed
    {
        std::size_t correlation = 0; ///< index of the rule
        std::size_t place = 0; ///< among the correlation's rules
        std::vector<std::size_t> groupBy, fields; ///< which of the paths
        std::vector<Entry> entries{};
    };
    struct Source
    {
        std::vector<event::FieldPath> paths;
        std::vector<Feed> feeds;
        std::vector<store::EventSieve::Known> hits;
        std::vector<bool> isNeeded; ///< by hit
        bool isRead = false;
    };
    struct Occurrence;
    using Occurrences = std::vector<Occurrence>;

    bool canThin(std::size_t correlation) const;
    std::optional<std::size_t> placeOf(const QString &id, std::size_t before) const;
    void settle();
    bool plan(std::size_t rule, Feed &feed, Source &source) const;
    void chooseFor(std::size_t correlation);
    void keep(const Occurrence &occurrence);
    void chooseWindows(const Correlation &correlation, std::span<Occurrence> group);
    void chooseFirst(const Correlation &correlation, std::span<Occurrence> group);
    void chooseJourney(std::span<Occurrence> group);

    std::vector<RulePtr> m_rules;
    std::vector<Source> m_sources; ///< by rule
    std::vector<bool> m_isThinned; ///< by rule, of both kinds
    std::size_t m_entries = 0;
};

} // namespace octotrail::detect
