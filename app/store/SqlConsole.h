// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QFuture>
#include <QString>
#include <QThreadPool>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::store {

class Store;

struct SqlColumn
{
    enum class Kind { Text, Number, Boolean, Json };

    QString name;
    QString type; ///< as SQL names it
    Kind kind = Kind::Text;
};

/// How much of an answer is kept in memory.
struct SqlLimits
{
    std::int64_t rows = 100'000;
    std::int64_t bytes = std::int64_t{64} << 20;
    qsizetype cell = 10'000; ///< characters of one value
};

/// The beginning of an answer.
struct SqlTable
{
    std::vector<SqlColumn> columns;
    std::vector<QString> cells; ///< row by row; a null QString for NULL
    bool isCut = false; ///< whether there are more rows than the limits let in

    std::int64_t rowCount() const
    {
        return columns.empty() ? 0 : static_cast<std::int64_t>(cells.size() / columns.size());
    }
    const QString &cell(std::size_t row, std::size_t column) const { return cells[row * columns.size() + column]; }
};

/// Answers the analyst's own SQL over a store, without any way to change the store or to touch a file.
///
/// One SELECT, WITH or VALUES, DESCRIBE or SUMMARIZE. Before it runs, DuckDB's own parser gives its tree, in which only
/// known table functions may stand; it runs in a read-only transaction; and DuckDB, since the store was opened, opens
/// no file but the store's own and loads no extension. Memory and threads are those of the store, and what is
/// written aside while sorting is bounded.
///
/// Errors of the statement are InvalidInput, with the column where DuckDB tells one: characters from the statement's
/// beginning. Any thread.
class SqlConsole
{
public:
    explicit SqlConsole(std::shared_ptr<Store> store);
    /// Stops what runs and waits for it.
    ~SqlConsole();
    SqlConsole(const SqlConsole &) = delete;
    SqlConsole &operator=(const SqlConsole &) = delete;

    /// The answer, as far as the limits let it in. Requesting a stop interrupts it: Cancelled.
    QFuture<event::Result<SqlTable>> run(const QString &sql, const SqlLimits &limits, std::stop_source stop = {});

    /// One row: a text for each column, nothing for NULL. Views, valid during the call.
    using Row = std::span<const std::optional<std::string_view>>;
    /// The whole answer, row by row, until one of the two gives false; the number of rows that were given. Waits: call
    /// it from a worker thread.
    event::Result<std::int64_t> stream(const QString &sql,
        const std::function<bool(const std::vector<SqlColumn> &)> &begin, const std::function<bool(Row)> &row,
        const std::stop_token &stop);

    /// Tables and their columns, as table.column and, for what stands in events, the column alone: for completion.
    QFuture<event::Result<QStringList>> names();

private:
    std::shared_ptr<Store> m_store;
    std::stop_source m_closing;
    QThreadPool m_pool;
};

} // namespace octotrail::store
