// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/duckdb/Chunk.h"
#include "store/duckdb/Transaction.h"

#include <cstdint>
#include <duckdb.h>
#include <functional>
#include <optional>
#include <string>

namespace octotrail::store::duckdb {

/// What a query gave, in chunks of some thousand rows.
class QueryResult
{
public:
    explicit QueryResult(duckdb_result result)
        : m_result(result)
        , m_owns(true)
    { }
    QueryResult(QueryResult &&other) noexcept
        : m_result(other.m_result)
        , m_owns(std::exchange(other.m_owns, false))
        , m_transaction(std::move(other.m_transaction))
    { }
    QueryResult &operator=(QueryResult &&) = delete;
    ~QueryResult();

    /// The next rows, or nullopt after the last ones. A streamed query may fail in between: ask status() then.
    std::optional<Chunk> next();
    /// Whether it failed.
    event::Status status();
    /// Gives every chunk to visit until it returns false. Fails if the query did.
    event::Status forEach(const std::function<bool(const Chunk &)> &visit);

    /// Of a query that gives one number: it; 0 if there is no row.
    std::int64_t number();

    std::size_t columnCount() { return duckdb_column_count(&m_result); }
    std::string columnName(std::size_t column) { return duckdb_column_name(&m_result, column); }

    /// The transaction of a streamed query lasts as long as this.
    void endWith(Transaction &&transaction) { m_transaction.emplace(std::move(transaction)); }

    /// What DuckDB says went wrong.
    event::Error error();

private:
    duckdb_result m_result;
    bool m_owns;
    std::optional<Transaction> m_transaction;
};

} // namespace octotrail::store::duckdb
