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

/// Keeps those values that come first, however many there are.
class Tallying
{
public:
    Tallying(int limit, bool rareFirst)
        : m_limit(static_cast<std::size_t>(limit))
        , m_rareFirst(rareFirst)
    { }

    /// @param value other than those before, unless it is empty: events without one
    void add(std::string_view value, std::int64_t count)
    {
        if (value.empty()) {
            m_tally.missing += count;
            return;
        }
        ++m_tally.distinct;
        keep(value, count);
    }

    ValueCounter::Tally done()
    {
        if (m_tally.missing > 0) {
            keep({}, m_tally.missing);
        }
        std::ranges::sort_heap(m_tally.values, order());
        return std::move(m_tally);
    }

private:
    struct Order
    {
        bool rareFirst;

        bool operator()(const Store::ValueCount &a, const Store::ValueCount &b) const
        {
            return isBefore(a.count, a.value, b);
        }
        bool isBefore(std::int64_t count, std::string_view value, const Store::ValueCount &other) const
        {
            return count != other.count ? (count > other.count) != rareFirst : value < other.value;
        }
    };
    Order order() const { return {m_rareFirst}; }

    void keep(std::string_view value, std::int64_t count)
    {
        std::vector<Store::ValueCount> &kept = m_tally.values;
        if (kept.size() == m_limit) {
            if (!order().isBefore(count, value, kept.front())) {
                return;
            }
            std::ranges::pop_heap(kept, order());
            kept.pop_back();
        }
        kept.push_back({std::string(value), count});
        std::ranges::push_heap(kept, order());
    }

    ValueCounter::Tally m_tally; ///< its values as a heap, the last of them in front
    std::size_t m_limit;
    bool m_rareFirst;
};

ValueCounter::Tally tallyOf(const std::unordered_map<std::string, std::int64_t> &byValue, int limit, bool rareFirst)
{
    Tallying tallying(limit, rareFirst);
    for (const auto &[value, count] : byValue) {
        tallying.add(value, count);
    }
    return tallying.done();
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

/// The empty text is no value: it stands for the events that have none, as NULL does.
event::Result<ValueCounter::Tally> tallyTexts(
    duckdb::Connection &connection, const Counted &counted, int limit, bool rareFirst)
{
    auto result = connection.stream(counted.sql, counted.parameters);
    if (!result) {
        return tl::unexpected(result.error());
    }
    Tallying tallying(limit, rareFirst);
    const event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        const duckdb::Column values = chunk.column(0);
        const duckdb::Column counts = chunk.column(1);
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            tallying.add(values.text(row), counts.bigint(row));
        }
        return true;
    });
    return read.map([&] { return tallying.done(); });
}

event::Result<ValueCounter::Tally> tallyOthers(
    duckdb::Connection &connection, const Counted &counted, FieldType type, int limit, bool rareFirst)
{
    auto result = connection.query("WITH counted AS MATERIALIZED (" + counted.sql
            + ") SELECT value, n, (SELECT count(*) FROM counted WHERE value IS NOT NULL), (SELECT coalesce(CAST(sum(n) "
              "AS BIGINT), 0) FROM counted WHERE value IS NULL) FROM counted ORDER BY n "
            + (rareFirst ? "ASC" : "DESC") + ", value NULLS FIRST LIMIT " + std::to_string(limit),
        counted.parameters);
    if (!result) {
        return tl::unexpected(result.error());
    }
    ValueCounter::Tally tally;
    while (const auto chunk = result->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            tally.values.push_back(
                {fieldText(chunk->column(0), type, row).toStdString(), chunk->column(1).bigint(row)});
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
        value = debugDataValue(*key);
    } else if (path == "source") {
        value = "(SELECT name FROM sources WHERE sources.id = events.source)";
    } else {
        value = schema::quoted(event::fields()[*id].path);
    }
    const FieldType type = id ? event::fields()[*id].type : FieldType::Text;
    const bool isText = type == FieldType::Text;
    if (auto known = tallyKnown(events, path, limit, rareFirst)) {
        return std::move(*known);
    }
    const Counted counted{
        "SELECT value, count(*) AS n FROM (SELECT " + value + " AS value" + events.from + ") GROUP BY value",
        events.parameters};
    return isText ? tallyTexts(m_connection, counted, limit, rareFirst)
                  : tallyOthers(m_connection, counted, type, limit, rareFirst);
}

void ValueCounter::lookUp(const MatchedEvents &events, const std::vector<std::string> &paths)
{
    if (!events.areAll || !m_cache.believesValueCounts()) {
        return;
    }
    std::vector<std::string> texts;
    std::ranges::copy_if(paths, std::back_inserter(texts), [](const std::string &path) {
        const auto id = event::fieldByPath(path);
        return id && event::fields()[*id].type == FieldType::Text;
    });
    for (const std::string &path : texts) {
        m_known[path] = std::nullopt;
    }
    // What cannot be read is counted.
    for (auto &[path, values] : knownValueCounts(m_connection, texts).value_or(KnownValuesByPath())) {
        m_known[path] = std::move(values);
    }
}

/// What is known beforehand of all events, if it accounts for each of them.
std::optional<ValueCounter::Tally> ValueCounter::tallyKnown(
    const MatchedEvents &events, const std::string &path, int limit, bool rareFirst)
{
    if (!m_known.contains(path)) {
        lookUp(events, {path});
    }
    const std::optional<KnownValues> &known = m_known[path];
    if (!known || !m_cache.believesValueCounts() || m_stop.stop_requested()) {
        return std::nullopt;
    }
    if (!m_events) {
        auto count = m_connection.query("SELECT count(*) FROM events");
        if (!count) {
            return std::nullopt;
        }
        m_events = count->number();
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
