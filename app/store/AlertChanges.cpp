// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/AlertChanges.h"

#include "store/AlertSql.h"

#include <algorithm>
#include <array>
#include <map>

namespace octotrail::store {

using namespace alertsql;
using Before = AlertUndo::Before;

namespace {

/// A removal can be undone for so long; then the rows go.
constexpr auto removalKept = std::chrono::hours(24);

event::Result<std::vector<Before>> readBefore(duckdb::Connection &connection, const std::vector<AlertId> &ids)
{
    std::vector<Before> before;
    if (ids.empty()) {
        return before;
    }
    return forEachRow(connection,
        "SELECT id, state, assignee, removed IS NOT NULL FROM alerts WHERE raised IS NOT NULL AND id IN " + listOf(ids)
            + " ORDER BY id",
        {},
        [&](const duckdb::Chunk &chunk, std::size_t row) {
            before.push_back({chunk.column(0).bigint(row),
                static_cast<AlertState>(std::clamp(chunk.column(1).integer(row), 0, alertStates - 1)),
                qString(chunk.column(2).text(row)), chunk.column(3).boolean(row)});
        })
        .map([&] { return std::move(before); });
}

/// The same note at each of the alerts.
event::Status writeNotes(duckdb::Connection &connection, const std::vector<AlertId> &ids, const AlertNote &note)
{
    const std::array<filter::SqlValue, 4> values{event::now(), std::int64_t{static_cast<int>(note.kind)},
        note.text.toStdString(), std::int64_t{static_cast<int>(note.state)}};
    return connection
        .query("INSERT INTO alert_notes SELECT id, ?, ?, ?, ? FROM alerts WHERE id IN " + listOf(ids), values)
        .map([](const duckdb::QueryResult &) {});
}

event::Status writeState(duckdb::Connection &connection, const std::vector<AlertId> &ids, AlertState state)
{
    return connection
        .run("UPDATE alerts SET state = " + std::to_string(static_cast<int>(state)) + " WHERE id IN " + listOf(ids))
        .and_then([&] {
            return writeNotes(connection, ids, {0, {}, AlertNote::Kind::State, {}, state});
        });
}

event::Status writeAssignee(duckdb::Connection &connection, const std::vector<AlertId> &ids, const QString &assignee)
{
    const std::array<filter::SqlValue, 1> values{assignee.toStdString()};
    return connection.query("UPDATE alerts SET assignee = ? WHERE id IN " + listOf(ids), values)
        .map([](const duckdb::QueryResult &) {})
        .and_then([&] {
            return writeNotes(connection, ids, {0, {}, AlertNote::Kind::Assignee, assignee, {}});
        });
}

/// Changes those of the alerts that differ, in one transaction; gives how they were.
template <class Differs, class Change>
event::Result<AlertUndo> changeThose(
    duckdb::Connection &connection, const std::vector<AlertId> &ids, Differs differs, Change change)
{
    AlertUndo undo;
    return inTransaction(connection, [&]() -> event::Status {
        auto before = readBefore(connection, ids);
        if (!before) {
            return tl::unexpected(before.error());
        }
        std::vector<AlertId> theirs;
        for (Before &one : *before) {
            if (!one.removed && differs(one)) {
                theirs.push_back(one.id);
                undo.before.push_back(std::move(one));
            }
        }
        return theirs.empty() ? event::Status{} : change(theirs);
    }).map([&] { return std::move(undo); });
}

} // namespace

event::Result<AlertUndo> changeState(duckdb::Connection &connection, const std::vector<AlertId> &ids, AlertState state)
{
    return changeThose(
        connection, ids, [&](const Before &before) { return before.state != state; },
        [&](const std::vector<AlertId> &theirs) { return writeState(connection, theirs, state); });
}

event::Result<AlertUndo> changeAssignee(
    duckdb::Connection &connection, const std::vector<AlertId> &ids, const QString &assignee)
{
    return changeThose(
        connection, ids, [&](const Before &before) { return before.assignee != assignee; },
        [&](const std::vector<AlertId> &theirs) { return writeAssignee(connection, theirs, assignee); });
}

event::Result<AlertUndo> removeAlerts(duckdb::Connection &connection, const std::vector<AlertId> &ids)
{
    const event::Timestamp now = event::now();
    const std::array<filter::SqlValue, 1> old{now - removalKept};
    const auto purged = inTransaction(connection, [&]() -> event::Status {
        for (const char *table : {"alert_events", "alert_notes"}) {
            const auto gone = connection.query(
                std::string("DELETE FROM ") + table + " WHERE alert IN (SELECT id FROM alerts WHERE removed < ?)", old);
            if (!gone) {
                return tl::unexpected(gone.error());
            }
        }
        return connection.query("DELETE FROM alerts WHERE removed < ?", old).map([](const duckdb::QueryResult &) {});
    });
    if (!purged) {
        return tl::unexpected(purged.error());
    }
    return changeThose(
        connection, ids, [](const Before &) { return true; },
        [&](const std::vector<AlertId> &theirs) -> event::Status {
            const std::array<filter::SqlValue, 1> values{now};
            return connection.query("UPDATE alerts SET removed = ? WHERE id IN " + listOf(theirs), values)
                .map([](const duckdb::QueryResult &) {});
        });
}

event::Status undoChange(duckdb::Connection &connection, const AlertUndo &undo)
{
    std::vector<AlertId> ids;
    std::ranges::transform(undo.before, std::back_inserter(ids), &Before::id);
    return inTransaction(connection, [&]() -> event::Status {
        const auto current = readBefore(connection, ids);
        if (!current) {
            return tl::unexpected(current.error());
        }
        std::map<AlertId, const Before *> wanted;
        for (const Before &before : undo.before) {
            wanted[before.id] = &before;
        }
        std::vector<AlertId> returned;
        std::map<AlertState, std::vector<AlertId>> states;
        std::map<QString, std::vector<AlertId>> assignees;
        for (const Before &now : *current) {
            const Before &before = *wanted.at(now.id);
            if (now.removed && !before.removed) {
                returned.push_back(now.id);
            }
            if (now.state != before.state) {
                states[before.state].push_back(now.id);
            }
            if (now.assignee != before.assignee) {
                assignees[before.assignee].push_back(now.id);
            }
        }
        event::Status status;
        if (!returned.empty()) {
            status = connection.run("UPDATE alerts SET removed = NULL WHERE id IN " + listOf(returned));
        }
        for (const auto &[state, theirs] : states) {
            status = status.and_then(
                [&, state = state, &theirs = theirs] { return writeState(connection, theirs, state); });
        }
        for (const auto &[assignee, theirs] : assignees) {
            status = status.and_then(
                [&, &assignee = assignee, &theirs = theirs] { return writeAssignee(connection, theirs, assignee); });
        }
        return status;
    });
}

event::Status addNote(duckdb::Connection &connection, const std::vector<AlertId> &ids, const QString &text)
{
    return ids.empty() ? event::Status{} : inTransaction(connection, [&] {
        return writeNotes(connection, ids, {0, {}, AlertNote::Kind::Note, text, {}});
    });
}

} // namespace octotrail::store
