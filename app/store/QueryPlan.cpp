// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/QueryPlan.h"

#include "filter/ProfilePath.h"

#include <QObject>

namespace octotrail::store {

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
    if (query.upTo) {
        plan.where += " AND seq <= " + std::to_string(*query.upTo);
    }
    plan.takesAll = query.expression.matchesAll() && query.words.empty() && query.sources.empty() && !query.range.since
        && !query.range.until && !query.upTo;
    const auto sortField = event::fieldByPath(query.sortPath);
    plan.byTime = sortField == event::field::Published;
    if (plan.byTime) {
        plan.orderBy = orderByTime(query.descending);
        return plan;
    }
    plan.key = sortKey(query.sortPath);
    if (!plan.key) {
        return event::failure(event::ErrorKind::InvalidInput,
            QObject::tr("Events cannot be sorted by %1. Sort by a column of the event table.")
                .arg(QString::fromStdString(query.sortPath)));
    }
    plan.orderBy = orderBy(*plan.key, query.descending);
    return plan;
}

} // namespace octotrail::store
