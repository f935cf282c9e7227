// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Pivot.h"

#include "store/EventValues.h"
#include "store/StorePrivate.h"

#include <array>

namespace octotrail::store {

namespace {

using event::ErrorKind;
using event::failure;

std::vector<SqlColumn> columnsOf(const PivotRequest &request)
{
    std::vector<SqlColumn> columns;
    const auto add = [&](const QString &name, const QString &type, SqlColumn::Kind kind) {
        columns.push_back({name, type, kind});
    };
    for (const std::string &path : request.groupBy) {
        add(QString::fromStdString(path), QStringLiteral("VARCHAR"), SqlColumn::Kind::Text);
    }
    add(QStringLiteral("count"), QStringLiteral("BIGINT"), SqlColumn::Kind::Number);
    if (!request.distinctOf.empty()) {
        add(QStringLiteral("distinct"), QStringLiteral("BIGINT"), SqlColumn::Kind::Number);
    }
    add(QStringLiteral("first"), QStringLiteral("VARCHAR"), SqlColumn::Kind::Text);
    add(QStringLiteral("last"), QStringLiteral("VARCHAR"), SqlColumn::Kind::Text);
    return columns;
}

/// A statement that gives the columns of the table, all groups in the order asked for.
event::Result<EventValues> groupsOf(
    duckdb::Connection &connection, BlockCache &cache, const PivotRequest &request, const std::stop_token &stop)
{
    if (request.groupBy.empty() || request.groupBy.size() > 2) {
        return failure(ErrorKind::InvalidInput, QObject::tr("Choose one or two fields to group by."));
    }
    std::vector<std::string> paths = request.groupBy;
    if (!request.distinctOf.empty()) {
        paths.push_back(request.distinctOf);
    }
    auto values = matchedEvents(connection, cache, request.query, request.seqs, stop)
                      .and_then([&](const MatchedEvents &events) {
                          return eventValues(connection, cache, events, request.query, paths, stop);
                      });
    if (!values) {
        return values;
    }
    const std::string keys = request.groupBy.size() == 1 ? "v0" : "v0, v1";
    const std::string distinct = request.distinctOf.empty()
        ? std::string()
        : ", count(DISTINCT v" + std::to_string(paths.size() - 1) + ") AS d";
    values->from = " FROM (SELECT " + keys + ", " + (values->repeats ? "count(DISTINCT seq)" : "count(*)") + " AS n"
        + distinct + ", min(published) AS first, max(published) AS last" + values->from + " GROUP BY " + keys
        + ") ORDER BY " + (request.order == PivotRequest::Order::LatestFirst ? "first DESC NULLS LAST, " : "n DESC, ")
        + keys;
    return values;
}

std::string columnNames(const PivotRequest &request)
{
    return std::string(request.groupBy.size() == 1 ? "v0" : "v0, v1") + ", CAST(n AS VARCHAR)"
        + (request.distinctOf.empty() ? "" : ", CAST(d AS VARCHAR)") + ", first, last";
}

/// A row of the statement's as texts.
class RowTexts
{
public:
    explicit RowTexts(std::size_t columns)
        : m_cells(columns)
    { }

    SqlConsole::Row of(const duckdb::Chunk &chunk, std::size_t row)
    {
        const std::size_t columns = m_cells.size();
        for (std::size_t c = 0; c < columns; ++c) {
            const duckdb::Column column = chunk.column(c);
            if (column.isNull(row)) {
                m_cells[c] = std::nullopt;
            } else if (c + 2 >= columns) {
                std::string &text = m_times[c + 2 - columns];
                text = event::formatTimestamp(*column.time(row));
                m_cells[c] = text;
            } else {
                m_cells[c] = column.text(row);
            }
        }
        return m_cells;
    }

private:
    std::vector<std::optional<std::string_view>> m_cells;
    std::array<std::string, 2> m_times;
};

event::Result<PivotResult> groupEvents(
    duckdb::Connection &connection, BlockCache &cache, const PivotRequest &request, const std::stop_token &stop)
{
    const auto groups = groupsOf(connection, cache, request, stop);
    if (!groups) {
        return tl::unexpected(groups.error());
    }
    auto answer = connection.query("SELECT " + columnNames(request)
            + ", count(*) OVER (), min(first) OVER (), max(last) OVER ()" + groups->from + " LIMIT "
            + std::to_string(request.limit),
        groups->parameters);
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    PivotResult result;
    result.table.columns = columnsOf(request);
    const std::size_t columns = result.table.columns.size();
    RowTexts texts(columns);
    while (const auto chunk = answer->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            for (const auto &cell : texts.of(*chunk, row)) {
                result.table.cells.push_back(
                    cell ? QString::fromUtf8(cell->data(), static_cast<qsizetype>(cell->size())) : QString());
            }
            result.groups = chunk->column(columns).bigint(row);
            result.first = chunk->column(columns + 1).time(row);
            result.last = chunk->column(columns + 2).time(row);
        }
    }
    return result;
}

event::Result<std::int64_t> streamGroups(duckdb::Connection &connection, BlockCache &cache, const PivotRequest &request,
    const std::function<bool(SqlConsole::Row)> &row, const std::stop_token &stop)
{
    const auto groups = groupsOf(connection, cache, request, stop);
    if (!groups) {
        return tl::unexpected(groups.error());
    }
    auto answer = connection.stream("SELECT " + columnNames(request) + groups->from, groups->parameters);
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    RowTexts texts(columnsOf(request).size());
    std::int64_t count = 0;
    bool wanted = true;
    const event::Status read = answer->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t i = 0; i < chunk.size() && wanted; ++i) {
            wanted = row(texts.of(chunk, i));
            count += wanted ? 1 : 0;
        }
        return wanted;
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return count;
}

} // namespace

QFuture<event::Result<PivotResult>> Pivot::group(PivotRequest request, const std::stop_source &stop)
{
    Store::Private &d = Store::Private::of(m_store);
    return d.read<PivotResult>(
        d.searches,
        [&d, request = std::move(request)](duckdb::Connection &connection, const std::stop_token &token) {
            return duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
                return groupEvents(connection, d.cache, request, token);
            });
        },
        stop);
}

event::Result<std::int64_t> Pivot::stream(const PivotRequest &request,
    const std::function<bool(const std::vector<SqlColumn> &)> &begin, const std::function<bool(SqlConsole::Row)> &row,
    const std::stop_token &stop)
{
    if (!begin(columnsOf(request))) {
        return 0;
    }
    Store::Private &d = Store::Private::of(m_store);
    return d.readHere<std::int64_t>(stop, [&](duckdb::Connection &connection) {
        bool hasRows = false;
        const auto take = [&](SqlConsole::Row cells) {
            hasRows = true;
            return row(cells);
        };
        const auto attempt = [&] {
            return duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
                return streamGroups(connection, d.cache, request, take, stop);
            });
        };
        return withEnoughMemory(connection, attempt, [&] { return !hasRows; });
    });
}

} // namespace octotrail::store
