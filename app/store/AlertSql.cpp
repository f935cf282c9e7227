// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/AlertSql.h"

namespace octotrail::store::alertsql {

std::string createTables()
{
    // Of an alert that is not yet raised, raised is NULL. No keys: an index costs each change twice, and the newest
    // rows, which are asked for most, stand together at the end.
    return "CREATE TABLE alerts(id BIGINT NOT NULL, rule VARCHAR NOT NULL, rule_title VARCHAR NOT NULL, "
           "title VARCHAR NOT NULL, dedup_key VARCHAR NOT NULL, severity INTEGER NOT NULL, state INTEGER NOT NULL, "
           "assignee VARCHAR NOT NULL, actor VARCHAR NOT NULL, source INTEGER NOT NULL, tags VARCHAR NOT NULL, "
           "description VARCHAR NOT NULL, reference VARCHAR NOT NULL, runbook VARCHAR NOT NULL, "
           "context VARCHAR NOT NULL, window_begin TIMESTAMP NOT NULL, window_end TIMESTAMP NOT NULL, "
           "first_event TIMESTAMP NOT NULL, last_event TIMESTAMP NOT NULL, matches BIGINT NOT NULL, "
           "events BIGINT NOT NULL, uniques BIGINT NOT NULL, raised TIMESTAMP, removed TIMESTAMP);\n"
           "CREATE TABLE alert_events(alert BIGINT NOT NULL, seq BIGINT NOT NULL, uuid VARCHAR NOT NULL, "
           "unique_value VARCHAR);\n"
           "CREATE TABLE alert_notes(alert BIGINT NOT NULL, \"time\" TIMESTAMP NOT NULL, kind INTEGER NOT NULL, "
           "text VARCHAR NOT NULL, state INTEGER NOT NULL);\n"
           "CREATE TABLE suppressions(id BIGINT NOT NULL, rule VARCHAR NOT NULL, rule_title VARCHAR NOT NULL, "
           "filter VARCHAR NOT NULL, reason VARCHAR NOT NULL, \"until\" TIMESTAMP, created TIMESTAMP NOT NULL, "
           "suppressed BIGINT NOT NULL, last_suppressed TIMESTAMP);\n"
           "CREATE TABLE detection_cursors(engine VARCHAR NOT NULL, seq BIGINT NOT NULL);\n"
           "CREATE TABLE detection_state(engine VARCHAR NOT NULL, \"key\" VARCHAR NOT NULL, \"value\" BLOB NOT "
           "NULL);\n";
}

std::string addActors()
{
    return "ALTER TABLE alert_events ADD COLUMN actor VARCHAR;"
           "ALTER TABLE alerts ADD COLUMN actors BIGINT;"
           "UPDATE alert_events SET actor = nullif(e.\"actor.alternateId\", '') FROM events e "
           "WHERE alert_events.seq > 0 AND e.seq = alert_events.seq;"
           "UPDATE alerts SET actors = 0;"
           "UPDATE alerts SET actors = t.actors, actor = t.actor FROM (SELECT alert, count(*) AS actors, "
           "arg_max(actor, events::HUGEINT * 1000000000000 + newest) AS actor FROM ("
        + actorsOf("(SELECT id FROM alerts)") + ") GROUP BY alert) t WHERE alerts.id = t.alert;";
}

std::string actorsOf(const std::string &alerts)
{
    return "SELECT alert, actor, count(*) AS events, max(seq) AS newest FROM alert_events WHERE actor IS NOT NULL AND "
           "alert IN "
        + alerts + " GROUP BY alert, actor";
}

std::string listOf(std::span<const std::int64_t> numbers)
{
    std::string list = "(";
    for (const std::int64_t number : numbers) {
        list += (list.size() > 1 ? "," : "") + std::to_string(number);
    }
    return list + ")";
}

std::string marks(std::size_t count)
{
    std::string list = "(";
    for (std::size_t i = 0; i < count; ++i) {
        list += i == 0 ? "?" : ",?";
    }
    return list + ")";
}

QString qString(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace octotrail::store::alertsql
