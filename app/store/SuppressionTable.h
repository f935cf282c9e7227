// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Matcher.h"
#include "store/AlertRecords.h"
#include "store/BlockReader.h"

#include <set>
#include <unordered_map>

namespace octotrail::store {

event::Result<Suppression> writeSuppression(duckdb::Connection &connection, Suppression suppression);
event::Status removeSuppression(duckdb::Connection &connection, SuppressionId id);
/// Newest first.
event::Result<std::vector<Suppression>> readSuppressions(duckdb::Connection &connection);

/// Decides which findings are suppressed, and counts them. Inside the caller's transaction.
class Suppressor
{
public:
    static event::Result<Suppressor> load(duckdb::Connection &connection, BlockCache &cache);

    /// Whether a suppression keeps the finding away: one that all its events match. A finding without events is kept.
    event::Result<bool> holds(const Finding &finding);
    /// Writes what was counted.
    event::Status store();

private:
    Suppressor(duckdb::Connection &connection, BlockCache &cache);
    event::Result<const event::LogEvent *> eventOf(Seq seq);
    event::Result<bool> matchesAll(const filter::Matcher &matcher, const Finding &finding);

    struct Active
    {
        Suppression suppression;
        filter::Matcher matcher;
        bool counted = false;
    };

    duckdb::Connection &m_connection;
    BlockReader m_blocks;
    std::vector<Active> m_active;
    std::unordered_map<Seq, std::optional<event::LogEvent>> m_events;
};

} // namespace octotrail::store
