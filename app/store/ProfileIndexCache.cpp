// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ProfileIndexCache.h"

namespace octotrail::store {

namespace {

/// Whether two sources know somebody with the same id: an organization that was connected twice.
event::Result<bool> hasTwins(duckdb::Connection &connection)
{
    return connection.query("SELECT count(*) > count(DISTINCT id) FROM profiles").map([](duckdb::QueryResult &&result) {
        const auto chunk = result.next();
        return chunk && chunk->size() == 1 && chunk->column(0).boolean(0);
    });
}

} // namespace

event::Result<filter::ProfileIndexPtr> ProfileIndexCache::get(duckdb::Connection &connection)
{
    const std::scoped_lock lock(m_mutex); // who comes meanwhile waits, instead of reading the same
    const std::int64_t version = m_version;
    if (m_held == version) {
        return m_index;
    }
    const auto twins = hasTwins(connection);
    if (!twins) {
        return tl::unexpected(twins.error());
    }
    // The later one counts: of twins, who is still listed, and was updated last.
    const std::string order = *twins ? " ORDER BY deleted IS NULL, last_updated NULLS FIRST, seen" : "";
    auto result = connection.stream("SELECT id, bytes FROM profiles" + order);
    if (!result) {
        return tl::unexpected(result.error());
    }
    auto index = std::make_shared<filter::ProfileIndex>();
    const event::Status read = result->forEach([&index](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            index->add(std::string(chunk.column(0).text(row)), std::string(chunk.column(1).text(row)));
        }
        return true;
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    m_index = std::move(index);
    m_held = version;
    return m_index;
}

} // namespace octotrail::store
