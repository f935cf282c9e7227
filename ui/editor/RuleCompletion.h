// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>
#include <vector>

namespace octotrail::ui {

/// Something that may stand at a place in a rule.
struct RuleCandidate
{
    QString text; ///< what is shown, and what decides which are offered
    QString description; ///< a few words; may be empty
    QString insertion{}; ///< what is put in; empty: the text

    const QString &inserted() const { return insertion.isEmpty() ? text : insertion; }
    bool operator==(const RuleCandidate &) const = default;
};

struct RuleCompletion
{
    qsizetype start = 0; ///< what is replaced begins here
    qsizetype length = 0;
    std::vector<RuleCandidate> candidates; ///< best first; empty: nothing to offer
};

enum class RuleLanguage { Sigma, PantherYaml, Python };

/// Reads the rule up to the cursor, and offers attributes, modifiers, field paths, event types and other values that
/// Okta, Sigma and Panther's format know.
RuleCompletion completeRule(QStringView text, qsizetype cursor, RuleLanguage language);

} // namespace octotrail::ui
