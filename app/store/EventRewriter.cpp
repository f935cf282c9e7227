// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/EventRewriter.h"

#include "store/BlockAppender.h"
#include "store/BlockCodec.h"
#include "store/PreparedBatch.h"
#include "store/Schema.h"
#include "store/duckdb/Appender.h"
#include "store/duckdb/Database.h"

#include <numeric>

namespace octotrail::store {

event::Status EventRewriter::add(Seq seq, SourceId source, std::string_view bytes)
{
    m_seqs.push_back(seq);
    m_sources.push_back(source);
    m_events.push_back(event::LogEvent::fromBytes(std::string(bytes)));
    ++m_count;
    return m_events.size() >= duckdb::rowGroupRows / 2 ? flush() : event::Status{};
}

event::Status EventRewriter::finish()
{
    return m_events.empty() ? event::Status{} : flush();
}

event::Status EventRewriter::flush()
{
    auto transaction = duckdb::Transaction::begin(m_connection);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    auto rows = duckdb::Appender::open(m_connection, "events");
    auto blocks = duckdb::Appender::open(m_connection, "blocks");
    if (!rows || !blocks) {
        return tl::unexpected(rows ? blocks.error() : rows.error());
    }
    // Rows of one source after the other, each with its seqs.
    std::vector<SourceId> sources = m_sources;
    std::ranges::sort(sources);
    sources.erase(std::ranges::unique(sources).begin(), sources.end());
    for (const SourceId source : sources) {
        std::vector<std::size_t> indexes;
        for (std::size_t i = 0; i < m_sources.size(); ++i) {
            if (m_sources[i] == source) {
                indexes.push_back(i);
            }
        }
        auto next = indexes.begin();
        const PreparedBatch prepared = deriveRows(source, m_events, indexes);
        for (const duckdb::Chunk &chunk : prepared.chunks) {
            duckdb::ColumnWriter seqs(duckdb_data_chunk_get_vector(chunk.handle(), schema::seqColumn));
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                seqs.setBigint(row, m_seqs[*next++]);
            }
            if (event::Status status = rows->append(chunk); !status) {
                return status;
            }
        }
    }
    BlockAppender append(*blocks);
    std::vector<std::string> packed; // the appender holds views until its flush
    packed.reserve(m_events.size() / bulkPacking.events + m_events.size());
    Block block;
    const auto close = [&]() -> event::Status {
        if (block.count() == 0) {
            return {};
        }
        packed.push_back(pack(block, bulkPacking.level));
        event::Status status = append.append(block.firstSeq(), block.lastSeq(), packed.back());
        block = {};
        return status;
    };
    for (std::size_t i = 0; i < m_events.size(); ++i) {
        block.add(m_seqs[i], m_events[i].bytes());
        if (block.count() >= bulkPacking.events || block.memory() >= blockByteLimit) {
            if (event::Status status = close(); !status) {
                return status;
            }
        }
    }
    m_seqs.clear();
    m_sources.clear();
    event::Status written = close()
                                .and_then([&] { return append.flush(); })
                                .and_then([&] { return rows->close(); })
                                .and_then([&] { return blocks->close(); })
                                .and_then([&] { return transaction->commit(); });
    m_events.clear();
    return written;
}

} // namespace octotrail::store
