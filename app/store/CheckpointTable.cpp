// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/CheckpointTable.h"

#include <array>

namespace octotrail::store {

namespace {

QString qString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

event::Status putCheckpoint(duckdb::Connection &connection, SourceId source, const Checkpoint &checkpoint)
{
    const std::string stream = checkpoint.stream.toStdString();
    const std::array<filter::SqlValue, 2> key{std::int64_t{source}, stream};
    auto removed = connection.query("DELETE FROM checkpoints WHERE source = ? AND stream = ?", key);
    if (!removed) {
        return tl::unexpected(removed.error());
    }
    auto insert = connection.prepare("INSERT INTO checkpoints VALUES (?, ?, ?, ?, ?, ?)");
    if (!insert) {
        return tl::unexpected(insert.error());
    }
    insert->bindInteger(1, source);
    insert->bindText(2, stream);
    insert->bindText(3, checkpoint.nextLink.toStdString());
    insert->bindText(4, checkpoint.queryHash.toStdString());
    insert->bindTime(5, checkpoint.newestPublished);
    insert->bindTime(6, event::now());
    return insert->execute().map([](const duckdb::QueryResult &) {});
}

event::Result<std::optional<Checkpoint>> readCheckpoint(
    duckdb::Connection &connection, SourceId source, const QString &stream)
{
    const std::array<filter::SqlValue, 2> key{std::int64_t{source}, stream.toStdString()};
    auto result = connection.query("SELECT next_link, query_hash, newest_published, updated FROM checkpoints "
                                   "WHERE source = ? AND stream = ?",
        key);
    if (!result) {
        return tl::unexpected(result.error());
    }
    const auto chunk = result->next();
    if (!chunk || chunk->size() == 0) {
        return std::optional<Checkpoint>{};
    }
    Checkpoint checkpoint;
    checkpoint.stream = stream;
    checkpoint.nextLink = qString(chunk->column(0).text(0));
    checkpoint.queryHash = qString(chunk->column(1).text(0));
    checkpoint.newestPublished = chunk->column(2).time(0);
    checkpoint.updated = chunk->column(3).time(0);
    return std::optional(std::move(checkpoint));
}

} // namespace octotrail::store
