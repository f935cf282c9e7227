// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/ProfileRecords.h"
#include "store/duckdb/Connection.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace octotrail::store {

/// Notes what changed of one source's users or devices, within the caller's transaction.
class ProfileChangeTable
{
public:
    ProfileChangeTable(duckdb::Connection &connection, SourceId source, ProfileKind kind)
        : m_connection(connection)
        , m_source(source)
        , m_kind(kind)
    { }

    event::Status add(const std::string &id, ProfileChange::Kind change, event::Timestamp seen,
        const std::optional<event::Timestamp> &updated, std::string_view field = {}, std::string_view before = {},
        std::string_view after = {});
    /// Drops what is too much of the profiles that were added to.
    event::Status finish();

private:
    duckdb::Connection &m_connection;
    SourceId m_source;
    ProfileKind m_kind;
    std::optional<duckdb::Statement> m_insert;
    std::set<std::string> m_touched;
};

event::Result<std::vector<ProfileChange>> readProfileChanges(
    duckdb::Connection &connection, SourceId source, ProfileKind kind, const std::string &id);

event::Status writeProgress(
    duckdb::Connection &connection, SourceId source, ProfileKind kind, const ProfileProgress &progress);
event::Result<ProfileProgress> readProgress(duckdb::Connection &connection, SourceId source, ProfileKind kind);

/// Those that are not marked as deleted.
event::Result<std::int64_t> countProfiles(duckdb::Connection &connection, SourceId source, ProfileKind kind);

/// Makes the tables of changes and progress, and the columns of profiles that belong to them.
event::Status addProfileHistory(duckdb::Connection &connection);

} // namespace octotrail::store
