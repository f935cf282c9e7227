// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "filter/Sql.h"
#include "store/duckdb/MemoryBudget.h"
#include "store/duckdb/Statement.h"

#include <duckdb.h>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>

namespace octotrail::store::duckdb {

/// A connection: one query at a time, from one thread at a time. interrupt() alone may be called from any.
class Connection
{
public:
    Connection(duckdb_connection handle, std::shared_ptr<MemoryBudget> memory)
        : m_handle(handle)
        , m_memory(std::move(memory))
    { }
    Connection(Connection &&other) noexcept
        : m_handle(std::exchange(other.m_handle, nullptr))
        , m_memory(std::move(other.m_memory))
        , m_stop(std::move(other.m_stop))
        , m_isInTransaction(std::exchange(other.m_isInTransaction, false))
    { }
    Connection &operator=(Connection &&other) noexcept;
    ~Connection() { close(); }

    /// Runs one or more statements without parameters and drops what they give.
    event::Status run(const std::string &sql);
    /// The same, whether or not a stop was requested.
    event::Status runAnyway(const std::string &sql);
    /// The statement is to be executed in the transaction in which it was prepared, unless it is no SELECT: DuckDB
    /// plans by the statistics of what is stored when a statement is prepared. Where rows are committed before it is
    /// executed, the plan does not know them, and the statement gives texts cut short or leaves rows out.
    event::Result<Statement> prepare(const std::string &sql);
    /// How many statements the text has, by the parser alone. An empty one has none.
    event::Result<std::size_t> countStatements(const std::string &sql);
    /// Prepares, binds and runs, in a transaction if none is open. The parameters stand in the order of the question
    /// marks.
    event::Result<QueryResult> query(const std::string &sql, std::span<const filter::SqlValue> parameters = {});
    /// The same, but rows are made while they are fetched, so that memory stays bounded.
    event::Result<QueryResult> stream(const std::string &sql, std::span<const filter::SqlValue> parameters = {});

    /// The running query ends soon with Cancelled. DuckDB forgets it where none is running: an Interrupter does not.
    void interrupt();
    duckdb_connection handle() const { return m_handle; }
    /// Of the database.
    MemoryBudget &memory() const { return *m_memory; }

private:
    friend class Interrupter;
    friend class Transaction;

    /// One for a single query; none if it is in one already.
    event::Result<std::optional<Transaction>> ownTransaction();
    event::Result<Statement> prepared(duckdb_prepared_statement handle, duckdb_state state);
    event::Result<Statement> bound(const std::string &sql, std::span<const filter::SqlValue> parameters);
    void close();

    duckdb_connection m_handle = nullptr;
    std::shared_ptr<MemoryBudget> m_memory;
    std::stop_token m_stop; ///< asked before each statement
    bool m_isInTransaction = false;
};

/// For as long as this lives, a stop ends the connection's query, and those that would follow it, with Cancelled.
class Interrupter
{
public:
    Interrupter(Connection &connection, const std::stop_token &stop)
        : m_connection(connection)
        , m_callback(stop, Callback{&connection})
    {
        connection.m_stop = stop;
    }
    Interrupter(const Interrupter &) = delete;
    Interrupter &operator=(const Interrupter &) = delete;
    ~Interrupter() { m_connection.m_stop = {}; }

private:
    struct Callback
    {
        Connection *connection;
        void operator()() const { connection->interrupt(); }
    };
    Connection &m_connection;
    std::stop_callback<Callback> m_callback;
};

} // namespace octotrail::store::duckdb
