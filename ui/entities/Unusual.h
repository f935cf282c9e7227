// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/EntityProfile.h"
#include "ui/models/TimeDisplay.h"

#include <QString>
#include <vector>

namespace octotrail::ui {

/// Something about an entity that was not so before.
struct Unusual
{
    QString sentence; ///< plain text, bounded
    QString filter; ///< finds the events that it speaks of, in the range
};

/// What is unusual for the entity in the range, by what the events before it say: countries, networks, apps, devices
/// and user agents that are new, hours that it hardly ever kept, many more failures. The weightiest first. Without
/// events before there is nothing to compare with, and nothing unusual.
std::vector<Unusual> unusualOf(
    const store::Entity &entity, const store::EntityData &data, const event::TimeRange &range, const TimeDisplay &time);

/// What the comparison rests on, or why there is none: a sentence.
QString comparedWith(const store::EntityData &data, const event::TimeRange &range, const TimeDisplay &time);

/// Hours of the day in which it was active in the range though hardly ever before; none without enough events
/// before, over a week at least.
std::vector<int> rareHours(const store::EntityData &data, const event::TimeRange &range);

/// A filter for the hour of a weekday (0 is Monday) within the time, written as stretches of published; empty if there
/// are too many of them.
QString hourFilter(const event::TimeRange &range, int weekday, int hour, const TimeDisplay &time);

} // namespace octotrail::ui
