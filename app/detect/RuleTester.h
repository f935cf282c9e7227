// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/RuleLoader.h"

namespace octotrail::detect {

/// What came of a test that a rule carries.
struct TestOutcome
{
    RulePtr rule;
    std::size_t test = 0; ///< into Rule::tests
    bool passed = false;
    int matches = 0; ///< how often the rule fired
};

/// The rule with what it refers to, in an order that detectors take; the rule itself raises.
std::vector<RulePtr> closureOf(const RuleSet &set, const RulePtr &rule);

/// Runs the tests of one rule of the set.
std::vector<TestOutcome> runTests(const RuleSet &set, const RulePtr &rule);

/// A test of a rule in Sigma or in Python, by its name.
struct NamedOutcome
{
    QString name;
    bool passed = false;
    QString sentence; ///< why not, where there is more to say
};

/// Runs the tests of one rule of the set, whatever it is written in. Rules in Python get a process of their own, which
/// takes a moment to start.
std::vector<NamedOutcome> runNamedTests(const RuleSet &set, const RulePtr &rule);

} // namespace octotrail::detect
