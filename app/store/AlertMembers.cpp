// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/AlertMembers.h"

#include "event/Text.h"
#include "store/AlertSql.h"
#include "store/duckdb/Appender.h"
#include "store/duckdb/ChunkWriter.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace octotrail::store {

using namespace alertsql;

namespace {

constexpr std::size_t actorLimit = 1000;
constexpr std::size_t seqsAtOnce = 4096;

} // namespace

event::Status fillActors(duckdb::Connection &connection, std::span<AlertMember> members)
{
    std::vector<Seq> seqs;
    for (const AlertMember &member : members) {
        if (member.seq > 0) {
            seqs.push_back(member.seq);
        }
    }
    std::ranges::sort(seqs);
    seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
    std::unordered_map<Seq, std::string> actors;
    for (std::size_t begin = 0; begin < seqs.size(); begin += seqsAtOnce) {
        const auto part = std::span(seqs).subspan(begin, std::min(seqsAtOnce, seqs.size() - begin));
        event::Status read = forEachRow(connection,
            "SELECT seq, \"actor.alternateId\" FROM events WHERE seq BETWEEN " + std::to_string(part.front()) + " AND "
                + std::to_string(part.back()) + " AND seq IN " + listOf(part),
            {}, [&](const duckdb::Chunk &chunk, std::size_t row) {
                if (!chunk.column(1).isNull(row)) {
                    actors.emplace(chunk.column(0).bigint(row), chunk.column(1).text(row));
                }
            });
        if (!read) {
            return read;
        }
    }
    for (AlertMember &member : members) {
        if (const auto found = actors.find(member.seq); found != actors.end()) {
            member.actor = event::toValidUtf8(found->second.substr(0, actorLimit));
        }
    }
    return {};
}

event::Result<std::unordered_map<AlertId, ActorTally>> tallyActors(
    duckdb::Connection &connection, const std::vector<AlertId> &alerts)
{
    std::unordered_map<AlertId, ActorTally> tallies;
    if (alerts.empty()) {
        return tallies;
    }
    std::unordered_map<AlertId, std::pair<std::int64_t, std::int64_t>> most; // events and newest of the one so far
    return forEachRow(connection, actorsOf(listOf(alerts)), {}, [&](const duckdb::Chunk &chunk, std::size_t row) {
        const AlertId id = chunk.column(0).bigint(row);
        ActorTally &tally = tallies[id];
        ++tally.actors;
        const std::pair weight{chunk.column(2).bigint(row), chunk.column(3).bigint(row)};
        if (tally.actors == 1 || weight > most[id]) {
            most[id] = weight;
            tally.actor = chunk.column(1).text(row);
        }
    }).map([&] { return std::move(tallies); });
}

event::Status appendMembers(duckdb::Connection &connection, std::span<const AlertMember> members)
{
    if (members.empty()) {
        return {};
    }
    auto appender = duckdb::Appender::open(connection, "alert_events");
    if (!appender) {
        return tl::unexpected(appender.error());
    }
    const std::array types{duckdb::LogicalType(DUCKDB_TYPE_BIGINT), duckdb::LogicalType(DUCKDB_TYPE_BIGINT),
        duckdb::LogicalType(DUCKDB_TYPE_VARCHAR), duckdb::LogicalType(DUCKDB_TYPE_VARCHAR),
        duckdb::LogicalType(DUCKDB_TYPE_VARCHAR)};
    for (std::size_t begin = 0; begin < members.size(); begin += duckdb::chunkCapacity()) {
        const std::size_t count = std::min(duckdb::chunkCapacity(), members.size() - begin);
        const duckdb::Chunk chunk = duckdb::makeChunk(types);
        std::array columns{duckdb::ColumnWriter(duckdb_data_chunk_get_vector(chunk.handle(), 0)),
            duckdb::ColumnWriter(duckdb_data_chunk_get_vector(chunk.handle(), 1)),
            duckdb::ColumnWriter(duckdb_data_chunk_get_vector(chunk.handle(), 2)),
            duckdb::ColumnWriter(duckdb_data_chunk_get_vector(chunk.handle(), 3)),
            duckdb::ColumnWriter(duckdb_data_chunk_get_vector(chunk.handle(), 4))};
        for (std::size_t row = 0; row < count; ++row) {
            const AlertMember &member = members[begin + row];
            columns[0].setBigint(row, member.alert);
            columns[1].setBigint(row, member.seq);
            columns[2].setView(row, member.uuid);
            const auto setText = [row](duckdb::ColumnWriter &column, const std::string &text) {
                if (text.empty()) {
                    column.setNull(row);
                } else {
                    column.setView(row, text);
                }
            };
            setText(columns[3], member.value);
            setText(columns[4], member.actor);
        }
        duckdb_data_chunk_set_size(chunk.handle(), count);
        if (event::Status appended = appender->append(chunk); !appended) {
            return appended;
        }
    }
    return appender->close();
}

} // namespace octotrail::store
