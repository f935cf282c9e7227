// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Expression.h"
#include "store/ProfileRecords.h"
#include "store/duckdb/Connection.h"

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::store {

/// As the tables name it.
std::string_view nameOf(ProfileKind kind);

/// Adds or replaces profiles, notes what changed, and keeps the page's progress and the checkpoint, in a transaction of
/// its own.
event::Result<ProfileReport> writeProfiles(
    duckdb::Connection &connection, const ProfilePage &page, const std::optional<Checkpoint> &checkpoint = {});

/// Profiles whose bytes are wanted, by name.
event::Status visitProfiles(duckdb::Connection &connection, ProfileKind kind,
    const std::function<bool(std::string_view bytes)> &wants, const std::function<void(Profile)> &visit,
    const std::stop_token &stop);

event::Result<std::vector<Profile>> readProfiles(duckdb::Connection &connection, ProfileKind kind,
    const filter::Expression &expression, const std::vector<std::string> &words, const std::stop_token &stop);

event::Result<std::vector<Profile>> findProfiles(
    duckdb::Connection &connection, ProfileKind kind, const std::vector<std::string> &ids);

} // namespace octotrail::store
