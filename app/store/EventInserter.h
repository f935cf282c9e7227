// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/IntegrityChain.h"
#include "store/PreparedBatch.h"
#include "store/Records.h"
#include "store/duckdb/Appender.h"
#include "store/duckdb/ChunkInserter.h"

#include <functional>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace octotrail::store {

/// When the events of a store were published: what lies outside cannot be in it.
struct PublishedSpan
{
    std::optional<event::Timestamp> oldest;
    std::optional<event::Timestamp> newest;

    static event::Result<PublishedSpan> ofStore(duckdb::Connection &connection);
    void include(event::Timestamp time);
    bool meets(event::Timestamp since, event::Timestamp until) const
    {
        return oldest && since <= *newest && until >= *oldest;
    }
};

/// Puts batches into the tables within one transaction of the caller's. Duplicates are left out.
class EventInserter
{
public:
    struct Outcome
    {
        CommitReport report;
        std::vector<std::size_t> inserted; ///< by index into the batch
    };

    /// @param stored when the events in the store were published that this transaction did not put there
    static event::Result<EventInserter> begin(duckdb::Connection &connection, Seq next, const PublishedSpan &stored);

    /// Nothing of it counts unless it was finished and the caller's transaction is committed. The batch and what was
    /// prepared of it are not used any more afterwards.
    event::Result<Outcome> insert(const EventBatch &batch, PreparedBatch &prepared, Packing packing);
    /// After the last batch: adds the entry of the integrity chain.
    event::Status finish();

    /// The seq that the next event will get.
    Seq next() const { return m_next; }
    /// When the events in the store were published, with those of this transaction.
    const PublishedSpan &published() const { return m_published; }

private:
    /// Lets a set of strings be asked with views.
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    EventInserter(duckdb::Connection &connection, duckdb::ChunkInserter events, duckdb::Appender blocks, Seq next,
        const PublishedSpan &stored)
        : m_connection(connection)
        , m_events(std::move(events))
        , m_blocks(std::move(blocks))
        , m_first(next)
        , m_next(next)
        , m_stored(stored)
        , m_published(stored)
    { }

    event::Result<std::unordered_set<std::string_view>> known(const EventBatch &batch, const PreparedBatch &prepared);
    event::Status appendRows(const PreparedBatch &prepared);
    event::Status appendBlocks(const PreparedBatch &prepared, Seq first);

    duckdb::Connection &m_connection;
    duckdb::ChunkInserter m_events;
    duckdb::Appender m_blocks;
    Seq m_first;
    Seq m_next;
    RangeContent m_content;
    PublishedSpan m_stored;
    PublishedSpan m_published;
    /// Of m_inserted: a bulk load brings many, and all go at once.
    std::unique_ptr<std::pmr::monotonic_buffer_resource> m_memory
        = std::make_unique<std::pmr::monotonic_buffer_resource>();
    /// uuids of this transaction's events
    std::pmr::unordered_set<std::pmr::string, Hash, std::equal_to<>> m_inserted{m_memory.get()};
};

} // namespace octotrail::store
