// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/AlertFold.h"
#include "detect/RuleLoader.h"
#include "store/Store.h"

#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>

namespace octotrail::detect {

/// What a rule would have done in the stored past.
struct BackTestResult
{
    std::int64_t matches = 0; ///< how often it fired
    std::int64_t alerts = 0; ///< what would have come of it
    std::vector<store::Seq> events; ///< that fired it, oldest first; bounded
    bool isBounded = false; ///< there were more of them
    std::vector<std::string> uuids; ///< of a correlation: the events of its newest matches
};

/// Asks the store's past. Any thread; waits for the disk.
class BackTest
{
public:
    /// Told now and then, with the part that is done.
    using Progress = std::function<void(double part)>;

    explicit BackTest(std::shared_ptr<store::Store> store);

    /// One rule of the set. A rule on events is asked of the store as a search; a correlation looks at the events that
    /// its rules may match.
    event::Result<BackTestResult> run(const RuleSet &set, const RulePtr &rule, const event::TimeRange &range,
        const std::stop_token &stop = {}, const Progress &progress = {}) const;

    /// The alerts that the rules would have raised, all of them in one go through the events that they may match.
    event::Result<std::vector<AlertFold::Alert>> alerts(const std::vector<RulePtr> &rules,
        const event::TimeRange &range, const std::stop_token &stop = {}, const Progress &progress = {}) const;

private:
    event::Result<filter::Expression> narrowed(const filter::Expression &expression) const;
    event::Result<filter::Expression> candidatesOf(const std::vector<RulePtr> &rules) const;
    event::Result<BackTestResult> runOnEvents(
        const RulePtr &rule, const event::TimeRange &range, const std::stop_token &stop) const;
    event::Status forEachMatch(const std::vector<RulePtr> &rules, const event::TimeRange &range,
        const std::stop_token &stop, const Progress &progress, const std::function<void(Match)> &take) const;

    /// The event types that the store has, as long as nothing is added to it. null for none.
    struct Types
    {
        store::Seq newest = -1;
        std::vector<std::string> types;
    };
    event::Result<std::shared_ptr<const Types>> types() const;

    std::shared_ptr<store::Store> m_store;
    mutable std::mutex m_mutex;
    mutable std::shared_ptr<const Types> m_types;
};

} // namespace octotrail::detect
