// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/RuleDraft.h"
#include "event/LogEvent.h"
#include "filter/Expression.h"

#include <QStringList>
#include <vector>

/// What new rules begin with.
namespace octotrail::detect {

/// A field that an event has, to be chosen for a rule.
struct EventTrait
{
    std::string path; ///< Okta's
    QString caption;
    QString value;
    bool isUsual = false; ///< a rule on such events mostly asks for it
    bool operator==(const EventTrait &) const = default;
};

/// What the event has that a rule may ask for, in the order in which rules do; its identity and times are left out.
std::vector<EventTrait> traitsOf(const event::LogEvent &event);

/// A rule on events like this one: that have all these traits; with the event, cut down to what matters, as its test.
RuleDraft draftFromEvent(const event::LogEvent &event, const std::vector<EventTrait> &traits);

/// A rule on the events that a filter shows. InvalidInput where the filter cannot be said in Sigma, with the reason.
event::Result<RuleDraft> draftFromFilter(const QString &filter);

/// A rule to begin with that Octotrail brings.
struct RuleTemplate
{
    QString id; ///< its file's name
    QString title;
    QString description;
    RuleDraft draft; ///< with ids that are the template's: use withNewIds()
};

/// Those of the installed program, or of the source folder of the build. Waits for the disk.
std::vector<RuleTemplate> ruleTemplates();
QString ruleTemplatesFolder();

} // namespace octotrail::detect
