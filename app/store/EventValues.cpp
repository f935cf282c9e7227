// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/EventValues.h"

#include "filter/ProfilePath.h"
#include "store/ColumnPaths.h"
#include "store/EventStream.h"
#include "store/Schema.h"
#include "store/duckdb/Appender.h"
#include "store/duckdb/ChunkWriter.h"

#include <QObject>
#include <algorithm>
#include <set>
#include <type_traits>
#include <utility>

namespace octotrail::store {

using event::ErrorKind;
using event::failure;

namespace {

/// Of an event, a profile or an annotation; each value once.
template <class Id>
using Values = std::vector<std::pair<Id, std::string>>;

/// What a column of the events says, in SQL; empty if the path has none.
std::string columnSql(const std::string &path)
{
    if (const auto member = targetMember(path)) {
        return "nullif(t." + schema::quoted(*member) + ", '')";
    }
    if (path == "source") {
        return "(SELECT name FROM sources WHERE sources.id = events.source)";
    }
    if (const auto key = debugDataKey(path)) {
        return "nullif(" + debugDataValue(*key) + ", '')";
    }
    const auto id = event::fieldByPath(path);
    if (!id) {
        return {};
    }
    const std::string column = schema::quoted(event::fields()[*id].path);
    switch (event::fields()[*id].type) {
    case event::FieldType::Text:
        return "nullif(" + column + ", '')";
    case event::FieldType::Time: // as event::formatTimestamp()
        return "CASE WHEN epoch_us(" + column + ") % 1000 = 0 THEN strftime(" + column
            + ", '%Y-%m-%dT%H:%M:%S.%gZ') ELSE strftime(" + column + ", '%Y-%m-%dT%H:%M:%S.%fZ') END";
    case event::FieldType::Number: // as fieldText()
        return "regexp_replace(CAST(" + column + " AS VARCHAR), '\\.0$', '')";
    case event::FieldType::Integer:
    case event::FieldType::Boolean:
        break;
    }
    return "CAST(" + column + " AS VARCHAR)";
}

template <class Id>
event::Status makeTable(duckdb::Connection &connection, const std::string &table)
{
    return connection.run(
        "CREATE TEMP TABLE " + table + "(id " + (std::is_same_v<Id, Seq> ? "BIGINT" : "VARCHAR") + ", value VARCHAR)");
}

template <class Id>
event::Status append(duckdb::Connection &connection, const std::string &table, const Values<Id> &values)
{
    auto appender = duckdb::Appender::openTemporary(connection, table);
    if (!appender) {
        return tl::unexpected(appender.error());
    }
    std::vector<duckdb::LogicalType> types;
    types.emplace_back(std::is_same_v<Id, Seq> ? DUCKDB_TYPE_BIGINT : DUCKDB_TYPE_VARCHAR);
    types.emplace_back(DUCKDB_TYPE_VARCHAR);
    for (std::size_t first = 0; first < values.size(); first += duckdb::chunkCapacity()) {
        const std::size_t count = std::min(duckdb::chunkCapacity(), values.size() - first);
        const duckdb::Chunk chunk = duckdb::makeChunk(types);
        duckdb::ColumnWriter ids(duckdb_data_chunk_get_vector(chunk.handle(), 0));
        duckdb::ColumnWriter texts(duckdb_data_chunk_get_vector(chunk.handle(), 1));
        for (std::size_t row = 0; row < count; ++row) {
            const auto &[id, text] = values[first + row];
            if constexpr (std::is_same_v<Id, Seq>) {
                ids.setBigint(row, id);
            } else {
                ids.setView(row, id);
            }
            texts.setView(row, text);
        }
        duckdb_data_chunk_set_size(chunk.handle(), count);
        if (event::Status appended = appender->append(chunk); !appended) {
            return appended;
        }
    }
    return appender->close();
}

/// What the path names in the document, each value once.
template <class Id>
void collect(std::string_view json, const event::FieldPath &path, Id id, Values<Id> &values)
{
    std::set<std::string, std::less<>> seen;
    event::visitValues(json, path, [&](std::string_view text, event::JsonKind) {
        if (!text.empty() && seen.emplace(text).second) {
            values.emplace_back(id, text);
        }
        return true;
    });
}

/// Writes down what profiles or annotations say, by their ids.
event::Status writeProfiles(
    duckdb::Connection &connection, BlockCache &cache, const std::string &table, const filter::ProfilePath &profile)
{
    const auto index = cache.profiles().get(connection);
    if (!index) {
        return tl::unexpected(index.error());
    }
    const auto any = [](std::string_view) { return true; };
    const std::vector<std::string_view> ids = profile.of == filter::ProfilePath::Of::Event
        ? (*index)->annotatedWith(profile.path, any)
        : (*index)->idsWith(profile.path, any);
    Values<std::string_view> values;
    for (const std::string_view id : ids) {
        collect((*index)->find(id), profile.path, id, values);
    }
    return makeTable<std::string_view>(connection, table).and_then([&] { return append(connection, table, values); });
}

/// Writes down what the bytes of the events say, by their seqs.
event::Status writeBytes(duckdb::Connection &connection, BlockCache &cache, const std::string &table,
    const EventQuery &query, const std::string &path, const std::stop_token &stop)
{
    if (event::Status made = makeTable<Seq>(connection, table); !made) {
        return made;
    }
    EventQuery byTime = query;
    byTime.sortPath = "published";
    const event::FieldPath fieldPath(path);
    event::Status written;
    const auto take = [&](const std::vector<RawEvent> &events) {
        Values<Seq> values;
        for (const RawEvent &raw : events) {
            collect(raw.bytes, fieldPath, raw.seq, values);
        }
        written = append(connection, table, values);
        return written && !stop.stop_requested();
    };
    const event::Status read = streamRaw(connection, cache, byTime, {}, take, stop);
    if (stop.stop_requested()) {
        return failure(ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
    }
    return read ? written : read;
}

} // namespace

event::Result<EventValues> eventValues(duckdb::Connection &connection, BlockCache &cache, const MatchedEvents &events,
    const EventQuery &query, const std::vector<std::string> &paths, const std::stop_token &stop)
{
    std::string columns;
    std::string joins;
    bool ofTarget = false;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const std::string &path = paths[i];
        const event::FieldPath fieldPath(path);
        if (!fieldPath.isValid()) {
            return failure(ErrorKind::InvalidInput,
                QObject::tr("\u201c%1\u201d is no field: write a path such as actor.alternateId.")
                    .arg(QString::fromStdString(path)));
        }
        const std::string table = "values" + std::to_string(i);
        std::string sql = columnSql(path);
        std::string key;
        event::Status written;
        ofTarget = ofTarget || targetMember(path);
        if (const auto profile = filter::profilePath(fieldPath)) {
            using enum filter::ProfilePath::Of;
            ofTarget = ofTarget || profile->of == Target;
            key = profile->of == Target ? "t.id" : "events." + schema::quoted(event::fields()[profile->idField()].path);
            written = writeProfiles(connection, cache, table, *profile);
        } else if (sql.empty()) {
            key = "events.seq";
            written = writeBytes(connection, cache, table, query, path, stop);
        }
        if (!written) {
            return tl::unexpected(written.error());
        }
        if (!key.empty()) {
            sql = table + ".value";
            joins.append(" LEFT JOIN ").append(table).append(" ON ").append(table).append(".id = ").append(key);
        }
        columns += ", " + sql + " AS v" + std::to_string(i);
    }
    EventValues values;
    values.parameters = events.parameters;
    values.repeats = ofTarget || !joins.empty();
    // An event without targets has one that is nothing.
    const std::string target
        = ofTarget ? ", unnest(CASE WHEN len(target) > 0 THEN target ELSE [NULL] END) AS t" : std::string();
    values.from = " FROM (SELECT events.seq, events.published" + columns
        + (values.repeats ? " FROM (SELECT *" + target + events.from + ") AS events" + joins : events.from)
        + ") WHERE true";
    return values;
}

} // namespace octotrail::store
