// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SourceTable.h"

#include "store/SourceJson.h"

#include <QUuid>
#include <array>

namespace octotrail::store {

namespace {

QString qString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// An id that no source has or had: events of a removed source may have stayed.
event::Result<SourceId> freeId(duckdb::Connection &connection)
{
    return connection
        .query("SELECT 1 + greatest((SELECT coalesce(max(id), 0) FROM sources), "
               "(SELECT coalesce(max(source), 0) FROM events), (SELECT coalesce(max(source), 0) FROM profiles), "
               "(SELECT coalesce(max(source), 0) FROM checkpoints), (SELECT coalesce(max(source), 0) FROM alerts))")
        .map([](duckdb::QueryResult &&result) {
            const auto chunk = result.next();
            return chunk ? chunk->column(0).integer(0) : SourceId{1};
        });
}

} // namespace

event::Result<std::vector<SourceConfig>> readSources(duckdb::Connection &connection)
{
    auto result = connection.query("SELECT id, uuid, name, config FROM sources ORDER BY id");
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::vector<SourceConfig> sources;
    while (const auto chunk = result->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            SourceConfig source = sourceFromJson(chunk->column(3).text(row));
            source.id = chunk->column(0).integer(row);
            source.uuid = qString(chunk->column(1).text(row));
            source.name = qString(chunk->column(2).text(row));
            sources.push_back(std::move(source));
        }
    }
    return sources;
}

event::Result<std::map<SourceId, QString>> readSourceNames(duckdb::Connection &connection)
{
    auto result = connection.query("SELECT id, name FROM sources");
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::map<SourceId, QString> names;
    while (const auto chunk = result->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            names[chunk->column(0).integer(row)] = qString(chunk->column(1).text(row));
        }
    }
    return names;
}

event::Result<SourceCounts> readCounts(duckdb::Connection &connection, SourceId source)
{
    const std::array<filter::SqlValue, 1> key{std::int64_t{source}};
    return connection.query("SELECT count(*), min(published), max(published) FROM events WHERE source = ?", key)
        .map([](duckdb::QueryResult &&result) {
            SourceCounts counts;
            if (const auto chunk = result.next()) {
                counts.events = chunk->column(0).bigint(0);
                counts.oldest = chunk->column(1).time(0);
                counts.newest = chunk->column(2).time(0);
            }
            return counts;
        });
}

event::Result<SourceConfig> writeSource(duckdb::Connection &connection, SourceConfig source)
{
    auto transaction = duckdb::Transaction::begin(connection);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    if (source.id == 0) {
        const auto id = freeId(connection);
        if (!id) {
            return tl::unexpected(id.error());
        }
        source.id = *id;
    }
    if (source.uuid.isEmpty()) {
        source.uuid = QUuid::createUuid().toString(QUuid::WithoutBraces);
    }
    const std::array<filter::SqlValue, 1> key{std::int64_t{source.id}};
    const std::array<filter::SqlValue, 4> row{
        std::int64_t{source.id}, source.uuid.toStdString(), source.name.toStdString(), sourceToJson(source)};
    const auto done = connection.query("DELETE FROM sources WHERE id = ?", key)
                          .and_then([&](const duckdb::QueryResult &) {
                              return connection.query("INSERT INTO sources VALUES (?, ?, ?, ?)", row);
                          })
                          .and_then([&](const duckdb::QueryResult &) { return transaction->commit(); });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return source;
}

} // namespace octotrail::store
