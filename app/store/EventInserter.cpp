// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/EventInserter.h"

#include "store/BlockAppender.h"
#include "store/CheckpointTable.h"
#include "store/Schema.h"

#include <algorithm>

namespace octotrail::store {

using duckdb::ColumnWriter;

event::Result<std::vector<EventInserter::Outcome>> EventInserter::insert(std::span<const Item> items)
{
    auto seen = known(items);
    if (!seen) {
        return tl::unexpected(seen.error());
    }
    auto events = duckdb::Appender::open(m_connection, "events");
    if (!events) {
        return tl::unexpected(events.error());
    }
    auto blocks = duckdb::Appender::open(m_connection, "blocks");
    if (!blocks) {
        return tl::unexpected(blocks.error());
    }
    std::vector<Outcome> outcomes;
    for (const Item &item : items) {
        auto outcome = insertOne(item, *seen, *events, *blocks);
        if (!outcome) {
            return tl::unexpected(outcome.error());
        }
        outcomes.push_back(std::move(*outcome));
    }
    const event::Status closed = events->close().and_then([&] { return blocks->close(); });
    if (!closed) {
        return tl::unexpected(closed.error());
    }
    for (const Item &item : items) {
        if (item.batch->checkpoint) {
            const event::Status put = putCheckpoint(m_connection, item.batch->source, *item.batch->checkpoint);
            if (!put) {
                return tl::unexpected(put.error());
            }
        }
    }
    return outcomes;
}

/// The uuids of these items that the store has already, as views on the items' events. A duplicate was published at
/// the same moment, so only the store's events of these moments are looked at.
event::Result<std::unordered_set<std::string_view>> EventInserter::known(std::span<const Item> items)
{
    std::unordered_set<std::string_view> incoming;
    std::vector<event::Timestamp> times;
    bool missing = false;
    for (const Item &item : items) {
        for (const std::size_t row : item.prepared->rows) {
            const event::LogEvent &event = item.batch->events[row];
            incoming.insert(event.uuid());
            if (const auto published = event.published()) {
                times.push_back(*published);
            } else {
                missing = true;
            }
        }
    }
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
        return m_connection.query("SELECT uuid FROM events WHERE " + condition, parameters)
            .and_then([&](duckdb::QueryResult &&result) { return result.forEach(collect); });
    };
    const PublishedRanges published = publishedRanges(std::move(times), missing);
    for (const auto &[oldest, newest] : published.ranges) {
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

event::Result<EventInserter::Outcome> EventInserter::insertOne(
    const Item &item, std::unordered_set<std::string_view> &known, duckdb::Appender &events, duckdb::Appender &blocks)
{
    const std::vector<event::LogEvent> &batch = item.batch->events;
    std::vector<std::size_t> fresh;
    fresh.reserve(item.prepared->rows.size());
    std::ranges::copy_if(item.prepared->rows, std::back_inserter(fresh),
        [&](std::size_t row) { return known.insert(batch[row].uuid()).second; });
    if (fresh.size() != item.prepared->rows.size()) {
        *item.prepared = prepareBatch(item.batch->source, batch, fresh, item.packing);
    }

    Outcome outcome;
    outcome.report.firstSeq = m_next;
    outcome.report.inserted = static_cast<std::int64_t>(fresh.size());
    outcome.report.duplicates = static_cast<std::int64_t>(batch.size() - fresh.size());
    outcome.report.defective = item.prepared->defective;
    const Seq first = m_next;
    for (const duckdb::Chunk &chunk : item.prepared->chunks) {
        ColumnWriter seqs(duckdb_data_chunk_get_vector(chunk.handle(), schema::seqColumn));
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            seqs.setBigint(row, m_next++);
        }
        if (const event::Status status = events.append(chunk); !status) {
            return tl::unexpected(status.error());
        }
    }
    if (const event::Status status = appendBlocks(blocks, *item.prepared, first); !status) {
        return tl::unexpected(status.error());
    }
    outcome.inserted = std::move(fresh);
    return outcome;
}

event::Status EventInserter::appendBlocks(duckdb::Appender &appender, const PreparedBatch &prepared, Seq first) const
{
    BlockAppender blocks(appender);
    for (const PreparedBatch::PackedBlock &block : prepared.blocks) {
        const Seq firstSeq = first + static_cast<Seq>(block.first);
        const event::Status status = blocks.append(firstSeq, firstSeq + static_cast<Seq>(block.count) - 1, block.data);
        if (!status) {
            return status;
        }
    }
    return blocks.flush();
}

} // namespace octotrail::store
