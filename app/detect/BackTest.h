// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/AlertFold.h"
#include "detect/PastMatches.h"
#include "detect/RuleLoader.h"

namespace octotrail::detect {

/// What a rule would have done in the stored past.
struct BackTestResult
{
    std::int64_t matches = 0; ///< how often it fired
    std::int64_t alerts = 0; ///< what would have come of it
    std::vector<store::Seq> events; ///< that fired it, oldest first; bounded
    bool isBounded = false; ///< there were more of them
    std::vector<std::string> uuids; ///< of a rule that is no filter: the events of its newest matches
};

/// Asks the store's past. Any thread; waits for the disk.
class BackTest
{
public:
    using Progress = PastMatches::Progress;

    explicit BackTest(std::shared_ptr<store::Store> store);

    /// One rule of the set.
    event::Result<BackTestResult> run(const RuleSet &set, const RulePtr &rule, const event::TimeRange &range,
        const std::stop_token &stop = {}, const Progress &progress = {}) const;

    /// The alerts that the rules would have raised, all of them in one go through the events that they match.
    event::Result<std::vector<AlertFold::Alert>> alerts(const std::vector<RulePtr> &rules,
        const event::TimeRange &range, const std::stop_token &stop = {}, const Progress &progress = {}) const;

private:
    PastMatches m_past;
};

} // namespace octotrail::detect
