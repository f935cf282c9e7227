// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SourceRemoval.h"

#include "store/BlockRewriter.h"
#include "store/IntegrityChain.h"

#include <algorithm>
#include <array>

namespace octotrail::store {

namespace {

/// Blocks rewritten at a time, to bound the memory.
constexpr std::size_t step = 64;

event::Result<std::vector<Seq>> seqsOf(duckdb::Connection &connection, SourceId source)
{
    const std::array<filter::SqlValue, 1> key{std::int64_t{source}};
    auto result = connection.query("SELECT seq FROM events WHERE source = ? ORDER BY seq", key);
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::vector<Seq> seqs;
    while (const auto chunk = result->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            seqs.push_back(chunk->column(0).bigint(row));
        }
    }
    return seqs;
}

/// The block's events but for those in removed, which is sorted.
Block remaining(const Block &block, const std::vector<Seq> &removed)
{
    Block rest;
    auto next = std::ranges::lower_bound(removed, block.firstSeq());
    for (std::size_t i = 0; i < block.count(); ++i) {
        while (next != removed.end() && *next < block.seq(i)) {
            ++next;
        }
        if (next == removed.end() || *next != block.seq(i)) {
            rest.add(block.seq(i), block.bytes(i));
        }
    }
    return rest;
}

event::Status removeBytes(duckdb::Connection &connection, const std::vector<Seq> &removed)
{
    BlockCache none(0);
    BlockReader reader(connection, none);
    const auto extents = reader.extents();
    if (!extents) {
        return tl::unexpected(extents.error());
    }
    std::vector<std::size_t> touched;
    for (std::size_t i = 0; i < extents->size(); ++i) {
        const auto next = std::ranges::lower_bound(removed, (*extents)[i].first);
        if (next != removed.end() && *next <= (*extents)[i].last) {
            touched.push_back(i);
        }
    }
    for (std::size_t first = 0; first < touched.size(); first += step) {
        const auto some = std::span(touched).subspan(first, std::min(step, touched.size() - first));
        const auto blocks = reader.blocks(some);
        if (!blocks) {
            return tl::unexpected(blocks.error());
        }
        std::vector<BlockReader::Extent> old;
        std::vector<Block> rest;
        for (std::size_t i = 0; i < some.size(); ++i) {
            old.push_back((*extents)[some[i]]);
            rest.push_back(remaining(*(*blocks)[i], removed));
        }
        if (event::Status status = replaceBlocks(connection, old, rest); !status) {
            return status;
        }
    }
    return {};
}

event::Status removeEvents(duckdb::Connection &connection, SourceId source)
{
    const auto seqs = seqsOf(connection, source);
    if (!seqs) {
        return tl::unexpected(seqs.error());
    }
    if (seqs->empty()) {
        return {};
    }
    // Seqs are never given twice, also when the newest events are gone.
    return connection
        .run("UPDATE meta SET \"value\" = CAST(greatest(CAST(\"value\" AS BIGINT), "
             "(SELECT max(seq) FROM events)) AS VARCHAR) WHERE \"key\" = 'highest_seq'")
        .and_then([&] { return recordRemoval(connection, *seqs); })
        .and_then([&] { return removeBytes(connection, *seqs); })
        .and_then([&] { return connection.run("DELETE FROM events WHERE source = " + std::to_string(source)); });
}

event::Status removeAlerts(duckdb::Connection &connection, SourceId source)
{
    const std::string theirs = "(SELECT id FROM alerts WHERE source = " + std::to_string(source) + ")";
    return connection.run("DELETE FROM alert_events WHERE alert IN " + theirs
        + "; DELETE FROM alert_notes WHERE alert IN " + theirs
        + "; DELETE FROM alerts WHERE source = " + std::to_string(source));
}

} // namespace

event::Status removeSource(duckdb::Connection &connection, SourceId source, bool withItsEvents)
{
    auto transaction = duckdb::Transaction::begin(connection);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    const std::string id = std::to_string(source);
    return connection
        .run("DELETE FROM sources WHERE id = " + id + "; DELETE FROM checkpoints WHERE source = " + id
            + "; DELETE FROM profiles WHERE source = " + id + "; DELETE FROM profile_changes WHERE source = " + id
            + "; DELETE FROM profile_progress WHERE source = " + id + "; DELETE FROM coverage WHERE source = " + id
            + "; DELETE FROM coverage_goals WHERE source = " + id)
        .and_then([&] { return withItsEvents ? removeAlerts(connection, source) : event::Status{}; })
        .and_then([&] { return withItsEvents ? removeEvents(connection, source) : event::Status{}; })
        .and_then([&] { return transaction->commit(); });
}

} // namespace octotrail::store
