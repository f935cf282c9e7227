// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Expression.h"
#include "store/Records.h"
#include "store/duckdb/Connection.h"

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace octotrail::store {

/// Adds or replaces profiles, with the checkpoint, in a transaction of its own.
event::Status writeProfiles(duckdb::Connection &connection, SourceId source, ProfileKind kind,
    const std::vector<std::string> &profiles, const std::optional<Checkpoint> &checkpoint);

event::Result<std::vector<Profile>> readProfiles(duckdb::Connection &connection, ProfileKind kind,
    const filter::Expression &expression, const std::vector<std::string> &words, const std::stop_token &stop);

} // namespace octotrail::store
