// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SqlConsole.h"

#include "store/Schema.h"
#include "store/SqlGuard.h"
#include "store/StorePrivate.h"

#include <QtConcurrent>

namespace octotrail::store {

namespace {

SqlColumn::Kind kindOf(duckdb_type type)
{
    switch (type) {
    case DUCKDB_TYPE_BOOLEAN:
        return SqlColumn::Kind::Boolean;
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_USMALLINT:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_UBIGINT:
    case DUCKDB_TYPE_HUGEINT:
    case DUCKDB_TYPE_UHUGEINT:
    case DUCKDB_TYPE_FLOAT:
    case DUCKDB_TYPE_DOUBLE:
    case DUCKDB_TYPE_DECIMAL:
        return SqlColumn::Kind::Number;
    case DUCKDB_TYPE_LIST:
    case DUCKDB_TYPE_ARRAY:
    case DUCKDB_TYPE_STRUCT:
    case DUCKDB_TYPE_MAP:
        return SqlColumn::Kind::Json;
    default:
        return SqlColumn::Kind::Text;
    }
}

QString nameOf(duckdb_type type)
{
    switch (type) {
    case DUCKDB_TYPE_BOOLEAN:
        return QStringLiteral("BOOLEAN");
    case DUCKDB_TYPE_INTEGER:
        return QStringLiteral("INTEGER");
    case DUCKDB_TYPE_BIGINT:
        return QStringLiteral("BIGINT");
    case DUCKDB_TYPE_HUGEINT:
        return QStringLiteral("HUGEINT");
    case DUCKDB_TYPE_FLOAT:
        return QStringLiteral("FLOAT");
    case DUCKDB_TYPE_DOUBLE:
        return QStringLiteral("DOUBLE");
    case DUCKDB_TYPE_DECIMAL:
        return QStringLiteral("DECIMAL");
    case DUCKDB_TYPE_TIMESTAMP:
        return QStringLiteral("TIMESTAMP");
    case DUCKDB_TYPE_DATE:
        return QStringLiteral("DATE");
    case DUCKDB_TYPE_TIME:
        return QStringLiteral("TIME");
    case DUCKDB_TYPE_INTERVAL:
        return QStringLiteral("INTERVAL");
    case DUCKDB_TYPE_BLOB:
        return QStringLiteral("BLOB");
    case DUCKDB_TYPE_LIST:
    case DUCKDB_TYPE_ARRAY:
        return QStringLiteral("LIST");
    case DUCKDB_TYPE_STRUCT:
        return QStringLiteral("STRUCT");
    case DUCKDB_TYPE_MAP:
        return QStringLiteral("MAP");
    default:
        return kindOf(type) == SqlColumn::Kind::Number ? QStringLiteral("NUMBER") : QStringLiteral("VARCHAR");
    }
}

struct Plan
{
    std::vector<SqlColumn> columns;
    std::string sql; ///< gives every column as text
};

/// The statement's columns, and a statement that gives them as texts.
event::Result<Plan> plan(duckdb::Connection &connection, const std::string &sql)
{
    auto statement = connection.prepare(sql);
    if (!statement) {
        return tl::unexpected(statement.error());
    }
    if (statement->parameterCount() > 0) {
        return event::failure(event::ErrorKind::InvalidInput,
            QObject::tr("The statement has a parameter (? or $1). Write the value in its place."));
    }
    if (!statement->isSelect()) {
        return event::failure(event::ErrorKind::InvalidInput, QObject::tr("Only a SELECT can be run here."));
    }
    Plan plan;
    std::string texts;
    std::string names;
    for (std::size_t i = 0; i < statement->columnCount(); ++i) {
        const duckdb_type type = statement->columnType(i);
        plan.columns.push_back({QString::fromStdString(statement->columnName(i)), nameOf(type), kindOf(type)});
        const std::string name = "c" + std::to_string(i);
        const bool isJson = plan.columns.back().kind == SqlColumn::Kind::Json;
        texts += (i == 0 ? "" : ", ")
            + (isJson ? "CAST(to_json(" + name + ") AS VARCHAR)" : "CAST(" + name + " AS VARCHAR)");
        names += (i == 0 ? "" : ", ") + name;
    }
    std::string inner = sql;
    while (!inner.empty() && (inner.back() == ';' || inner.back() == ' ' || inner.back() == '\n')) {
        inner.pop_back();
    }
    // On a line of its own: the statement may end with a comment.
    plan.sql = "SELECT " + texts + " FROM (\n" + inner + "\n) AS answer(" + names + ")";
    return plan;
}

event::Result<std::int64_t> answer(duckdb::Connection &connection, const std::string &sql,
    const std::function<bool(const std::vector<SqlColumn> &)> &begin, const std::function<bool(SqlConsole::Row)> &row)
{
    if (const event::Status checked = checkReadOnly(connection, sql); !checked) {
        return tl::unexpected(checked.error());
    }
    const auto transaction = duckdb::Transaction::begin(connection, duckdb::Transaction::Access::ReadOnly);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    const auto planned = plan(connection, sql);
    if (!planned) {
        return tl::unexpected(planned.error());
    }
    auto result = connection.stream(planned->sql);
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::int64_t count = 0;
    if (!begin(planned->columns)) {
        return count;
    }
    std::vector<std::optional<std::string_view>> cells(planned->columns.size());
    bool wanted = true;
    const event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t i = 0; i < chunk.size() && wanted; ++i) {
            for (std::size_t c = 0; c < cells.size(); ++c) {
                const duckdb::Column column = chunk.column(c);
                cells[c] = column.isNull(i) ? std::nullopt : std::optional(column.text(i));
            }
            wanted = row(cells);
            count += wanted ? 1 : 0;
        }
        return wanted;
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return count;
}

QString bounded(std::string_view text, qsizetype limit)
{
    // A character has four bytes at most.
    const bool isLong = text.size() > static_cast<std::size_t>(limit) * 4;
    QString result = QString::fromUtf8(
        text.data(), isLong ? limit * 4 : static_cast<qsizetype>(text.size())); // never null: a value is no NULL
    if (result.size() > limit) {
        result.truncate(limit);
        result += QChar(u'\u2026');
    }
    return result.isNull() ? QStringLiteral("") : result;
}

} // namespace

SqlConsole::SqlConsole(std::shared_ptr<Store> store)
    : m_store(std::move(store))
{
    m_pool.setMaxThreadCount(1);
}

SqlConsole::~SqlConsole()
{
    m_closing.request_stop();
    m_pool.waitForDone();
}

event::Result<std::int64_t> SqlConsole::stream(const QString &sql,
    const std::function<bool(const std::vector<SqlColumn> &)> &begin, const std::function<bool(Row)> &row,
    const std::stop_token &stop)
{
    Store::Private &d = Store::Private::of(*m_store);
    return d.readHere<std::int64_t>(stop, [&](duckdb::Connection &connection) {
        bool hasBegun = false;
        bool hasRows = false;
        const auto attempt = [&] {
            return answer(
                connection, sql.toStdString(),
                [&](const std::vector<SqlColumn> &columns) { return std::exchange(hasBegun, true) || begin(columns); },
                [&](Row cells) {
                    hasRows = true;
                    return row(cells);
                });
        };
        return withEnoughMemory(connection, attempt, [&] {
            return !hasRows;
        }).map_error([&](const event::Error &error) { return wordedSql(error, sql); });
    });
}

QFuture<event::Result<SqlTable>> SqlConsole::run(const QString &sql, const SqlLimits &limits, std::stop_source stop)
{
    return QtConcurrent::run(&m_pool, [this, sql, limits, stop = std::move(stop)]() mutable -> event::Result<SqlTable> {
        const std::stop_callback closing(m_closing.get_token(), [&stop] { stop.request_stop(); });
        SqlTable table;
        std::int64_t bytes = 0;
        const auto take = [&](Row row) {
            if (table.rowCount() >= limits.rows || bytes >= limits.bytes) {
                table.isCut = true;
                return false;
            }
            for (const auto &cell : row) {
                table.cells.push_back(cell ? bounded(*cell, limits.cell) : QString());
                bytes += static_cast<std::int64_t>(sizeof(QString)) + table.cells.back().size() * 2;
            }
            return true;
        };
        const auto begin = [&](const std::vector<SqlColumn> &columns) {
            table.columns = columns;
            return true;
        };
        if (stop.stop_requested()) {
            return event::failure(event::ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
        }
        const auto count = stream(sql, begin, take, stop.get_token());
        if (!count) {
            return tl::unexpected(count.error());
        }
        return table;
    });
}

QFuture<event::Result<QStringList>> SqlConsole::names()
{
    Store::Private &d = Store::Private::of(*m_store);
    return d.read<QStringList>(
        d.lookups, [](duckdb::Connection &connection, const std::stop_token &) -> event::Result<QStringList> {
            auto result
                = connection.query("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND "
                                   "database_name = current_database() ORDER BY table_name, column_index");
            if (!result) {
                return tl::unexpected(result.error());
            }
            QStringList names;
            while (const auto chunk = result->next()) {
                for (std::size_t row = 0; row < chunk->size(); ++row) {
                    const auto text = [&](std::size_t column) {
                        const std::string_view value = chunk->column(column).text(row);
                        return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
                    };
                    if (!names.contains(text(0))) {
                        names << text(0);
                    }
                    const QString column = QString::fromStdString(schema::quoted(text(1).toStdString()));
                    names << (text(1).contains(u'.') ? column : text(1));
                }
            }
            names.removeDuplicates();
            return names;
        });
}

} // namespace octotrail::store
