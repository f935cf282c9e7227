// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/ZoneOffsets.h"

#include <algorithm>

namespace octotrail::event {

std::chrono::microseconds ZoneOffsets::at(Timestamp t) const
{
    const auto next = std::ranges::upper_bound(m_changes, t, {}, &Change::from);
    return next == m_changes.begin() ? m_first : std::prev(next)->offset;
}

Timestamp ZoneOffsets::toUtc(Timestamp local) const
{
    Timestamp found = local - m_first;
    for (const Change &change : m_changes) {
        if (found < change.from) {
            break;
        }
        found = std::max(local - change.offset, change.from);
    }
    return found;
}

} // namespace octotrail::event
