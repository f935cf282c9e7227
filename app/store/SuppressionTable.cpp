// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SuppressionTable.h"

#include "store/AlertSql.h"

#include <QObject>
#include <algorithm>
#include <array>

namespace octotrail::store {

using namespace alertsql;

event::Result<std::vector<Suppression>> readSuppressions(duckdb::Connection &connection)
{
    std::vector<Suppression> suppressions;
    return forEachRow(connection,
        "SELECT id, rule, rule_title, filter, reason, \"until\", created, suppressed, last_suppressed "
        "FROM suppressions ORDER BY id DESC",
        {},
        [&](const duckdb::Chunk &chunk, std::size_t row) {
            Suppression suppression;
            suppression.id = chunk.column(0).bigint(row);
            suppression.ruleId = qString(chunk.column(1).text(row));
            suppression.ruleTitle = qString(chunk.column(2).text(row));
            suppression.filter = qString(chunk.column(3).text(row));
            suppression.reason = qString(chunk.column(4).text(row));
            suppression.until = chunk.column(5).time(row);
            suppression.created = chunk.column(6).time(row).value_or(event::Timestamp());
            suppression.suppressed = chunk.column(7).bigint(row);
            suppression.lastSuppressed = chunk.column(8).time(row);
            suppressions.push_back(std::move(suppression));
        })
        .map([&] { return std::move(suppressions); });
}

event::Result<Suppression> writeSuppression(duckdb::Connection &connection, Suppression suppression)
{
    if (const auto parsed = filter::parse(suppression.filter.toStdString()); !parsed) {
        return tl::unexpected(parsed.error());
    }
    if (suppression.ruleId.isEmpty() && suppression.filter.trimmed().isEmpty()) {
        return event::failure(event::ErrorKind::InvalidInput,
            QObject::tr("A suppression needs a rule or a filter; this one would keep every alert away."));
    }
    const auto stored = inTransaction(connection, [&]() -> event::Status {
        if (suppression.id == 0) {
            suppression.created = event::now();
            suppression.suppressed = 0;
            suppression.lastSuppressed.reset();
            if (const auto next = forEachRow(connection, "SELECT 1 + coalesce(max(id), 0) FROM suppressions", {},
                    [&](const duckdb::Chunk &chunk, std::size_t row) { suppression.id = chunk.column(0).bigint(row); });
                !next) {
                return next;
            }
        } else if (const event::Status removed
                   = connection.run("DELETE FROM suppressions WHERE id = " + std::to_string(suppression.id));
                   !removed) {
            return removed;
        }
        auto insert = connection.prepare("INSERT INTO suppressions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        if (!insert) {
            return tl::unexpected(insert.error());
        }
        insert->bindInteger(1, suppression.id);
        insert->bindText(2, suppression.ruleId.toStdString());
        insert->bindText(3, suppression.ruleTitle.toStdString());
        insert->bindText(4, suppression.filter.toStdString());
        insert->bindText(5, suppression.reason.toStdString());
        insert->bindTime(6, suppression.until);
        insert->bindTime(7, suppression.created);
        insert->bindInteger(8, suppression.suppressed);
        insert->bindTime(9, suppression.lastSuppressed);
        return insert->execute().map([](const duckdb::QueryResult &) {});
    });
    return stored.map([&] { return suppression; });
}

event::Status removeSuppression(duckdb::Connection &connection, SuppressionId id)
{
    return connection.run("DELETE FROM suppressions WHERE id = " + std::to_string(id));
}

Suppressor::Suppressor(duckdb::Connection &connection, BlockCache &cache)
    : m_connection(connection)
    , m_blocks(connection, cache)
{ }

event::Result<Suppressor> Suppressor::load(duckdb::Connection &connection, BlockCache &cache)
{
    Suppressor suppressor(connection, cache);
    auto suppressions = readSuppressions(connection);
    if (!suppressions) {
        return tl::unexpected(suppressions.error());
    }
    for (Suppression &suppression : *suppressions) {
        // One that a newer version wrote in its own language keeps nothing away.
        if (const auto expression = filter::parse(suppression.filter.toStdString())) {
            suppressor.m_active.push_back({std::move(suppression), filter::Matcher(*expression)});
        }
    }
    return suppressor;
}

event::Result<const event::LogEvent *> Suppressor::eventOf(Seq seq)
{
    const auto known = m_events.find(seq);
    if (known != m_events.end()) {
        return known->second ? &*known->second : nullptr;
    }
    std::optional<event::LogEvent> found;
    if (const auto block = m_blocks.blockOf(seq)) {
        if (const std::string_view bytes = (*block)->find(seq); bytes.data()) {
            found = event::LogEvent::fromBytes(std::string(bytes));
        }
    } else if (block.error().kind != event::ErrorKind::NotFound) {
        return tl::unexpected(block.error());
    }
    const auto &kept = m_events.emplace(seq, std::move(found)).first->second;
    return kept ? &*kept : nullptr;
}

event::Result<bool> Suppressor::matchesAll(const filter::Matcher &matcher, const Finding &finding)
{
    for (const Seq seq : finding.seqs) {
        const auto event = eventOf(seq);
        if (!event) {
            return tl::unexpected(event.error());
        }
        if (!*event || !matcher.matches(**event)) {
            return false;
        }
    }
    return !finding.seqs.empty();
}

event::Result<bool> Suppressor::holds(const Finding &finding)
{
    for (Active &active : m_active) {
        Suppression &suppression = active.suppression;
        if ((!suppression.ruleId.isEmpty() && suppression.ruleId != finding.ruleId)
            || (suppression.until && finding.last >= *suppression.until)) {
            continue;
        }
        const auto all = matchesAll(active.matcher, finding);
        if (!all) {
            return tl::unexpected(all.error());
        }
        if (*all) {
            ++suppression.suppressed;
            suppression.lastSuppressed = std::max(suppression.lastSuppressed.value_or(finding.last), finding.last);
            active.counted = true;
            return true;
        }
    }
    return false;
}

event::Status Suppressor::store()
{
    for (const Active &active : m_active) {
        if (!active.counted) {
            continue;
        }
        const std::array<filter::SqlValue, 3> values{active.suppression.suppressed,
            active.suppression.lastSuppressed.value_or(event::Timestamp()), active.suppression.id};
        const auto updated
            = m_connection.query("UPDATE suppressions SET suppressed = ?, last_suppressed = ? WHERE id = ?", values);
        if (!updated) {
            return tl::unexpected(updated.error());
        }
    }
    return {};
}

} // namespace octotrail::store
