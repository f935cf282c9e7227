// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Pivot.h"

#include "store/ColumnPaths.h"
#include "store/EventStream.h"
#include "store/MatchedEvents.h"
#include "store/Schema.h"
#include "store/StorePrivate.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace octotrail::store {

namespace {

using event::ErrorKind;
using event::failure;

/// Of groups that are counted in memory.
constexpr std::size_t mostGroups = 500'000;

/// What a path is in SQL.
struct Expression
{
    std::string sql; ///< empty if it has no column
    bool ofTarget = false;
};

Expression expressionFor(const std::string &path)
{
    if (const auto member = targetMember(path)) {
        return {"nullif(t." + schema::quoted(*member) + ", '')", true};
    }
    if (path == "source") {
        return {"(SELECT name FROM sources WHERE sources.id = events.source)", false};
    }
    if (const auto key = debugDataKey(path)) {
        return {"nullif(" + debugDataValue(*key) + ", '')", false};
    }
    const auto id = event::fieldByPath(path);
    if (!id) {
        return {};
    }
    const event::Field &field = event::fields()[*id];
    const std::string column = schema::quoted(field.path);
    if (field.type == event::FieldType::Time) {
        return {"strftime(" + column + ", '%Y-%m-%dT%H:%M:%S.%gZ')", false};
    }
    return {
        field.type == event::FieldType::Text ? "nullif(" + column + ", '')" : "CAST(" + column + " AS VARCHAR)", false};
}

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

event::Result<PivotResult> groupColumns(duckdb::Connection &connection, const MatchedEvents &events,
    const PivotRequest &request, const std::vector<Expression> &groups, const Expression &distinct)
{
    const bool ofTarget = distinct.ofTarget || std::ranges::any_of(groups, &Expression::ofTarget);
    std::string inner = "SELECT seq, published";
    std::string keys;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const std::string key = "g" + std::to_string(i);
        inner += ", " + groups[i].sql + " AS " + key;
        keys += (i == 0 ? "" : ", ") + key;
    }
    inner += ", " + (distinct.sql.empty() ? std::string("NULL") : distinct.sql) + " AS d";
    // An event without targets has one that is nothing.
    inner += ofTarget ? " FROM (SELECT *, unnest(CASE WHEN len(target) > 0 THEN target ELSE [NULL] END) AS t"
            + events.from + ") AS events"
                      : events.from;
    std::string outer = "SELECT " + keys + ", CAST(n AS VARCHAR)";
    outer += request.distinctOf.empty() ? "" : ", CAST(dn AS VARCHAR)";
    outer += ", first, last, count(*) OVER () AS groups, min(first) OVER () AS begun, max(last) OVER () AS ended FROM "
             "(SELECT "
        + keys + ", " + (ofTarget ? "count(DISTINCT seq)" : "count(*)")
        + " AS n, count(DISTINCT d) AS dn, min(published) AS first, max(published) AS last FROM (" + inner
        + ") GROUP BY " + keys + ") ORDER BY "
        + (request.order == PivotRequest::Order::LatestFirst ? "first DESC NULLS LAST, " : "n DESC, ") + keys
        + " LIMIT " + std::to_string(request.limit);
    auto answer = connection.query(outer, events.parameters);
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    PivotResult result;
    result.table.columns = columnsOf(request);
    const std::size_t columns = result.table.columns.size();
    while (const auto chunk = answer->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            for (std::size_t c = 0; c < columns; ++c) {
                const duckdb::Column column = chunk->column(c);
                if (column.isNull(row)) {
                    result.table.cells.emplace_back();
                } else if (c + 2 >= columns) {
                    result.table.cells.push_back(QString::fromStdString(event::formatTimestamp(*column.time(row))));
                } else {
                    const std::string_view text = column.text(row);
                    result.table.cells.push_back(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
                }
            }
            result.groups = chunk->column(columns).bigint(row);
            result.first = chunk->column(columns + 1).time(row);
            result.last = chunk->column(columns + 2).time(row);
        }
    }
    return result;
}

/// The same from the bytes of the events.
class ByteGroups
{
public:
    explicit ByteGroups(const PivotRequest &request, std::map<SourceId, std::string> sources)
        : m_sources(std::move(sources))
        , m_limit(request.limit)
        , m_order(request.order)
        , m_columns(columnsOf(request))
        , m_hasDistinct(!request.distinctOf.empty())
        , m_distinctPath(request.distinctOf)
        , m_paths(request.groupBy)
    { }

    bool add(const StoredEvent &stored)
    {
        std::vector<std::string> first = valuesOf(stored, m_paths.front());
        std::vector<std::string> second
            = m_paths.size() > 1 ? valuesOf(stored, m_paths[1]) : std::vector<std::string>{""};
        const std::vector<std::string> distinct
            = m_hasDistinct ? valuesOf(stored, m_distinctPath) : std::vector<std::string>{};
        for (const std::string &a : first) {
            for (const std::string &b : second) {
                Group &group = m_groups[{a, b}];
                ++group.count;
                for (const std::string &value : distinct) {
                    if (!value.empty() && group.distinct.insert(value).second) {
                        ++m_distinct;
                    }
                }
                if (const auto time = stored.event.published()) {
                    group.first = group.first ? std::min(*group.first, *time) : *time;
                    group.last = group.last ? std::max(*group.last, *time) : *time;
                }
            }
        }
        return m_groups.size() + m_distinct <= mostGroups;
    }

    bool isTooMuch() const { return m_groups.size() + m_distinct > mostGroups; }

    PivotResult result() const
    {
        using Entry = std::pair<const Key, Group>;
        std::vector<const Entry *> entries;
        for (const Entry &entry : m_groups) {
            entries.push_back(&entry);
        }
        std::stable_sort(entries.begin(), entries.end(), [this](const Entry *a, const Entry *b) {
            return m_order == PivotRequest::Order::LatestFirst ? a->second.first > b->second.first
                                                               : a->second.count > b->second.count;
        });
        PivotResult result;
        for (const Entry *entry : entries) {
            const Group &group = entry->second;
            if (group.first) {
                result.first = std::min(result.first.value_or(*group.first), *group.first);
                result.last = std::max(result.last.value_or(*group.last), *group.last);
            }
        }
        result.groups = static_cast<std::int64_t>(entries.size());
        result.table.columns = m_columns;
        std::vector<QString> &cells = result.table.cells;
        const auto text
            = [](const std::string &value) { return value.empty() ? QString() : QString::fromStdString(value); };
        const auto time = [](const std::optional<event::Timestamp> &moment) {
            return moment ? QString::fromStdString(event::formatTimestamp(*moment)) : QString();
        };
        for (std::size_t i = 0; i < std::min(entries.size(), static_cast<std::size_t>(m_limit)); ++i) {
            const auto &[key, group] = *entries[i];
            cells.push_back(text(key.first));
            if (m_paths.size() > 1) {
                cells.push_back(text(key.second));
            }
            cells.push_back(QString::number(group.count));
            if (m_hasDistinct) {
                cells.push_back(QString::number(group.distinct.size()));
            }
            cells.push_back(time(group.first));
            cells.push_back(time(group.last));
        }
        return result;
    }

private:
    struct Group
    {
        qint64 count = 0;
        std::unordered_set<std::string> distinct;
        std::optional<event::Timestamp> first, last;
    };
    using Key = std::pair<std::string, std::string>;

    /// Each once; an empty one if there is none.
    std::vector<std::string> valuesOf(const StoredEvent &stored, const std::string &path) const
    {
        std::vector<std::string> values;
        if (path == "source") {
            const auto name = m_sources.find(stored.source);
            values.push_back(name == m_sources.end() ? std::string() : name->second);
            return values;
        }
        const event::FieldPath fieldPath(path == "target" ? "target.alternateId" : path);
        event::visitValues(stored.event.bytes(), fieldPath, [&](std::string_view text, event::JsonKind) {
            if (std::ranges::find(values, text) == values.end()) {
                values.emplace_back(text);
            }
            return values.size() < 1000;
        });
        if (values.empty()) {
            values.emplace_back();
        }
        return values;
    }

    std::map<SourceId, std::string> m_sources;
    int m_limit;
    PivotRequest::Order m_order;
    std::vector<SqlColumn> m_columns;
    bool m_hasDistinct;
    std::string m_distinctPath;
    std::vector<std::string> m_paths;
    std::map<Key, Group> m_groups;
    std::size_t m_distinct = 0;
};

event::Result<PivotResult> groupBytes(
    duckdb::Connection &connection, BlockCache &cache, const PivotRequest &request, const std::stop_token &stop)
{
    std::map<SourceId, std::string> sources;
    auto names = connection.query("SELECT id, name FROM sources");
    if (!names) {
        return tl::unexpected(names.error());
    }
    while (const auto chunk = names->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            sources.emplace(chunk->column(0).integer(row), chunk->column(1).text(row));
        }
    }
    ByteGroups groups(request, std::move(sources));
    EventQuery byTime = request.query;
    byTime.sortPath = "published";
    const event::Status read = streamEvents(
        connection, cache, byTime, {}, [&](const StoredEvent &stored) { return groups.add(stored); }, stop);
    if (!read) {
        return tl::unexpected(read.error());
    }
    if (groups.isTooMuch()) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr(
                "There are too many different values to group by. Narrow the filter, or choose another field."));
    }
    return groups.result();
}

event::Result<PivotResult> groupEvents(
    duckdb::Connection &connection, BlockCache &cache, const PivotRequest &request, const std::stop_token &stop)
{
    std::vector<Expression> groups;
    bool hasColumns = true;
    for (const std::string &path : request.groupBy) {
        groups.push_back(expressionFor(path));
        hasColumns = hasColumns && !groups.back().sql.empty();
    }
    const Expression distinct = request.distinctOf.empty() ? Expression{} : expressionFor(request.distinctOf);
    hasColumns = hasColumns && (request.distinctOf.empty() || !distinct.sql.empty());
    if (!hasColumns) {
        return groupBytes(connection, cache, request, stop);
    }
    return matchedEvents(connection, cache, request.query, request.seqs, stop)
        .and_then(
            [&](const MatchedEvents &events) { return groupColumns(connection, events, request, groups, distinct); });
}

} // namespace

QFuture<event::Result<PivotResult>> Pivot::group(PivotRequest request, const std::stop_source &stop)
{
    Store::Private &d = Store::Private::of(m_store);
    return d.read<PivotResult>(
        d.searches,
        [&d, request = std::move(request)](
            duckdb::Connection &connection, const std::stop_token &token) -> event::Result<PivotResult> {
            std::vector<std::string> paths = request.groupBy;
            if (!request.distinctOf.empty()) {
                paths.push_back(request.distinctOf);
            }
            for (const std::string &path : paths) {
                if (!event::FieldPath(path).isValid()) {
                    return failure(ErrorKind::InvalidInput,
                        QObject::tr("\u201c%1\u201d is no field: write a path such as actor.alternateId.")
                            .arg(QString::fromStdString(path)));
                }
            }
            if (request.groupBy.empty() || request.groupBy.size() > 2) {
                return failure(ErrorKind::InvalidInput, QObject::tr("Choose one or two fields to group by."));
            }
            return duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
                return groupEvents(connection, d.cache, request, token);
            });
        },
        stop);
}

} // namespace octotrail::store
