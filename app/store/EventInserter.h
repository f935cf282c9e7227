// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/PreparedBatch.h"
#include "store/Records.h"
#include "store/duckdb/Appender.h"

#include <optional>
#include <span>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace octotrail::store {

/// Puts batches into the tables within one transaction of the caller's. Duplicates are left out.
class EventInserter
{
public:
    /// A batch with what was prepared of it.
    struct Item
    {
        const EventBatch *batch;
        PreparedBatch *prepared;
        Packing packing;
    };
    struct Outcome
    {
        CommitReport report;
        std::vector<std::size_t> inserted; ///< by index into the batch
    };

    EventInserter(duckdb::Connection &connection, Seq next)
        : m_connection(connection)
        , m_next(next)
    { }

    /// One outcome for each item. Nothing of it counts unless the caller's transaction is committed.
    event::Result<std::vector<Outcome>> insert(std::span<const Item> items);
    /// The seq that the next event will get.
    Seq next() const { return m_next; }

private:
    event::Result<std::unordered_set<std::string_view>> known(std::span<const Item> items);
    event::Result<Outcome> insertOne(const Item &item, std::unordered_set<std::string_view> &known,
        duckdb::Appender &events, duckdb::Appender &blocks);
    event::Status appendBlocks(duckdb::Appender &appender, const PreparedBatch &prepared, Seq first) const;

    duckdb::Connection &m_connection;
    Seq m_next;
};

} // namespace octotrail::store
