// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/AlertRecords.h"
#include "store/duckdb/Connection.h"

#include <span>
#include <string>

namespace octotrail::store {

/// An event of an alert.
struct AlertMember
{
    AlertId alert = 0;
    Seq seq = 0; ///< 0: it is not in the store
    std::string uuid, value; ///< value: that it counts for, or empty
};

/// Within the caller's transaction.
event::Status appendMembers(duckdb::Connection &connection, std::span<const AlertMember> members);

} // namespace octotrail::store
