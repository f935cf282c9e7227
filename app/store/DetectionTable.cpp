// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/DetectionTable.h"

#include "event/Text.h"
#include "store/AlertSql.h"

#include <array>

namespace octotrail::store {

using namespace alertsql;

event::Status writeDetectionState(duckdb::Connection &connection, const DetectionCommit &commit)
{
    const std::string engine = commit.engine.toStdString();
    const std::array<filter::SqlValue, 1> name{engine};
    const std::array<filter::SqlValue, 2> cursor{engine, commit.cursor};
    const auto moved = connection.query("DELETE FROM detection_cursors WHERE engine = ?", name)
                           .and_then([&](const duckdb::QueryResult &) {
                               return connection.query("INSERT INTO detection_cursors VALUES (?, ?)", cursor);
                           });
    if (!moved) {
        return tl::unexpected(moved.error());
    }
    if (commit.state.empty()) {
        return {};
    }
    auto remove = connection.prepare("DELETE FROM detection_state WHERE engine = ? AND \"key\" = ?");
    if (!remove) {
        return tl::unexpected(remove.error());
    }
    auto insert = connection.prepare("INSERT INTO detection_state VALUES (?, ?, ?)");
    if (!insert) {
        return tl::unexpected(insert.error());
    }
    for (const auto &[key, value] : commit.state) {
        const std::string text = event::toValidUtf8(key);
        remove->bindText(1, engine);
        remove->bindText(2, text);
        if (const auto removed = remove->execute(); !removed) {
            return tl::unexpected(removed.error());
        }
        if (value.empty()) {
            continue;
        }
        insert->bindText(1, engine);
        insert->bindText(2, text);
        insert->bindBlob(3, value);
        if (const auto inserted = insert->execute(); !inserted) {
            return tl::unexpected(inserted.error());
        }
    }
    return {};
}

event::Status forgetDetection(duckdb::Connection &connection, const QString &engine)
{
    const std::array<filter::SqlValue, 1> name{engine.toStdString()};
    return inTransaction(connection, [&] {
        return connection.query("DELETE FROM detection_cursors WHERE engine = ?", name)
            .and_then([&](const duckdb::QueryResult &) {
                return connection.query("DELETE FROM detection_state WHERE engine = ?", name);
            })
            .map([](const duckdb::QueryResult &) {});
    });
}

event::Result<Seq> readDetectionCursor(duckdb::Connection &connection, const QString &engine)
{
    const std::array<filter::SqlValue, 1> name{engine.toStdString()};
    Seq cursor = 0;
    return forEachRow(connection, "SELECT seq FROM detection_cursors WHERE engine = ?", name,
        [&](const duckdb::Chunk &chunk, std::size_t row) { cursor = chunk.column(0).bigint(row); })
        .map([&] { return cursor; });
}

event::Result<std::map<std::string, std::string>> readDetectionState(
    duckdb::Connection &connection, const QString &engine)
{
    const std::array<filter::SqlValue, 1> name{engine.toStdString()};
    std::map<std::string, std::string> state;
    return forEachRow(connection, "SELECT \"key\", \"value\" FROM detection_state WHERE engine = ?", name,
        [&](const duckdb::Chunk &chunk, std::size_t row) {
            state.emplace(chunk.column(0).text(row), chunk.column(1).text(row));
        })
        .map([&] { return std::move(state); });
}

} // namespace octotrail::store
