// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/TableSalvage.h"

#include "store/Schema.h"
#include "store/TolerantRead.h"
#include "store/duckdb/Appender.h"

#include <QLocale>
#include <QObject>
#include <utility>
#include <vector>

namespace octotrail::store {

namespace {

constexpr std::int64_t rowsAtOnce = 61'440;

using Columns = std::vector<std::pair<std::string, std::string>>; ///< name and type

event::Result<std::map<std::string, Columns>> tablesOf(duckdb::Connection &connection)
{
    auto result = connection.query("SELECT table_name, column_name, data_type FROM information_schema.columns WHERE "
                                   "table_catalog = current_database() AND table_schema = 'main' "
                                   "ORDER BY table_name, ordinal_position");
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::map<std::string, Columns> tables;
    while (const auto chunk = result->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            tables[std::string(chunk->column(0).text(row))].emplace_back(
                chunk->column(1).text(row), chunk->column(2).text(row));
        }
    }
    return tables;
}

bool isCopiedElsewhere(const std::string &table)
{
    return table == "events" || table == "blocks" || table == "integrity" || table == "meta";
}

/// The wanted columns as SQL over a table that has those of another version.
std::string selection(const Columns &wanted, const Columns &present)
{
    std::string sql;
    for (const auto &[name, type] : wanted) {
        const bool has = std::ranges::any_of(present, [&](const auto &column) { return column.first == name; });
        sql += (sql.empty() ? "CAST(" : ", CAST(") + (has ? schema::quoted(name) : "NULL") + " AS " + type + ")";
    }
    return sql;
}

/// Gives how many rows cannot be read.
event::Result<std::int64_t> copy(duckdb::Connection &from, duckdb::Connection &into, const std::string &table,
    const std::string &columns, const std::stop_token &stop)
{
    auto transaction = duckdb::Transaction::begin(into);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    if (event::Status emptied = into.run("DELETE FROM " + schema::quoted(table)); !emptied) {
        return tl::unexpected(emptied.error());
    }
    auto appender = duckdb::Appender::open(into, table);
    if (!appender) {
        return tl::unexpected(appender.error());
    }
    TolerantRead rows(from, table, columns);
    return rows
        .readAll(
            rowsAtOnce, [&](const duckdb::Chunk &chunk) { return appender->append(chunk); }, stop)
        .and_then([&] { return appender->close(); })
        .and_then([&] { return transaction->commit(); })
        .map([&] { return rows.unread(); });
}

} // namespace

event::Result<QStringList> salvageTables(
    duckdb::Connection &from, duckdb::Connection &into, const std::stop_token &stop)
{
    const auto wanted = tablesOf(into);
    const auto present = tablesOf(from);
    if (!wanted || !present) {
        return tl::unexpected(wanted ? present.error() : wanted.error());
    }
    QStringList notes;
    for (const auto &[table, columns] : *wanted) {
        const auto old = present->find(table);
        if (isCopiedElsewhere(table) || old == present->end()) {
            continue;
        }
        const QString name = QString::fromStdString(table);
        const auto unread = copy(from, into, table, selection(columns, old->second), stop);
        if (!unread) {
            if (unread.error().kind == event::ErrorKind::Cancelled
                || unread.error().kind == event::ErrorKind::DiskFull) {
                return tl::unexpected(unread.error());
            }
            notes.append(QObject::tr("The table %1 cannot be read.").arg(name));
        } else if (*unread > 0) {
            notes.append(QObject::tr("Up to %1 rows of the table %2 cannot be read.")
                             .arg(QLocale().toString(static_cast<qlonglong>(*unread)), name));
        }
    }
    return notes;
}

} // namespace octotrail::store
