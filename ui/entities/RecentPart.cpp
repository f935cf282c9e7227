// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/RecentPart.h"

#include <algorithm>

namespace octotrail::ui {

std::optional<event::Timestamp> recentPart(event::Timestamp first, event::Timestamp last)
{
    constexpr std::chrono::microseconds longest = std::chrono::days(30);
    constexpr int part = 10;
    if (first >= last) {
        return std::nullopt;
    }
    return last - std::min((last - first) / part, longest);
}

} // namespace octotrail::ui
