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
        m_memory = std::move(other.m_memory);
        m_stop = std::move(other.m_stop);
        m_isInTransaction = std::exchange(other.m_isInTransaction, false);
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

event::Result<std::optional<Transaction>> Connection::ownTransaction()
{
    if (m_isInTransaction) {
        return std::nullopt;
    }
    return Transaction::begin(*this);
}

event::Result<QueryResult> Connection::query(const std::string &sql, std::span<const filter::SqlValue> parameters)
{
    return ownTransaction().and_then([&](std::optional<Transaction> &&own) {
        return bound(sql, parameters)
            .and_then([](Statement &&statement) { return statement.execute(); })
            .and_then([&](QueryResult &&result) {
                return (own ? own->commit() : event::Status()).map([&] { return std::move(result); });
            });
    });
}

event::Result<QueryResult> Connection::stream(const std::string &sql, std::span<const filter::SqlValue> parameters)
{
    return ownTransaction().and_then([&](std::optional<Transaction> &&own) {
        return bound(sql, parameters)
            .and_then([](Statement &&statement) { return statement.stream(); })
            .map([&](QueryResult &&result) {
                if (own) {
                    result.endWith(*std::move(own));
                }
                return std::move(result);
            });
    });
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

} // namespace octotrail::store::duckdb
