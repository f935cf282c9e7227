// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/LogEvent.h"
#include "store/Records.h"
#include "store/duckdb/Connection.h"

#include <map>
#include <string_view>
#include <vector>

namespace octotrail::store {

/// Compares rows with what their events' bytes give when they are read again.
class RowCheck
{
public:
    /// Within a transaction of the caller's.
    explicit RowCheck(duckdb::Connection &connection)
        : m_connection(connection)
    { }

    event::Status begin();
    /// The bytes are copied.
    void add(Seq seq, SourceId source, std::string_view bytes);
    std::size_t size() const { return m_size; }
    /// The seqs, in order, whose rows differ. Begins anew.
    event::Result<std::vector<Seq>> differing();

private:
    struct Events
    {
        std::vector<Seq> seqs;
        std::vector<event::LogEvent> events;
    };

    duckdb::Connection &m_connection;
    std::map<SourceId, Events> m_sources;
    std::size_t m_size = 0;
};

} // namespace octotrail::store
