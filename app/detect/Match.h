// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Rule.h"
#include "store/Records.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace octotrail::detect {

/// An event as detectors are given it; it belongs to the caller.
struct EventRef
{
    store::Seq seq = 0;
    store::SourceId source = 0;
    const event::LogEvent *event = nullptr;
};

/// An event that took part in a match.
struct Member
{
    store::Seq seq = 0;
    std::string uuid;
};

/// What a rule's own code says of a match, in place of what its author says of all of them.
struct Verdict
{
    Level level = Level::Medium;
    QString description, reference, runbook;
    std::optional<std::string> unique; ///< the threshold then counts distinct ones
};

/// One match of a rule.
struct Match
{
    RulePtr rule;
    store::SourceId source = 0;
    std::vector<Member> members; ///< oldest first; the last ones if there are very many
    event::Timestamp first, last; ///< of its events
    /// Group-by names of a correlation and their values.
    std::vector<std::pair<std::string, std::string>> group;
    std::string measure; ///< what a correlation found: "12 events within 10m"; empty for single events
    QString title;
    QString dedupKey;
    QString actor; ///< whom it is about, if the rule's title, key or group says so
    QString context; ///< JSON
    std::optional<Verdict> verdict;
    store::Seq firedBy = 0; ///< the event that made it

    Level level() const { return verdict ? verdict->level : rule->level; }
};

} // namespace octotrail::detect
