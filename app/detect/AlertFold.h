// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Match.h"

#include <map>
#include <vector>

namespace octotrail::detect {

/// The alerts that matches make, folded in memory as the store folds findings: for what would have been.
class AlertFold
{
public:
    struct Alert
    {
        Match match; ///< the first one, with the events of all
        std::int64_t matches = 0;
        bool isRaised = false; ///< its threshold was reached
    };

    /// Matches come in the order of their events' time.
    void add(Match match);
    /// Counts a match of which no more than its key is known.
    void count(const RulePtr &rule, const QString &key, event::Timestamp time);

    /// In the order in which they began; those that were not raised are left out.
    std::vector<Alert> take();
    std::int64_t raised() const;

private:
    std::vector<Alert> m_alerts;
    std::map<std::pair<QString, QString>, std::size_t> m_open; ///< of a rule and key: the newest alert
};

} // namespace octotrail::detect
