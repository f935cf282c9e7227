// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/MatchValues.h"

#include "store/QueryPlan.h"
#include "store/Schema.h"
#include "store/StorePrivate.h"

#include <QObject>
#include <algorithm>
#include <array>
#include <charconv>

namespace octotrail::store {

namespace {

constexpr std::size_t fixedColumns = 3;

/// A path's values in a row.
class Reader
{
public:
    explicit Reader(const event::FieldPath &path)
        : m_field(event::fieldByPath(path.toString()))
    {
        if (!m_field) {
            m_member = static_cast<std::size_t>(
                std::ranges::find(event::targetMembers, path.segments().back()) - event::targetMembers.begin());
        }
    }

    std::string column() const { return m_field ? schema::quoted(event::fields()[*m_field].path) : "target"; }

    void read(const duckdb::Column &column, std::size_t row, std::vector<std::string_view> &values)
    {
        values.clear();
        if (column.isNull(row)) {
            return;
        }
        if (m_field) {
            values.push_back(textOf(column, row));
            return;
        }
        const auto [offset, length] = column.list(row);
        const duckdb::Column members = column.elements().member(m_member);
        for (std::size_t i = offset; i < offset + length; ++i) {
            if (!members.isNull(i)) {
                values.push_back(members.text(i));
            }
        }
    }

private:
    template <class Number>
    std::string_view written(Number number)
    {
        const auto end = std::to_chars(m_number.data(), m_number.data() + m_number.size(), number).ptr;
        return {m_number.data(), static_cast<std::size_t>(end - m_number.data())};
    }

    std::string_view textOf(const duckdb::Column &column, std::size_t row)
    {
        switch (event::fields()[*m_field].type) {
        case event::FieldType::Text:
            return column.text(row);
        case event::FieldType::Integer:
            return written(column.bigint(row));
        case event::FieldType::Number:
            return written(column.number(row));
        case event::FieldType::Boolean:
            return column.boolean(row) ? "true" : "false";
        case event::FieldType::Time:
            return written(column.bigint(row));
        }
        return {};
    }

    std::optional<event::FieldId> m_field;
    std::size_t m_member = 0;
    std::array<char, 40> m_number{};
};

} // namespace

MatchValues::MatchValues(Store &store, std::vector<event::FieldPath> paths)
    : m_store(store)
    , m_paths(std::move(paths))
{ }

event::Result<bool> MatchValues::forEach(const filter::Expression &expression, const event::TimeRange &range,
    const Consume &consume, const std::stop_token &stop) const
{
    Store::Private &inside = Store::Private::of(m_store);
    return inside.readHere<bool>(stop, [&](duckdb::Connection &connection) -> event::Result<bool> {
        EventQuery query;
        query.expression = expression;
        query.range = range;
        const auto plan = planQuery(connection, inside.cache, query);
        if (!plan) {
            return tl::unexpected(plan.error());
        }
        if (!plan->exact) {
            return false;
        }
        std::vector<Reader> readers(m_paths.begin(), m_paths.end());
        std::string sql = "SELECT seq, source, published";
        for (const Reader &reader : readers) {
            sql += ", " + reader.column();
        }
        auto result
            = connection.query(sql + " FROM events WHERE published IS NOT NULL AND " + plan->where, plan->parameters);
        if (!result) {
            return tl::unexpected(result.error());
        }
        std::vector<std::vector<std::string_view>> values(readers.size());
        const event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                for (std::size_t i = 0; i < readers.size(); ++i) {
                    readers[i].read(chunk.column(fixedColumns + i), row, values[i]);
                }
                consume(
                    {chunk.column(0).bigint(row), chunk.column(1).integer(row), *chunk.column(2).time(row), values});
            }
            return !stop.stop_requested();
        });
        if (!read) {
            return tl::unexpected(read.error());
        }
        if (stop.stop_requested()) {
            return event::failure(event::ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
        }
        return true;
    });
}

} // namespace octotrail::store
