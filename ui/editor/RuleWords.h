// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/RuleCompletion.h"

#include <QStringList>

/// The words of rules, with what they mean.
namespace octotrail::ui::rulewords {

using Words = std::vector<RuleCandidate>;

const Words &sigmaAttributes();
const Words &sigmaModifiers();
const Words &logsourceAttributes();
/// What a detection is usually made of.
const Words &selectionNames();
const Words &correlationAttributes();
const Words &correlationTypes();
const Words &alertAttributes();
const Words &testAttributes();
const Words &pantherAttributes();
const Words &pantherTestAttributes();
const Words &pythonFunctions();
const Words &eventMethods();

/// Values of an attribute or a field that has few; empty for others.
const Words &valuesOf(const QString &key);
/// Okta's event types, with what they tell.
const Words &eventTypes();
/// Whole field paths of events, with their captions.
const Words &fieldPaths();
/// The names that may follow in an event below this path ("actor"; empty: an event's own).
Words namesBelow(const QStringList &path);
/// attack.t1110 and so on.
const Words &attackTags();

} // namespace octotrail::ui::rulewords
