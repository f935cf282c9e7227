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

/// Where the answer to a request for the log says that there is more.
struct NextLink
{
    enum class Leads {
        Nowhere, ///< there is no next link
        On, ///< to link
        Back, ///< to the request itself, which is link
        Elsewhere, ///< away from the organization's origin, or it is none
    };
    Leads leads = Leads::Nowhere;
    QString link; ///< verbatim
    QString host; ///< for Elsewhere

    /// asked is the link that the response answers.
    static NextLink of(const okta::Response &response, const QString &asked);
};

/// The events of an answer as they came. Malformed ones are kept as they are; a page that is no closed array is
/// Protocol.
event::Result<std::vector<event::LogEvent>> readLogEvents(const okta::Response &response, event::EventReader &reader);

/// A page of the System Log as a poll reads it, taken apart.
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
    QString link; ///< what to ask next, verbatim; empty for Missing and Elsewhere
    QString host; ///< for Elsewhere: where it leads
};

/// Takes the answer to the request for link apart. Fails as readLogEvents() does.
event::Result<LogPage> readLogPage(const okta::Response &response, const QString &link, event::EventReader &reader);

} // namespace octotrail::collect
