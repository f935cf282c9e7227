// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ProfileIndexCache.h"

#include "store/AnnotationTable.h"

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

event::Result<std::shared_ptr<filter::DocumentIndex>> readProfileDocuments(duckdb::Connection &connection)
{
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
    auto index = std::make_shared<filter::DocumentIndex>();
    const event::Status read = result->forEach([&index](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            index->add(std::string(chunk.column(0).text(row)), std::string(chunk.column(1).text(row)));
        }
        return true;
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return index;
}

} // namespace

event::Result<filter::ProfileIndexPtr> ProfileIndexCache::get(duckdb::Connection &connection)
{
    const std::scoped_lock lock(m_mutex); // who comes meanwhile waits, instead of reading the same
    const std::int64_t version = m_version;
    const std::int64_t annotationVersion = m_annotationVersion;
    if (m_held == version && m_annotationsHeld == annotationVersion) {
        return m_index;
    }
    if (m_held != version) {
        auto profiles = readProfileDocuments(connection);
        if (!profiles) {
            return tl::unexpected(profiles.error());
        }
        m_profiles = std::move(*profiles);
        m_held = version;
    }
    if (m_annotationsHeld != annotationVersion) {
        auto annotations = readAnnotationDocuments(connection);
        if (!annotations) {
            return tl::unexpected(annotations.error());
        }
        m_annotations = std::move(*annotations);
        m_annotationsHeld = annotationVersion;
    }
    m_index = std::make_shared<filter::ProfileIndex>(m_profiles, m_annotations);
    return m_index;
}

} // namespace octotrail::store
