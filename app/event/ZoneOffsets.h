// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"

#include <vector>

namespace octotrail::event {

/// How far a time zone is ahead of UTC, and from when on: where clocks are put forward and back it is not the same all
/// year. What the zone's clocks show is written as if it were UTC, and called local.
class ZoneOffsets
{
public:
    struct Change
    {
        Timestamp from;
        std::chrono::microseconds offset;
        bool operator==(const Change &) const = default;
    };

    ZoneOffsets() = default; ///< UTC
    /// @param first before the changes, which stand in their order
    explicit ZoneOffsets(std::chrono::microseconds first, std::vector<Change> changes = {})
        : m_first(first)
        , m_changes(std::move(changes))
    { }

    std::chrono::microseconds first() const { return m_first; }
    const std::vector<Change> &changes() const { return m_changes; }

    std::chrono::microseconds at(Timestamp t) const;
    Timestamp toLocal(Timestamp t) const { return t + at(t); }
    /// When clocks show this: the first time, if they do so twice; when they are put past it, if they never do.
    Timestamp toUtc(Timestamp local) const;

    bool operator==(const ZoneOffsets &) const = default;

private:
    std::chrono::microseconds m_first{0};
    std::vector<Change> m_changes;
};

} // namespace octotrail::event
