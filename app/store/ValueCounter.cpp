// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ValueCounter.h"

#include "filter/IdSet.h"
#include "store/CellText.h"
#include "store/ColumnPaths.h"
#include "store/EventStream.h"
#include "store/Schema.h"
#include "store/ValueCounts.h"

#include <QObject>
#include <algorithm>
#include <limits>
#include <unordered_map>
#include <unordered_set>

namespace octotrail::store {

using event::FieldType;

namespace {

bool hasColumn(const std::string &path)
{
    return targetMember(path) || path == "source" || debugDataKey(path) || event::fieldByPath(path);
}

std::optional<filter::ProfilePath> profilePathOf(const std::string &path)
{
    return filter::profilePath(event::FieldPath(path));
}

ValueCounter::Tally tallyOf(const std::unordered_map<std::string, std::int64_t> &byValue, int limit, bool rareFirst)
{
    ValueCounter::Tally tally;
    std::vector<Store::ValueCount> &counts = tally.values;
    counts.reserve(byValue.size());
    for (const auto &[value, count] : byValue) {
        counts.push_back({value, count});
        if (value.empty()) {
            tally.missing = count;
        }
    }
    tally.distinct = static_cast<std::int64_t>(counts.size()) - (tally.missing > 0 ? 1 : 0);
    const auto before = [rareFirst](const Store::ValueCount &a, const Store::ValueCount &b) {
        return a.count != b.count ? (a.count > b.count) != rareFirst : a.value < b.value;
    };
    const auto kept = std::min(counts.size(), static_cast<std::size_t>(limit));
    std::ranges::partial_sort(counts, counts.begin() + static_cast<std::ptrdiff_t>(kept), before);
    counts.resize(kept);
    return tally;
}

/// The different values of a member of an event's targets, or the empty one: for most events, which have one or two
/// targets, without making lists of lists.
std::string targetValues(std::string_view member)
{
    const std::string name = schema::quoted(member);
    const std::string first = "target[1]." + name;
    const std::string second = "target[2]." + name;
    return "unnest(CASE WHEN len(target) = 1 THEN [coalesce(" + first + ", '')] WHEN len(target) = 2 AND " + first
        + " <> " + second + " AND " + first + " <> '' AND " + second + " <> '' THEN [" + first + ", " + second
        + "] ELSE coalesce(nullif(list_distinct(list_filter(list_transform(target, lambda t: t." + name
        + "), lambda v: v <> '')), CAST([] AS VARCHAR[])), ['']) END)";
}

/// A query for the columns value, each once, and n.
struct Counted
{
    std::string sql;
    std::vector<filter::SqlValue> parameters;
};

event::Result<ValueCounter::Tally> tallyOf(
    duckdb::Connection &connection, const Counted &counted, FieldType type, int limit, bool rareFirst)
{
    const bool text = type == FieldType::Text;
    // The empty text is no value: it stands for the events that have none.
    const std::string missing = text ? "value = ''" : "value IS NULL";
    auto result = connection.query("WITH counted AS MATERIALIZED (" + counted.sql
            + ") SELECT value, n, (SELECT count(*) FROM counted WHERE NOT (" + missing
            + ")), (SELECT coalesce(CAST(sum(n) AS BIGINT), 0) FROM counted WHERE " + missing
            + ") FROM counted ORDER BY n " + (rareFirst ? "ASC" : "DESC") + ", value NULLS FIRST LIMIT "
            + std::to_string(limit),
        counted.parameters);
    if (!result) {
        return tl::unexpected(result.error());
    }
    ValueCounter::Tally tally;
    while (const auto chunk = result->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            const duckdb::Column column = chunk->column(0);
            tally.values.push_back({text ? std::string(column.text(row)) : fieldText(column, type, row).toStdString(),
                chunk->column(1).bigint(row)});
            tally.distinct = chunk->column(2).bigint(row);
            tally.missing = chunk->column(3).bigint(row);
        }
    }
    return tally;
}

} // namespace

event::Result<std::vector<Store::ValueCount>> ValueCounter::count(
    const EventQuery &query, const std::string &path, int limit)
{
    event::Result<MatchedEvents> events;
    if (hasColumn(path) || profilePathOf(path)) {
        events = matchedEvents(m_connection, m_cache, query, nullptr, m_stop);
    }
    return events.and_then([&](const MatchedEvents &found) { return tally(found, query, path, limit, false); })
        .map([](Tally &&tally) { return std::move(tally.values); });
}

event::Result<ValueCounter::Tally> ValueCounter::tally(
    const MatchedEvents &events, const EventQuery &query, const std::string &path, int limit, bool rareFirst)
{
    if (limit <= 0) {
        return Tally{};
    }
    if (const auto profile = profilePathOf(path)) {
        return tallyProfiles(events, query, *profile, limit, rareFirst);
    }
    return hasColumn(path) ? tallyColumn(events, path, limit, rareFirst) : tallyBytes(query, path, limit, rareFirst);
}

event::Result<ValueCounter::Tally> ValueCounter::tallyColumn(
    const MatchedEvents &events, const std::string &path, int limit, bool rareFirst)
{
    const auto id = event::fieldByPath(path);
    std::string value;
    if (const auto member = targetMember(path)) {
        value = targetValues(*member);
    } else if (const auto key = debugDataKey(path)) {
        value = "coalesce(" + debugDataValue(*key) + ", '')";
    } else if (path == "source") {
        value = "coalesce((SELECT name FROM sources WHERE sources.id = events.source), '')";
    } else {
        value = schema::quoted(event::fields()[*id].path);
    }
    const FieldType type = id ? event::fields()[*id].type : FieldType::Text;
    const bool text = type == FieldType::Text;
    if (text && id && events.areAll) {
        if (auto known = tallyKnown(path, limit, rareFirst)) {
            return std::move(*known);
        }
    }
    if (text) {
        value = id ? "coalesce(" + value + ", '')" : value;
    }
    const std::string counted
        = "SELECT value, count(*) AS n FROM (SELECT " + value + " AS value" + events.from + ") GROUP BY value";
    return tallyOf(m_connection, {counted, events.parameters}, type, limit, rareFirst);
}

/// What is known beforehand of all events, if it accounts for each of them.
std::optional<ValueCounter::Tally> ValueCounter::tallyKnown(const std::string &path, int limit, bool rareFirst)
{
    if (!m_cache.believesValueCounts()) {
        return std::nullopt;
    }
    if (!m_events) {
        auto events = m_connection.query("SELECT count(*) FROM events");
        if (!events) {
            return std::nullopt;
        }
        m_events = events->number();
    }
    // What cannot be read is counted.
    const auto known = knownValueCounts(m_connection, path).value_or(std::nullopt);
    if (!known || m_stop.stop_requested()) {
        return std::nullopt;
    }
    if (known->events != *m_events) {
        m_cache.disbelieveValueCounts();
        return std::nullopt;
    }
    return tallyOf(known->counts, limit, rareFirst);
}

event::Result<ValueCounter::Tally> ValueCounter::tallyProfiles(
    const MatchedEvents &events, const EventQuery &query, const filter::ProfilePath &profile, int limit, bool rareFirst)
{
    const auto profiles = m_cache.profiles().get(m_connection);
    if (!profiles) {
        return tl::unexpected(profiles.error());
    }
    std::unordered_map<std::string, std::int64_t> byValue;
    std::unordered_set<std::string> values;
    const auto collect = [&](std::string_view id) {
        event::visitValues((*profiles)->find(id), profile.path, [&](std::string_view text, event::JsonKind) {
            values.emplace(text);
            return true;
        });
    };
    const auto add = [&](std::int64_t count) {
        if (values.empty()) {
            values.emplace();
        }
        for (const std::string &value : values) {
            byValue[value] += count;
        }
        values.clear();
    };
    if (profile.of == filter::ProfilePath::Of::Target) {
        EventQuery byTime = query;
        byTime.sortPath = "published";
        const auto consume = [&](const StoredEvent &stored) {
            for (const auto &target : stored.event.targets()) {
                collect(target.id.value_or(std::string_view()));
            }
            add(1);
            return true;
        };
        if (const event::Status read = streamEvents(m_connection, m_cache, byTime, {}, consume, m_stop); !read) {
            return tl::unexpected(read.error());
        }
    } else if (profile.of == filter::ProfilePath::Of::Event) {
        // Of all events' uuids only those with an annotation are looked at.
        const std::vector<std::string_view> annotated = (*profiles)->annotated();
        auto parameters = events.parameters;
        parameters.insert(parameters.begin(), filter::SqlBlob{filter::packIds(annotated)});
        auto rows
            = m_connection.query("SELECT annotated, count(*) FROM (SELECT CASE WHEN coalesce(in_ids(uuid, ?), false) "
                                 "THEN uuid END AS annotated"
                    + events.from + ") GROUP BY annotated",
                parameters);
        if (!rows) {
            return tl::unexpected(rows.error());
        }
        while (const auto chunk = rows->next()) {
            for (std::size_t row = 0; row < chunk->size(); ++row) {
                collect(chunk->column(0).text(row));
                add(chunk->column(1).bigint(row));
            }
        }
    } else {
        const std::string path(event::fields()[profile.idField()].path);
        const auto ids = tallyColumn(events, path, std::numeric_limits<int>::max(), false);
        if (!ids) {
            return tl::unexpected(ids.error());
        }
        for (const auto &[id, count] : ids->values) {
            collect(id);
            add(count);
        }
    }
    return tallyOf(byValue, limit, rareFirst);
}

event::Result<ValueCounter::Tally> ValueCounter::tallyBytes(
    const EventQuery &query, const std::string &path, int limit, bool rareFirst)
{
    EventQuery byTime = query;
    byTime.sortPath = "published";
    const event::FieldPath fieldPath(path);
    std::unordered_map<std::string, std::int64_t> byValue;
    std::unordered_set<std::string> ofEvent;
    const auto count = [&](const RawEvent &raw) {
        ofEvent.clear();
        event::visitValues(raw.bytes, fieldPath, [&](std::string_view text, event::JsonKind) {
            ofEvent.emplace(text);
            return true;
        });
        if (ofEvent.empty()) {
            ++byValue[std::string()];
        }
        for (const std::string &value : ofEvent) {
            ++byValue[value];
        }
    };
    const auto take = [&](const std::vector<RawEvent> &events) {
        std::ranges::for_each(events, count);
        return !m_stop.stop_requested();
    };
    const event::Status read = streamRaw(m_connection, m_cache, byTime, {}, take, m_stop);
    if (!read) {
        return tl::unexpected(read.error());
    }
    if (m_stop.stop_requested()) {
        return event::failure(event::ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
    }
    return tallyOf(byValue, limit, rareFirst);
}

} // namespace octotrail::store
