// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/DetectionTable.h"

#include "event/Text.h"
#include "store/AlertSql.h"
#include "store/duckdb/Appender.h"
#include "store/duckdb/ChunkWriter.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace octotrail::store {

using namespace alertsql;

namespace {

using Entries = std::vector<std::pair<std::string, std::string_view>>;

/// Many with one statement: correlations remember in thousands of parts.
event::Status removeEntries(duckdb::Connection &connection, const std::string &engine, const Entries &entries)
{
    for (std::size_t begin = 0; begin < entries.size(); begin += textsAtOnce) {
        std::vector<filter::SqlValue> values{engine};
        const std::size_t end = std::min(begin + textsAtOnce, entries.size());
        for (std::size_t i = begin; i < end; ++i) {
            values.emplace_back(entries[i].first);
        }
        const auto removed = connection.query(
            "DELETE FROM detection_state WHERE engine = ? AND \"key\" IN " + marks(end - begin), values);
        if (!removed) {
            return tl::unexpected(removed.error());
        }
    }
    return {};
}

event::Status addEntries(duckdb::Connection &connection, const std::string &engine, const Entries &entries)
{
    auto appender = duckdb::Appender::open(connection, "detection_state");
    if (!appender) {
        return tl::unexpected(appender.error());
    }
    const std::array types{duckdb::LogicalType(DUCKDB_TYPE_VARCHAR), duckdb::LogicalType(DUCKDB_TYPE_VARCHAR),
        duckdb::LogicalType(DUCKDB_TYPE_BLOB)};
    for (std::size_t begin = 0; begin < entries.size(); begin += duckdb::chunkCapacity()) {
        const std::size_t end = std::min(begin + duckdb::chunkCapacity(), entries.size());
        const duckdb::Chunk chunk = duckdb::makeChunk(types);
        std::array columns{duckdb::ColumnWriter(duckdb_data_chunk_get_vector(chunk.handle(), 0)),
            duckdb::ColumnWriter(duckdb_data_chunk_get_vector(chunk.handle(), 1)),
            duckdb::ColumnWriter(duckdb_data_chunk_get_vector(chunk.handle(), 2))};
        std::size_t row = 0;
        for (std::size_t i = begin; i < end; ++i) {
            if (!entries[i].second.empty()) { // what is empty is gone
                columns[0].setView(row, engine);
                columns[1].setView(row, entries[i].first);
                columns[2].setView(row, entries[i].second);
                ++row;
            }
        }
        duckdb_data_chunk_set_size(chunk.handle(), row);
        if (const event::Status appended = appender->append(chunk); !appended) {
            return appended;
        }
    }
    return appender->close();
}

} // namespace

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
    Entries entries;
    for (const auto &[key, value] : commit.state) {
        entries.emplace_back(event::toValidUtf8(key), value);
    }
    return removeEntries(connection, engine, entries).and_then([&] { return addEntries(connection, engine, entries); });
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
