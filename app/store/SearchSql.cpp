// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SearchSql.h"

#include "filter/SqlText.h"
#include "store/QueryPlan.h"
#include "store/StorePrivate.h"

#include <QObject>
#include <algorithm>

namespace octotrail::store {

namespace {

/// Text for a comment, which a line end would end.
QString onOneLine(QString text)
{
    for (QChar &c : text) {
        if (!c.isPrint() && !c.isSurrogate()) {
            c = u' ';
        }
    }
    return text;
}

std::string moment(event::Timestamp time)
{
    std::string written = event::formatTimestamp(time);
    written.pop_back(); // the Z: columns are in UTC and know no zones
    return "TIMESTAMP '" + written + "'";
}

SearchSql sqlOf(const EventQuery &query, const QueryPlan &plan)
{
    const filter::SqlText condition = filter::toSqlText(query.expression, plan.profiles.get());
    SearchSql sql;
    for (const std::string &term : condition.leftOut) {
        sql.leftOut << QString::fromStdString(term);
    }
    for (const std::string &word : query.words) {
        sql.leftOut << QObject::tr("the word \u201c%1\u201d").arg(QString::fromStdString(word));
    }
    for (const QString &each : sql.leftOut) {
        sql.text += QObject::tr("-- Left out, because no column decides it: %1\n").arg(onOneLine(each));
    }
    if (condition.needsFunctions) {
        sql.text += QObject::tr("-- in_network() is a function of Octotrail's own SQL console.\n");
    }
    std::string text = "SELECT *\nFROM events\nWHERE " + condition.condition;
    if (query.range.since) {
        text += "\n  AND published >= " + moment(*query.range.since);
    }
    if (query.range.until) {
        text += "\n  AND published < " + moment(*query.range.until);
    }
    if (!query.sources.empty()) {
        text += "\n  AND source IN (";
        for (std::size_t i = 0; i < query.sources.size(); ++i) {
            text += (i == 0 ? "" : ", ") + std::to_string(query.sources[i]);
        }
        text += ')';
    }
    if (query.upTo) {
        text += "\n  AND seq <= " + std::to_string(*query.upTo);
    }
    text += "\nORDER BY " + plan.orderBy + ";\n";
    sql.text += QString::fromStdString(text);
    return sql;
}

} // namespace

QFuture<event::Result<SearchSql>> searchSql(Store &store, EventQuery query)
{
    auto &d = Store::Private::of(store);
    return d.read<SearchSql>(d.lookups,
        [&d, query = std::move(query)](
            duckdb::Connection &connection, const std::stop_token &) -> event::Result<SearchSql> {
            const auto plan = planQuery(connection, d.cache, query);
            if (!plan) {
                return tl::unexpected(plan.error());
            }
            return sqlOf(query, *plan);
        });
}

} // namespace octotrail::store
