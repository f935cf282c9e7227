// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/RowCheck.h"

#include "store/PreparedBatch.h"
#include "store/Schema.h"
#include "store/duckdb/Appender.h"

#include <algorithm>
#include <numeric>

namespace octotrail::store {

event::Status RowCheck::begin()
{
    return m_connection.run("CREATE OR REPLACE TEMP TABLE derived_events AS SELECT * FROM events LIMIT 0");
}

void RowCheck::add(Seq seq, SourceId source, std::string_view bytes)
{
    Events &events = m_sources[source];
    events.seqs.push_back(seq);
    events.events.push_back(event::LogEvent::fromBytes(std::string(bytes)));
    ++m_size;
}

event::Result<std::vector<Seq>> RowCheck::differing()
{
    auto rows = duckdb::Appender::openTemporary(m_connection, "derived_events");
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    std::vector<Seq> seqs;
    for (const auto &[source, events] : m_sources) {
        std::vector<std::size_t> all(events.events.size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        const PreparedBatch prepared = deriveRows(source, events.events, std::move(all));
        auto seq = events.seqs.begin();
        for (const duckdb::Chunk &chunk : prepared.chunks) {
            duckdb::ColumnWriter column(duckdb_data_chunk_get_vector(chunk.handle(), schema::seqColumn));
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                column.setBigint(row, *seq++);
            }
            if (event::Status status = rows->append(chunk); !status) {
                return tl::unexpected(status.error());
            }
        }
        seqs.insert(seqs.end(), events.seqs.begin(), events.seqs.end());
    }
    if (event::Status status = rows->close(); !status) {
        return tl::unexpected(status.error());
    }
    m_sources.clear();
    m_size = 0;
    if (seqs.empty()) {
        return std::vector<Seq>{};
    }
    const auto [first, last] = std::ranges::minmax(seqs);
    auto result = m_connection.query("SELECT seq FROM (SELECT * FROM events WHERE seq BETWEEN " + std::to_string(first)
        + " AND " + std::to_string(last)
        + " AND seq IN (SELECT seq FROM derived_events)"
          " EXCEPT SELECT * FROM derived_events) ORDER BY seq");
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::vector<Seq> differing;
    while (const auto chunk = result->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            differing.push_back(chunk->column(0).bigint(row));
        }
    }
    if (event::Status status = m_connection.run("DELETE FROM derived_events"); !status) {
        return tl::unexpected(status.error());
    }
    return differing;
}

} // namespace octotrail::store
