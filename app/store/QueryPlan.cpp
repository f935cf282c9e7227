// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/QueryPlan.h"

#include "filter/ProfilePath.h"
#include "store/Schema.h"

#include <QObject>

namespace octotrail::store {

namespace {

/// What a sort path is sorted by.
struct SortKey
{
    std::string expression; ///< empty if it cannot be sorted by
    bool isText = true;
};

SortKey sortKey(const std::string &path)
{
    if (path == "target") {
        return {"lower(target[1].\"alternateId\")"};
    }
    if (path == "source") {
        return {"lower((SELECT name FROM sources WHERE sources.id = events.source))"};
    }
    const auto id = event::fieldByPath(path);
    if (!id) {
        return {};
    }
    const event::Field &field = event::fields()[*id];
    const std::string column = schema::quoted(field.path);
    const bool isText = field.type == event::FieldType::Text;
    return {isText ? "lower(" + column + ")" : column, isText};
}

} // namespace

event::Result<QueryPlan> planQuery(duckdb::Connection &connection, BlockCache &cache, const EventQuery &query)
{
    QueryPlan plan;
    if (filter::usesProfiles(query.expression)) {
        auto profiles = cache.profiles().get(connection);
        if (!profiles) {
            return tl::unexpected(profiles.error());
        }
        plan.profiles = std::move(*profiles);
    }
    filter::SqlCondition condition = filter::toSql(query.expression, plan.profiles.get());
    plan.where = "(" + condition.text + ")";
    plan.parameters = std::move(condition.parameters);
    plan.onlyWordsAreLeft = condition.exact;
    plan.exact = condition.exact && query.words.empty();
    if (query.range.since) {
        plan.where += " AND published >= ?";
        plan.parameters.emplace_back(*query.range.since);
    }
    if (query.range.until) {
        plan.where += " AND published < ?";
        plan.parameters.emplace_back(*query.range.until);
    }
    if (!query.sources.empty()) {
        plan.where += " AND source IN (";
        for (std::size_t i = 0; i < query.sources.size(); ++i) {
            plan.where += (i == 0 ? "" : ", ") + std::to_string(query.sources[i]);
        }
        plan.where += ")";
    }
    const std::string direction = query.descending ? " DESC" : " ASC";
    const auto sortField = event::fieldByPath(query.sortPath);
    plan.byTime = sortField == event::field::Published;
    if (!plan.byTime) {
        const SortKey key = sortKey(query.sortPath);
        if (key.expression.empty()) {
            return event::failure(event::ErrorKind::InvalidInput,
                QObject::tr("Events cannot be sorted by %1. Sort by a column of the event table.")
                    .arg(QString::fromStdString(query.sortPath)));
        }
        plan.orderBy = key.expression + direction + " NULLS LAST, ";
        plan.textKey = key.isText ? key.expression : std::string();
    }
    plan.orderBy += "published" + direction + " NULLS LAST, seq" + direction;
    return plan;
}

} // namespace octotrail::store
