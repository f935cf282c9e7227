// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SortBound.h"

#include "event/FieldCatalogue.h"

namespace octotrail::store {

namespace {

filter::SqlValue valueOf(const duckdb::Column &column, const SortKey &key)
{
    if (!key.isText) {
        switch (event::fields()[*event::fieldByPath(key.path)].type) {
        case event::FieldType::Integer:
            return column.bigint(0);
        case event::FieldType::Number:
            return column.number(0);
        case event::FieldType::Boolean:
            return column.boolean(0);
        case event::FieldType::Time:
            return column.time(0).value();
        case event::FieldType::Text:
            break;
        }
    }
    return std::string(column.text(0));
}

} // namespace

event::Result<std::optional<SortBound>> SortBound::ofPlace(
    duckdb::Connection &connection, const QueryPlan &plan, std::int64_t place)
{
    return connection
        .query("SELECT " + plan.key->expression + ", published FROM " + plan.from + " WHERE " + plan.where
                + " ORDER BY " + plan.orderBy + " LIMIT 1 OFFSET " + std::to_string(place - 1),
            plan.parameters)
        .map([&](duckdb::QueryResult &&result) -> std::optional<SortBound> {
            const auto row = result.next();
            if (!row || row->size() == 0 || row->column(0).isNull(0) || row->column(1).isNull(0)) {
                return std::nullopt;
            }
            return SortBound(valueOf(row->column(0), *plan.key), row->column(1).time(0).value());
        });
}

QueryPlan SortBound::within(QueryPlan plan, bool descending) const
{
    const std::string &value = plan.key->expression;
    const std::string before = descending ? " > ?" : " < ?";
    const std::string notAfter = descending ? " >= ?" : " <= ?";
    if (plan.key->isText) {
        plan.where += " AND " + value + notAfter + " AND (" + value + before + " OR published" + notAfter + ")";
        plan.parameters.insert(plan.parameters.end(), {m_value, m_value, m_published});
        return plan;
    }
    // What has the same value is asked for by itself: DuckDB's statistics say of most parts of a column of numbers or
    // times that nothing there comes before, and with an OR they would not be asked.
    std::vector<filter::SqlValue> parameters = plan.parameters;
    parameters.push_back(m_value);
    parameters.insert(parameters.end(), plan.parameters.begin(), plan.parameters.end());
    parameters.insert(parameters.end(), {m_value, m_published});
    const std::string matching = "SELECT * FROM " + plan.from + " WHERE " + plan.where + " AND " + value;
    plan.from = "(" + matching + before + " UNION ALL " + matching + " = ? AND published" + notAfter + ") AS events";
    plan.where = "true";
    plan.parameters = std::move(parameters);
    return plan;
}

} // namespace octotrail::store
