// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/LogEvent.h"
#include "event/Result.h"
#include "okta/Response.h"

#include <QString>
#include <optional>
#include <vector>

namespace octotrail::collect {

/// A page of the System Log, taken apart.
struct LogPage
{
    enum class Next {
        GoOn, ///< there may be more behind link
        CaughtUp, ///< there is no more now; link is where to go on later
        Itself, ///< a full page whose next link is the request itself
        Missing, ///< a page with events and no next link, which Okta does not do
        Elsewhere, ///< the next link leaves the organization's origin, or is none
    };

    std::vector<event::LogEvent> events;
    std::optional<event::Timestamp> newest; ///< greatest published
    Next next = Next::CaughtUp;
    bool hasNext = false; ///< the answer had a next link
    QString link; ///< what to ask next, verbatim; empty for Missing and Elsewhere
    QString host; ///< for Elsewhere: where it leads
};

/// Takes the answer to the request for link apart. Malformed events are kept as they are; a page that is no closed
/// array is Protocol.
event::Result<LogPage> readLogPage(const okta::Response &response, const QString &link, event::EventReader &reader);

} // namespace octotrail::collect
