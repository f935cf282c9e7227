// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/BlockAppender.h"

#include "store/BlockCodec.h"
#include "store/BlockFilter.h"
#include "store/Schema.h"

namespace octotrail::store {

using duckdb::ColumnWriter;

BlockAppender::BlockAppender(duckdb::Appender &appender)
    : m_appender(appender)
    , m_types(schema::blockTypes())
{ }

event::Status BlockAppender::append(Seq first, Seq last, std::string_view packed)
{
    for (std::int32_t part = 0; !packed.empty(); ++part) {
        if (event::Status status = appendPart(first, last, part, packed.substr(0, partSize)); !status) {
            return status;
        }
        packed.remove_prefix(std::min(partSize, packed.size()));
    }
    return {};
}

event::Status BlockAppender::append(Seq first, Seq last, std::span<const std::string> filters)
{
    std::int32_t part = 0;
    for (const std::string &filter : filters) {
        if (event::Status status = appendPart(first, last, part++, filter); !status) {
            return status;
        }
    }
    return {};
}

event::Status BlockAppender::appendValues(Seq first, Seq last, const std::string &values)
{
    return appendPart(first, last, valuesPart, values);
}

event::Status BlockAppender::appendPart(Seq first, Seq last, std::int32_t part, std::string_view data)
{
    if (!m_chunk) {
        m_chunk.emplace(duckdb::makeChunk(m_types));
    }
    const auto column
        = [&](std::size_t index) { return ColumnWriter(duckdb_data_chunk_get_vector(m_chunk->handle(), index)); };
    column(0).setBigint(m_rows, first);
    column(1).setBigint(m_rows, last);
    column(2).setInteger(m_rows, part);
    column(3).setView(m_rows, data);
    return ++m_rows == duckdb::chunkCapacity() ? flush() : event::Status();
}

event::Status BlockAppender::flush()
{
    if (m_rows == 0) {
        return {};
    }
    duckdb_data_chunk_set_size(m_chunk->handle(), m_rows);
    m_rows = 0;
    const duckdb::Chunk full = std::move(*m_chunk);
    m_chunk.reset();
    return m_appender.append(full);
}

} // namespace octotrail::store
