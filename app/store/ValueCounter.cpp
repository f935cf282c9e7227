// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ValueCounter.h"

#include "store/CellText.h"
#include "store/EventStream.h"
#include "store/PickedSeqs.h"
#include "store/QueryPlan.h"
#include "store/Schema.h"
#include "store/SearchRunner.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace octotrail::store {

using ValueCounts = std::vector<Store::ValueCount>;

event::Result<ValueCounts> ValueCounter::count(const EventQuery &query, const std::string &path, int limit)
{
    if (limit <= 0) {
        return ValueCounts{};
    }
    EventQuery byTime = query;
    byTime.sortPath = "published";
    const bool hasColumn = path == "target" || path == "source" || event::fieldByPath(path);
    return hasColumn ? countColumn(byTime, path, limit) : countBytes(byTime, path, limit);
}

event::Result<ValueCounts> ValueCounter::countColumn(const EventQuery &query, const std::string &path, int limit)
{
    const auto plan = planQuery(query);
    if (!plan) {
        return tl::unexpected(plan.error());
    }
    std::string from = " FROM events WHERE " + plan->where;
    std::vector<filter::SqlValue> parameters = plan->parameters;
    if (!plan->exact) {
        const auto seqs = SearchRunner(m_connection, m_cache, m_stop).all(query);
        if (!seqs) {
            return tl::unexpected(seqs.error());
        }
        if (const event::Status picked = pickSeqs(m_connection, *seqs); !picked) {
            return tl::unexpected(picked.error());
        }
        from = " FROM events WHERE seq IN (SELECT seq FROM picked)";
        parameters.clear();
    }
    const auto id = event::fieldByPath(path);
    std::string value;
    if (path == "target") {
        // An event without targets counts as one without a value.
        value = "unnest(CASE WHEN len(target) > 0 THEN list_distinct(list_transform(target, "
                "lambda t: coalesce(t.\"alternateId\", ''))) ELSE [''] END)";
    } else if (path == "source") {
        value = "coalesce((SELECT name FROM sources WHERE sources.id = events.source), '')";
    } else {
        value = schema::quoted(event::fields()[*id].path);
    }
    const bool text = !id || event::fields()[*id].type == event::FieldType::Text;
    if (text) {
        value = id ? "coalesce(" + value + ", '')" : value;
    }
    auto result = m_connection.query("SELECT value, count(*) AS n FROM (SELECT " + value + " AS value" + from
            + ") GROUP BY value ORDER BY n DESC, value NULLS FIRST LIMIT " + std::to_string(limit),
        parameters);
    if (!result) {
        return tl::unexpected(result.error());
    }
    ValueCounts counts;
    while (const auto chunk = result->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            const duckdb::Column column = chunk->column(0);
            counts.push_back(
                {text ? std::string(column.text(row)) : fieldText(column, event::fields()[*id].type, row).toStdString(),
                    chunk->column(1).bigint(row)});
        }
    }
    return counts;
}

event::Result<ValueCounts> ValueCounter::countBytes(const EventQuery &query, const std::string &path, int limit)
{
    const event::FieldPath fieldPath(path);
    std::unordered_map<std::string, std::int64_t> byValue;
    std::unordered_set<std::string> ofEvent;
    const auto consume = [&](const StoredEvent &stored) {
        ofEvent.clear();
        event::visitValues(stored.event.bytes(), fieldPath, [&](std::string_view text, event::JsonKind) {
            ofEvent.emplace(text);
            return true;
        });
        if (ofEvent.empty()) {
            ++byValue[std::string()];
        }
        for (const std::string &value : ofEvent) {
            ++byValue[value];
        }
        return true;
    };
    const event::Status read = streamEvents(m_connection, m_cache, query, {}, consume, m_stop);
    if (!read) {
        return tl::unexpected(read.error());
    }
    ValueCounts counts;
    counts.reserve(byValue.size());
    for (const auto &[value, count] : byValue) {
        counts.push_back({value, count});
    }
    const auto before = [](const Store::ValueCount &a, const Store::ValueCount &b) {
        return a.count != b.count ? a.count > b.count : a.value < b.value;
    };
    const auto kept = std::min(counts.size(), static_cast<std::size_t>(limit));
    std::ranges::partial_sort(counts, counts.begin() + static_cast<std::ptrdiff_t>(kept), before);
    counts.resize(kept);
    return counts;
}

} // namespace octotrail::store
