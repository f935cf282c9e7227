// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/duckdb/Connection.h"

#include "store/duckdb/Failure.h"

namespace octotrail::store::duckdb {

Connection &Connection::operator=(Connection &&other) noexcept
{
    if (this != &other) {
        close();
        m_handle = std::exchange(other.m_handle, nullptr);
        m_stop = std::move(other.m_stop);
    }
    return *this;
}

event::Status Connection::run(const std::string &sql)
{
    if (!m_stop.stop_possible()) {
        return runAnyway(sql);
    }
    duckdb_extracted_statements statements = nullptr;
    const idx_t count = duckdb_extract_statements(m_handle, sql.c_str(), &statements);
    const char *message = count == 0 ? duckdb_extract_statements_error(statements) : nullptr;
    event::Status status = message ? event::Status(tl::unexpected(failureOf(message))) : event::Status();
    for (idx_t i = 0; i < count && status; ++i) {
        duckdb_prepared_statement handle = nullptr;
        const duckdb_state state = duckdb_prepare_extracted_statement(m_handle, statements, i, &handle);
        status = prepared(handle, state).and_then([](Statement &&statement) {
            return statement.execute().map([](const QueryResult &) {});
        });
    }
    duckdb_destroy_extracted(&statements);
    return status;
}

event::Status Connection::runAnyway(const std::string &sql)
{
    duckdb_result result{};
    const duckdb_state state = duckdb_query(m_handle, sql.c_str(), &result);
    QueryResult owner(result);
    if (state != DuckDBSuccess) {
        return tl::unexpected(owner.error());
    }
    return {};
}

event::Result<Statement> Connection::prepare(const std::string &sql)
{
    duckdb_prepared_statement handle = nullptr;
    const duckdb_state state = duckdb_prepare(m_handle, sql.c_str(), &handle);
    return prepared(handle, state);
}

event::Result<Statement> Connection::prepared(duckdb_prepared_statement handle, duckdb_state state)
{
    Statement statement(handle, m_handle, m_stop);
    if (state != DuckDBSuccess) {
        const char *message = duckdb_prepare_error(handle);
        return tl::unexpected(failureOf(message ? message : "the statement could not be prepared"));
    }
    return statement;
}

event::Result<std::size_t> Connection::countStatements(const std::string &sql)
{
    duckdb_extracted_statements statements = nullptr;
    const idx_t count = duckdb_extract_statements(m_handle, sql.c_str(), &statements);
    const char *message = count == 0 ? duckdb_extract_statements_error(statements) : nullptr;
    event::Result<std::size_t> result
        = message ? event::Result<std::size_t>(tl::unexpected(failureOf(message))) : event::Result<std::size_t>(count);
    duckdb_destroy_extracted(&statements);
    return result;
}

event::Result<Statement> Connection::bound(const std::string &sql, std::span<const filter::SqlValue> parameters)
{
    event::Result<Statement> statement = prepare(sql);
    if (statement) {
        int index = 0;
        for (const filter::SqlValue &value : parameters) {
            statement->bind(++index, value);
        }
    }
    return statement;
}

event::Result<QueryResult> Connection::query(const std::string &sql, std::span<const filter::SqlValue> parameters)
{
    return bound(sql, parameters).and_then([](Statement &&statement) { return statement.execute(); });
}

event::Result<QueryResult> Connection::stream(const std::string &sql, std::span<const filter::SqlValue> parameters)
{
    return bound(sql, parameters).and_then([](Statement &&statement) { return statement.stream(); });
}

void Connection::interrupt()
{
    if (m_handle) {
        duckdb_interrupt(m_handle);
    }
}

void Connection::close()
{
    if (m_handle) {
        duckdb_disconnect(&m_handle);
    }
}

event::Result<Transaction> Transaction::begin(Connection &connection)
{
    event::Status begun = connection.run("BEGIN TRANSACTION");
    if (!begun && connection.runAnyway("ROLLBACK")) {
        begun = connection.run("BEGIN TRANSACTION"); // one had been left open
    }
    return begun.map([&] { return Transaction(connection); });
}

Transaction::~Transaction()
{
    if (m_connection) {
        // An interruption that comes late hits this instead of the query, but only once.
        if (!m_connection->runAnyway("ROLLBACK")) {
            (void)m_connection->runAnyway("ROLLBACK"); // if even this fails, the next BEGIN will tell
        }
    }
}

event::Status Transaction::commit()
{
    Connection *connection = std::exchange(m_connection, nullptr);
    event::Status status = connection->run("COMMIT");
    if (!status) {
        // A failed commit has rolled back already in most cases; in the others this does it.
        (void)connection->runAnyway("ROLLBACK");
    }
    return status;
}

} // namespace octotrail::store::duckdb
