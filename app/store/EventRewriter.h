// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/LogEvent.h"
#include "store/Records.h"
#include "store/duckdb/Connection.h"

#include <string_view>
#include <vector>

namespace octotrail::store {

/// Puts events with the seqs that they had in another store into the tables, without entries in the chain. Commits by
/// itself, as often as a bulk load.
class EventRewriter
{
public:
    explicit EventRewriter(duckdb::Connection &connection)
        : m_connection(connection)
    { }

    /// Seqs grow from one call to the next. The bytes are copied.
    event::Status add(Seq seq, SourceId source, std::string_view bytes);
    /// Writes what is left.
    event::Status finish();
    std::int64_t count() const { return m_count; }

private:
    event::Status flush();

    duckdb::Connection &m_connection;
    std::vector<Seq> m_seqs;
    std::vector<SourceId> m_sources;
    std::vector<event::LogEvent> m_events;
    std::int64_t m_count = 0;
};

} // namespace octotrail::store
