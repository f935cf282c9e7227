// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Correlator.h"
#include "detect/Detector.h"
#include "detect/EventTypeIndex.h"
#include "detect/MatchWords.h"
#include "filter/Matcher.h"

#include <functional>
#include <span>
#include <unordered_map>

namespace octotrail::detect {

/// Runs native rules, all at once. One thread.
class SigmaDetector : public Detector
{
public:
    /// Whether a rule watches a source.
    using Watches = std::function<bool(const Rule &rule, store::SourceId source)>;

    /// Rules that correlations refer to stand before these, as RuleSet has them.
    explicit SigmaDetector(std::vector<RulePtr> rules, Watches watches = {});
    ~SigmaDetector() override;

    void process(const std::vector<EventRef> &events, std::vector<Match> &matches) override;
    std::map<std::string, std::string> takeChangedState() override;
    void restore(const std::map<std::string, std::string> &state) override;

    /// Takes an event of which is known which of the rules on events it matches: their places, growing. It need not
    /// have more than the fields that askedFields() names for these.
    void take(const EventRef &ref, std::span<const std::size_t> matched, std::vector<Match> &matches);

    /// Nothing more comes: windows that are still open are judged.
    void finish(std::vector<Match> &matches);

    const std::vector<RulePtr> &rules() const { return m_rules; }

private:
    struct Runner
    {
        RulePtr rule;
        std::optional<filter::Matcher> matcher; ///< of a rule on events
        std::unique_ptr<Correlator> correlator;
        MatchWords words;
        /// The correlations that take its matches: index of the rule, place among its rules.
        std::vector<std::pair<std::size_t, std::size_t>> feeds;
    };
    struct Tasks
    {
        std::vector<bool> raises; ///< by rule
        std::vector<bool> runs; ///< or is needed by one that does
    };

    const Tasks &tasksOf(store::SourceId source);
    void look(const EventRef &ref, std::vector<Match> &matches);
    void matchedBy(std::size_t rule, const EventRef &ref, const Tasks &tasks, std::vector<Match> &matches);
    void passTime(const EventRef &ref, std::vector<Match> &matches);
    void advance(const EventRef &ref, event::Timestamp time, std::vector<Match> &matches);
    void found(
        std::size_t rule, Match match, const event::LogEvent *event, const Tasks &tasks, std::vector<Match> &matches);
    std::string keyPrefix(const Rule &rule) const;

    std::vector<RulePtr> m_rules;
    std::vector<Runner> m_runners; ///< one for each rule
    std::vector<std::size_t> m_single; ///< indexes of the rules on events, as the index counts them
    std::unique_ptr<EventTypeIndex> m_index;
    Watches m_watches;
    std::unordered_map<store::SourceId, Tasks> m_tasks;
    std::map<store::SourceId, event::Timestamp> m_newest; ///< of each source, by the second
    bool m_closesWindows = false; ///< some correlation judges windows when they are over
    std::map<std::string, std::string> m_stale; ///< keys of rules that are no more: to be removed
};

} // namespace octotrail::detect
