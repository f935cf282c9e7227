// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Placeholders.h"
#include "detect/Problem.h"
#include "detect/Rule.h"
#include "detect/Yaml.h"

namespace octotrail::detect {

/// A document of a Sigma file: a rule, a correlation, or a filter that narrows other rules.
struct SigmaDocument
{
    enum class Kind { Rule, Correlation, Filter };

    Kind kind = Kind::Rule;
    Rule rule; ///< of a filter: its id and title
    bool isForOkta = true; ///< by its logsource
    /// Of a filter: what has to hold, too, and for which rules (ids or names; "any" for all).
    filter::NodePtr restriction;
    QStringList filteredRules;
};

/// Reads a document. References to other rules stay as they are written.
Checked<SigmaDocument> readSigmaDocument(const YamlNode &document, const Placeholders &placeholders);

/// The tests of a rule: events as Okta writes them, uuid and published made up where they are left out.
Checked<std::vector<RuleTest>> readRuleTests(const YamlNode &tests);

/// "15s", "10m", "6h", "30d", "2w".
std::optional<std::chrono::seconds> readTimespan(std::string_view text);

} // namespace octotrail::detect
