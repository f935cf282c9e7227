// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/OwnRules.h"
#include "detect/RuleDraft.h"
#include "detect/RuleLoader.h"

#include <vector>

namespace octotrail::detect {

/// Something to say of a draft.
struct Remark
{
    enum class Weight {
        Error, ///< the rule cannot be used
        Hint, ///< it can, but may not do what was meant
    };

    Weight weight = Weight::Error;
    bool isOfPython = false; ///< the line is one of the Python text; else of the YAML
    int line = 0; ///< 1-based; 0: the draft as a whole
    QString sentence;

    bool operator==(const Remark &) const = default;
};

/// What came of a test that the draft carries.
struct CheckedTest
{
    QString name;
    bool match = true; ///< whether the rule has to fire
    bool passed = false;
    QString sentence; ///< what happened
    int line = 0; ///< of the YAML; 0 if it is not known

    bool operator==(const CheckedTest &) const = default;
};

/// What a draft is worth.
struct RuleCheck
{
    RuleDraft draft; ///< that was checked
    std::vector<Remark> remarks; ///< errors first
    std::vector<CheckedTest> tests;
    RuleSet set;
    RulePtr rule; ///< the one that raises alerts; null if there is none that can be used

    bool isUsable() const { return rule != nullptr; }
};

/// Reads the draft and runs its tests. Rules in Python run in a process of their own: any thread but the GUI's.
/// helpers are those of folders that the analyst has added, which rules in Python may import.
RuleCheck checkDraft(const RuleDraft &draft, const PythonHelpers &helpers = {});

} // namespace octotrail::detect
