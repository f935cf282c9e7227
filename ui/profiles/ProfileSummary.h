// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"
#include "ui/events/EventSummary.h"
#include "ui/style/Tones.h"

#include <utility>
#include <vector>

namespace octotrail::ui {

using ProfileFacts = std::vector<std::pair<std::string, std::string>>;

/// Every field of a profile, for reading, in groups.
QList<EventFactGroup> profileGroups(
    const store::Profile &profile, const ProfileFacts &facts, const QString &source, const TimeDisplay &time);

/// What a status means at a glance: an icon and a tone beside the word, so that colour is never alone.
struct ProfileMark
{
    QStringView iconName;
    Tone tone = Tone::Plain;
};
ProfileMark profileMark(const store::Profile &profile);

/// "DEPROVISIONED, deleted"
QString profileStatusText(const store::Profile &profile);

/// The name, or what there is instead of one.
QString profileTitle(const store::Profile &profile);

} // namespace octotrail::ui
