// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"
#include "simulator/Company.h"
#include "simulator/Geography.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace octotrail::simulator {

/// What an event type always says.
struct EventKind
{
    std::string_view type;
    std::string_view legacyType;
    std::string_view message;
    std::string_view severity = "INFO";
};

/// An actor or a target.
struct Party
{
    std::string id;
    std::string_view type;
    std::string alternateId;
    std::string displayName;
    std::string detail{}; ///< detailEntry as JSON; empty: null
    std::string changedFrom{}; ///< changeDetails as JSON; both or none
    std::string changedTo{};
};

/// A device with its browser at some place: what all events of a session share.
struct Client
{
    const Browser *browser = nullptr; ///< null: no browser spoke (a job, an agent)
    std::string userAgent; ///< instead of a browser's, for what is none
    const Device *device = nullptr; ///< null: not one that Okta knows
    Location location;
    std::string deviceToken; ///< dtHash
    std::string oauthClientId;
};

/// How sure Okta is of a sign-in.
struct RiskView
{
    std::string_view level = "LOW";
    std::string_view reasons; ///< as debugData.risk tells them
    bool newDevice = false;
    bool newIp = false;
    bool newPlace = false; ///< geolocation, city, country
    bool velocity = false;
};

/// An event before it is written: what its scene knows of it.
struct EventDraft
{
    event::Timestamp published;
    EventKind kind;
    Party actor;
    const Client *client = nullptr; ///< null for what no request caused
    std::string sessionId; ///< externalSessionId and rootSessionId
    std::string_view result = "SUCCESS"; ///< empty: no outcome
    std::string reason;
    std::vector<Party> targets;
    std::string transactionId;
    std::string_view transactionType = "WEB";
    std::string apiTokenId; ///< of a request by API token
    std::vector<std::pair<std::string_view, std::string>> debugData; ///< beside what every request has
    std::string_view requestUri; ///< with no client no request data is written
    std::string_view authenticationProvider;
    std::string_view credentialProvider;
    std::string_view credentialType;
    std::string issuerId;
    std::optional<RiskView> risk; ///< for what the risk engine looks at
};

} // namespace octotrail::simulator
