// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/AlertRecords.h"
#include "store/duckdb/Connection.h"

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace octotrail::store {

/// An event of an alert.
struct AlertMember
{
    AlertId alert = 0;
    Seq seq = 0; ///< 0: it is not in the store
    std::string uuid, value; ///< value: that it counts for, or empty
    std::string actor{}; ///< who did it; may be empty
};

/// Who did those of the members' events that are in the store.
event::Status fillActors(duckdb::Connection &connection, std::span<AlertMember> members);
/// Within the caller's transaction.
event::Status appendMembers(duckdb::Connection &connection, std::span<const AlertMember> members);

/// Who did an alert's events.
struct ActorTally
{
    std::string actor; ///< of most events; of several the one of the newest event
    std::int64_t actors = 0;
};
/// By alert; those are left out whose events nobody did.
event::Result<std::unordered_map<AlertId, ActorTally>> tallyActors(
    duckdb::Connection &connection, const std::vector<AlertId> &alerts);

} // namespace octotrail::store
