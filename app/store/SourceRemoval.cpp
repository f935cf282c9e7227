// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SourceRemoval.h"

#include "store/EventRemoval.h"

#include <array>

namespace octotrail::store {

namespace {

event::Result<std::vector<Seq>> seqsOf(duckdb::Connection &connection, SourceId source)
{
    const std::array<filter::SqlValue, 1> key{std::int64_t{source}};
    auto result = connection.query("SELECT seq FROM events WHERE source = ? ORDER BY seq", key);
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::vector<Seq> seqs;
    while (const auto chunk = result->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            seqs.push_back(chunk->column(0).bigint(row));
        }
    }
    return seqs;
}

event::Status removeEventsOf(duckdb::Connection &connection, SourceId source)
{
    return seqsOf(connection, source).and_then([&](const std::vector<Seq> &seqs) {
        return removeEvents(connection, seqs);
    });
}

event::Status removeAlerts(duckdb::Connection &connection, SourceId source)
{
    const std::string theirs = "(SELECT id FROM alerts WHERE source = " + std::to_string(source) + ")";
    return connection.run("DELETE FROM alert_events WHERE alert IN " + theirs
        + "; DELETE FROM alert_notes WHERE alert IN " + theirs
        + "; DELETE FROM alerts WHERE source = " + std::to_string(source));
}

} // namespace

event::Status removeSource(duckdb::Connection &connection, SourceId source, bool withItsEvents)
{
    auto transaction = duckdb::Transaction::begin(connection);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    const std::string id = std::to_string(source);
    return connection
        .run("DELETE FROM sources WHERE id = " + id + "; DELETE FROM checkpoints WHERE source = " + id
            + "; DELETE FROM profiles WHERE source = " + id + "; DELETE FROM profile_changes WHERE source = " + id
            + "; DELETE FROM profile_progress WHERE source = " + id + "; DELETE FROM coverage WHERE source = " + id
            + "; DELETE FROM coverage_goals WHERE source = " + id)
        .and_then([&] { return withItsEvents ? removeAlerts(connection, source) : event::Status{}; })
        .and_then([&] { return withItsEvents ? removeEventsOf(connection, source) : event::Status{}; })
        .and_then([&] { return transaction->commit(); });
}

} // namespace octotrail::store
