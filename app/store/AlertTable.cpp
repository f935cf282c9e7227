// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/AlertTable.h"

#include "filter/Expression.h"
#include "store/AlertSql.h"

#include <QObject>
#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace octotrail::store {

using namespace alertsql;

namespace {

constexpr const char *listed
    = "a.id, a.rule, a.rule_title, a.title, a.dedup_key, a.severity, a.state, a.assignee, a.actor, a.source, a.tags, "
      "a.first_event, a.last_event, a.raised, a.matches, a.events, coalesce(a.actors, 0)";
constexpr std::size_t listedColumns = 17;
constexpr const char *texts = "a.description, a.reference, a.runbook, a.context";
constexpr const char *there = "a.raised IS NOT NULL AND a.removed IS NULL";

AlertSeverity severityOf(std::int32_t stored)
{
    return static_cast<AlertSeverity>(std::clamp(stored, 0, alertSeverities - 1));
}

Alert listedAlert(const duckdb::Chunk &chunk, std::size_t row)
{
    const auto text = [&](std::size_t column) { return qString(chunk.column(column).text(row)); };
    const auto time = [&](std::size_t column) { return chunk.column(column).time(row).value_or(event::Timestamp()); };
    Alert alert;
    alert.id = chunk.column(0).bigint(row);
    alert.ruleId = text(1);
    alert.ruleTitle = text(2);
    alert.title = text(3);
    alert.dedupKey = text(4);
    alert.severity = severityOf(chunk.column(5).integer(row));
    alert.state = static_cast<AlertState>(std::clamp(chunk.column(6).integer(row), 0, alertStates - 1));
    alert.assignee = text(7);
    alert.actor = text(8);
    alert.source = chunk.column(9).integer(row);
    alert.tags = text(10).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    alert.first = time(11);
    alert.last = time(12);
    alert.raised = time(13);
    alert.matches = chunk.column(14).bigint(row);
    alert.events = chunk.column(15).bigint(row);
    alert.actorCount = chunk.column(16).bigint(row);
    return alert;
}

std::string orderOf(AlertOrder order)
{
    switch (order) {
    case AlertOrder::Severity:
        return "a.severity";
    case AlertOrder::Title:
        return "lower(a.title)";
    case AlertOrder::Rule:
        return "lower(a.rule_title)";
    case AlertOrder::Actor:
        return "lower(a.actor)";
    case AlertOrder::Source:
        return "coalesce((SELECT lower(s.name) FROM sources s WHERE s.id = a.source), '')";
    case AlertOrder::Matches:
        return "a.matches";
    case AlertOrder::First:
        return "a.first_event";
    case AlertOrder::Last:
        break;
    case AlertOrder::State:
        return "a.state";
    case AlertOrder::Assignee:
        return "lower(a.assignee)";
    }
    return "a.last_event";
}

/// A condition and its parameters.
struct Where
{
    std::string sql = there;
    std::vector<filter::SqlValue> values;

    void add(const std::string &condition) { sql += " AND " + condition; }
    void add(const std::string &condition, filter::SqlValue value)
    {
        add(condition);
        values.push_back(std::move(value));
    }
};

Where whereOf(const AlertQuery &query)
{
    Where where;
    if (!query.states.empty()) {
        std::vector<std::int64_t> states;
        std::ranges::transform(
            query.states, std::back_inserter(states), [](AlertState s) { return static_cast<int>(s); });
        where.add("a.state IN " + listOf(states));
    }
    if (query.leastSeverity != AlertSeverity::Info) {
        where.add("a.severity >= " + std::to_string(static_cast<int>(query.leastSeverity)));
    }
    if (!query.ruleId.isEmpty()) {
        where.add("a.rule = ?", query.ruleId.toStdString());
    }
    if (!query.actor.isEmpty()) {
        where.add("(a.actor = ?", query.actor.toStdString());
        where.sql += " OR a.id IN (SELECT m.alert FROM alert_events m WHERE m.actor = ?))";
        where.values.push_back(query.actor.toStdString());
    }
    if (!query.sources.empty()) {
        where.add("a.source IN " + listOf(std::vector<std::int64_t>(query.sources.begin(), query.sources.end())));
    }
    if (query.range.since) {
        where.add("a.last_event >= ?", *query.range.since);
    }
    if (query.range.until) {
        where.add("a.first_event < ?", *query.range.until);
    }
    for (const std::string &word : filter::splitWords(query.text.toStdString())) {
        where.add("(contains(lower(concat_ws(chr(10), a.title, a.rule_title, a.rule, a.actor, a.dedup_key, a.assignee, "
                  "a.tags)), lower(?))",
            word);
        where.sql += " OR (a.actors > 1 AND a.id IN (SELECT m.alert FROM alert_events m WHERE contains(lower(m.actor), "
                     "lower(?)))))";
        where.values.emplace_back(word);
    }
    return where;
}

/// Who did their events.
event::Status readActors(duckdb::Connection &connection, std::vector<Alert> &alerts)
{
    std::unordered_map<AlertId, Alert *> byId;
    std::vector<AlertId> ids;
    for (Alert &alert : alerts) {
        if (alert.actorCount > 0) {
            byId[alert.id] = &alert;
            ids.push_back(alert.id);
        }
    }
    if (ids.empty()) {
        return {};
    }
    return forEachRow(connection,
        "SELECT alert, actor, events FROM (" + actorsOf(listOf(ids))
            + ") QUALIFY row_number() OVER (PARTITION BY alert ORDER BY events DESC, newest DESC) <= "
            + std::to_string(mostAlertActors) + " ORDER BY alert, events DESC, newest DESC",
        {}, [&](const duckdb::Chunk &chunk, std::size_t row) {
            byId.at(chunk.column(0).bigint(row))
                ->actors.push_back({qString(chunk.column(1).text(row)), chunk.column(2).bigint(row)});
        });
}

event::Status readMembers(duckdb::Connection &connection, AlertDetails &details)
{
    return forEachRow(connection,
        "SELECT m.uuid, e.seq FROM alert_events m LEFT JOIN events e ON e.seq = m.seq WHERE m.alert = "
            + std::to_string(details.alert.id) + " ORDER BY e.published, m.seq",
        {}, [&](const duckdb::Chunk &chunk, std::size_t row) {
            details.uuids.emplace_back(chunk.column(0).text(row));
            if (!chunk.column(1).isNull(row)) {
                details.seqs.push_back(chunk.column(1).bigint(row));
            }
        });
}

} // namespace

event::Result<AlertList> readAlerts(duckdb::Connection &connection, const AlertQuery &query)
{
    const Where where = whereOf(query);
    const std::string direction = query.descending ? " DESC" : " ASC";
    AlertList list;
    const event::Status read
        = forEachRow(connection, "SELECT count(*) FROM alerts a WHERE " + where.sql, where.values,
            [&](const duckdb::Chunk &chunk, std::size_t row) { list.total = chunk.column(0).bigint(row); })
              .and_then([&] {
                  return forEachRow(connection,
                      std::string("SELECT ") + listed + " FROM alerts a WHERE " + where.sql + " ORDER BY "
                          + orderOf(query.order) + direction + ", a.last_event" + direction + ", a.id" + direction
                          + " LIMIT " + std::to_string(std::max(query.limit, 0)),
                      where.values, [&](const duckdb::Chunk &chunk, std::size_t row) {
                          list.alerts.push_back(listedAlert(chunk, row));
                      });
              })
              .and_then([&] { return readActors(connection, list.alerts); });
    return read.map([&] { return std::move(list); });
}

event::Result<std::vector<AlertNote>> readNotes(duckdb::Connection &connection, AlertId alert)
{
    std::vector<AlertNote> notes;
    return forEachRow(connection,
        "SELECT \"time\", kind, text, state FROM alert_notes WHERE alert = " + std::to_string(alert)
            + " ORDER BY \"time\", rowid",
        {},
        [&](const duckdb::Chunk &chunk, std::size_t row) {
            notes.push_back({alert, chunk.column(0).time(row).value_or(event::Timestamp()),
                static_cast<AlertNote::Kind>(std::clamp(chunk.column(1).integer(row), 0, 2)),
                qString(chunk.column(2).text(row)),
                static_cast<AlertState>(std::clamp(chunk.column(3).integer(row), 0, alertStates - 1))});
        })
        .map([&] { return std::move(notes); });
}

event::Result<std::vector<Alert>> readAlerts(duckdb::Connection &connection, const std::vector<AlertId> &ids)
{
    std::vector<Alert> alerts;
    if (ids.empty()) {
        return alerts;
    }
    std::unordered_map<AlertId, Alert> byId;
    const event::Status read = forEachRow(connection,
        std::string("SELECT ") + listed + ", " + texts + " FROM alerts a WHERE " + there + " AND a.id IN "
            + listOf(ids),
        {}, [&](const duckdb::Chunk &chunk, std::size_t row) {
            Alert alert = listedAlert(chunk, row);
            alert.description = qString(chunk.column(listedColumns).text(row));
            alert.reference = qString(chunk.column(listedColumns + 1).text(row));
            alert.runbook = qString(chunk.column(listedColumns + 2).text(row));
            alert.context = qString(chunk.column(listedColumns + 3).text(row));
            byId.emplace(alert.id, std::move(alert));
        });
    if (!read) {
        return tl::unexpected(read.error());
    }
    for (const AlertId id : ids) {
        if (const auto found = byId.find(id); found != byId.end()) {
            alerts.push_back(std::move(found->second));
            byId.erase(found);
        }
    }
    return readActors(connection, alerts).map([&] { return std::move(alerts); });
}

event::Result<AlertDetails> readAlert(duckdb::Connection &connection, AlertId id)
{
    auto alerts = readAlerts(connection, std::vector{id});
    if (!alerts) {
        return tl::unexpected(alerts.error());
    }
    if (alerts->empty()) {
        return event::failure(event::ErrorKind::NotFound, QObject::tr("This alert is not there any more."));
    }
    AlertDetails details;
    details.alert = std::move(alerts->front());
    auto notes = readNotes(connection, id);
    if (!notes) {
        return tl::unexpected(notes.error());
    }
    details.notes = std::move(*notes);
    return readMembers(connection, details).map([&] { return std::move(details); });
}

event::Result<AlertCounts> countAlerts(duckdb::Connection &connection)
{
    AlertCounts counts;
    return forEachRow(connection,
        std::string("SELECT a.state, a.severity, count(*) FROM alerts a WHERE ") + there + " GROUP BY ALL", {},
        [&](const duckdb::Chunk &chunk, std::size_t row) {
            const int state = std::clamp(chunk.column(0).integer(row), 0, alertStates - 1);
            const int severity = std::clamp(chunk.column(1).integer(row), 0, alertSeverities - 1);
            counts.of.at(static_cast<std::size_t>(state)).at(static_cast<std::size_t>(severity))
                += chunk.column(2).bigint(row);
        })
        .map([&] { return counts; });
}

event::Result<std::vector<AlertMoment>> readMoments(duckdb::Connection &connection, const AlertQuery &query,
    event::Timestamp start, std::chrono::microseconds width, int stretches)
{
    Where where = whereOf(query);
    where.add("a.first_event >= ?", start);
    where.add("a.first_event < ?", start + width * stretches);
    std::vector<filter::SqlValue> values{std::int64_t{start.time_since_epoch().count()},
        std::int64_t{std::max(width, std::chrono::microseconds(1)).count()}};
    values.insert(values.end(), where.values.begin(), where.values.end());
    std::vector<AlertMoment> moments;
    return forEachRow(connection,
        "SELECT min(first_event) AS first, count(*), max(severity), arg_max(title, severity) "
        "FROM (SELECT a.first_event, a.severity, a.title, (epoch_us(a.first_event) - ?) // ? AS stretch "
        "FROM alerts a WHERE "
            + where.sql + ") GROUP BY stretch ORDER BY first",
        values,
        [&](const duckdb::Chunk &chunk, std::size_t row) {
            moments.push_back({chunk.column(0).time(row).value_or(event::Timestamp()), chunk.column(1).bigint(row),
                severityOf(chunk.column(2).integer(row)), qString(chunk.column(3).text(row))});
        })
        .map([&] { return std::move(moments); });
}

std::int64_t AlertCounts::open() const
{
    const auto &row = of.front();
    return std::accumulate(row.begin(), row.end(), std::int64_t{0});
}

std::optional<AlertSeverity> AlertCounts::highest() const
{
    for (int severity = alertSeverities; severity-- > 0;) {
        if (of.front().at(static_cast<std::size_t>(severity)) > 0) {
            return static_cast<AlertSeverity>(severity);
        }
    }
    return {};
}

std::int64_t AlertCounts::all() const
{
    std::int64_t sum = 0;
    for (const auto &row : of) {
        sum = std::accumulate(row.begin(), row.end(), sum);
    }
    return sum;
}

} // namespace octotrail::store
