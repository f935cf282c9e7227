// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/EventInserter.h"

#include "store/BlockAppender.h"
#include "store/CheckpointTable.h"
#include "store/CoverageTable.h"
#include "store/Schema.h"
#include "store/duckdb/Database.h"

#include <algorithm>
#include <array>

namespace octotrail::store {

using duckdb::ColumnWriter;

event::Result<PublishedSpan> PublishedSpan::ofStore(duckdb::Connection &connection)
{
    return connection.query("SELECT min(published), max(published) FROM events").map([](duckdb::QueryResult &&result) {
        PublishedSpan span;
        if (const auto chunk = result.next(); chunk && chunk->size() == 1) {
            span = {chunk->column(0).time(0), chunk->column(1).time(0)};
        }
        return span;
    });
}

void PublishedSpan::include(event::Timestamp time)
{
    oldest = oldest ? std::min(*oldest, time) : time;
    newest = newest ? std::max(*newest, time) : time;
}

event::Result<EventInserter> EventInserter::begin(duckdb::Connection &connection, Seq next, const PublishedSpan &stored)
{
    auto events = duckdb::ChunkInserter::open(connection, "events", schema::eventTypes());
    if (!events) {
        return tl::unexpected(events.error());
    }
    auto blocks = duckdb::Appender::open(connection, "blocks");
    if (!blocks) {
        return tl::unexpected(blocks.error());
    }
    return EventInserter(connection, std::move(*events), std::move(*blocks), next, stored);
}

event::Result<EventInserter::Outcome> EventInserter::insert(
    const EventBatch &batch, PreparedBatch &prepared, Packing packing)
{
    const auto stored = known(batch, prepared);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    if (packing.isBulk) { // place for all that are committed together, once
        m_inserted.reserve(duckdb::rowGroupRows);
    }
    std::vector<std::size_t> fresh;
    fresh.reserve(prepared.rows.size());
    std::ranges::copy_if(prepared.rows, std::back_inserter(fresh), [&](std::size_t row) {
        const std::string_view uuid = batch.events[row].uuid();
        return !stored->contains(uuid) && m_inserted.emplace(uuid).second;
    });
    if (fresh.size() != prepared.rows.size()) {
        prepared = prepareBatch(batch.source, batch.events, fresh, packing);
    }
    for (const std::size_t row : fresh) {
        if (const auto published = batch.events[row].published()) {
            m_published.include(*published);
        }
    }

    Outcome outcome;
    outcome.report.firstSeq = m_next;
    outcome.report.inserted = static_cast<std::int64_t>(fresh.size());
    outcome.report.duplicates = static_cast<std::int64_t>(batch.events.size() - fresh.size());
    outcome.report.defective = prepared.defective;
    outcome.inserted = std::move(fresh);
    for (const event::Sha256::Digest &digest : prepared.digests) {
        m_content.add(batch.source, digest);
    }
    const event::Status done = appendBlocks(prepared, m_next)
                                   .and_then([&] { return appendRows(prepared); })
                                   .and_then([&]() -> event::Status {
                                       if (!batch.checkpoint) {
                                           return {};
                                       }
                                       return putCheckpoint(m_connection, batch.source, *batch.checkpoint);
                                   })
                                   .and_then([&]() -> event::Status {
                                       if (batch.covered.empty()) {
                                           return {};
                                       }
                                       return addCovered(m_connection, batch.source, batch.covered);
                                   });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return outcome;
}

event::Status EventInserter::finish()
{
    return m_blocks.close().and_then([this]() -> event::Status {
        const std::int64_t events = m_content.events();
        if (events == 0) {
            return {};
        }
        return addChainEntry(m_connection, ChainKind::Committed, m_first, m_next - 1, events, m_content.finish());
    });
}

/// The uuids of the batch that the store has already, as views on the batch's events. A duplicate was published at
/// the same moment, so only the store's events of these moments are looked at.
event::Result<std::unordered_set<std::string_view>> EventInserter::known(
    const EventBatch &batch, const PreparedBatch &prepared)
{
    std::vector<event::Timestamp> times;
    times.reserve(prepared.rows.size());
    bool missing = false;
    for (const std::size_t row : prepared.rows) {
        if (const auto published = batch.events[row].published()) {
            times.push_back(*published);
        } else {
            missing = true;
        }
    }
    std::unordered_set<std::string_view> incoming;
    std::unordered_set<std::string_view> found;
    const auto collect = [&](const duckdb::Chunk &chunk) {
        const duckdb::Column uuids = chunk.column(0);
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            if (const auto it = incoming.find(uuids.text(row)); it != incoming.end()) {
                found.insert(*it);
            }
        }
        return true;
    };
    const auto look = [&](const std::string &condition, std::span<const filter::SqlValue> parameters) {
        if (incoming.empty()) {
            for (const std::size_t row : prepared.rows) {
                incoming.insert(batch.events[row].uuid());
            }
        }
        return m_connection.query("SELECT uuid FROM events WHERE " + condition, parameters)
            .and_then([&](duckdb::QueryResult &&result) { return result.forEach(collect); });
    };
    const PublishedRanges published = publishedRanges(std::move(times), missing);
    for (const auto &[oldest, newest] : published.ranges) {
        // Most batches are newer than all that is stored: then there is nothing to be asked.
        if (!m_stored.meets(oldest, newest)) {
            continue;
        }
        const std::array<filter::SqlValue, 2> ends{oldest, newest};
        if (const event::Status status = look("published BETWEEN ? AND ?", ends); !status) {
            return tl::unexpected(status.error());
        }
    }
    if (published.missing) {
        if (const event::Status status = look("published IS NULL", {}); !status) {
            return tl::unexpected(status.error());
        }
    }
    return found;
}

event::Status EventInserter::appendRows(const PreparedBatch &prepared)
{
    for (const duckdb::Chunk &chunk : prepared.chunks) {
        ColumnWriter seqs(duckdb_data_chunk_get_vector(chunk.handle(), schema::seqColumn));
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            seqs.setBigint(row, m_next++);
        }
        if (event::Status status = m_events.insert(chunk); !status) {
            return status;
        }
    }
    return {};
}

event::Status EventInserter::appendBlocks(const PreparedBatch &prepared, Seq first)
{
    BlockAppender blocks(m_blocks);
    for (const PreparedBatch::PackedBlock &block : prepared.blocks) {
        const Seq firstSeq = first + static_cast<Seq>(block.first);
        const Seq lastSeq = firstSeq + static_cast<Seq>(block.count) - 1;
        if (event::Status status = blocks.append(firstSeq, lastSeq, block.data); !status) {
            return status;
        }
    }
    return blocks.flush();
}

} // namespace octotrail::store
