// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/EventDraft.h"
#include "simulator/Faults.h"
#include "simulator/Random.h"

#include <string>

namespace octotrail::simulator {

class JsonWriter;

/// Writes events with Okta's field layout, in Okta's order of members, with null for what is not known.
class EventWriter
{
public:
    /// faults: which of the log's oddities to work in.
    explicit EventWriter(const LogFaults &faults)
        : m_faults(faults)
    { }

    struct Written
    {
        std::string uuid;
        std::string line;
    };
    Written write(const EventDraft &draft, Random &random) const;

private:
    LogFaults m_faults;
};

} // namespace octotrail::simulator
