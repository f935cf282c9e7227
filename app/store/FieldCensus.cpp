// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/FieldCensus.h"

#include "event/Text.h"
#include "filter/ProfileIndex.h"
#include "filter/ProfilePath.h"
#include "filter/Tree.h"
#include "store/AlertSql.h"
#include "store/ColumnPaths.h"
#include "store/EventBytes.h"
#include "store/FieldOccurrences.h"
#include "store/Schema.h"
#include "store/StorePrivate.h"

#include <algorithm>
#include <unordered_map>

namespace octotrail::store {

namespace {

/// What gives the values of a path, one a row, from the newest events; empty if there is no column for it.
std::string columnOf(const std::string &path)
{
    if (const auto id = event::fieldByPath(path)) {
        return "SELECT CAST(" + schema::quoted(event::fields()[*id].path) + " AS VARCHAR) AS v FROM events WHERE "
            + newestEvents(FieldCensus::sample);
    }
    if (const auto member = targetMember(path)) {
        return "SELECT struct_extract(unnest(target), " + schema::literal(*member) + ") AS v FROM events WHERE "
            + newestEvents(FieldCensus::sampleOfTargets);
    }
    if (const auto key = debugDataKey(path)) {
        return "SELECT " + debugDataValue(*key) + " AS v FROM events WHERE " + newestEvents(FieldCensus::sample);
    }
    return {};
}

/// Answers one question for values.
class ValueCensus
{
public:
    ValueCensus(duckdb::Connection &connection, BlockCache &cache, const std::stop_token &stop, const std::string &word,
        int limit)
        : m_connection(connection)
        , m_cache(cache)
        , m_stop(stop)
        , m_word(event::foldCase(word))
        , m_limit(static_cast<std::size_t>(limit))
    { }

    event::Result<FieldCensus::Values> of(const std::string &path)
    {
        const event::FieldPath parsed(path);
        const auto id = event::fieldByPath(path);
        const bool isTime
            = (id && event::fields()[*id].type == event::FieldType::Time) || filter::tree::timePart(parsed);
        if (isTime || !parsed.isValid() || path == "target") { // whose members have values
            return FieldCensus::Values();
        }
        if (const auto profile = filter::profilePath(parsed)) {
            return ofProfiles(*profile);
        }
        const std::string column = columnOf(path);
        return column.empty() ? ofBytes(parsed) : ofColumn(column, targetMember(path).has_value());
    }

private:
    using Counts = std::unordered_map<std::string, std::int64_t>;

    event::Result<FieldCensus::Values> ofColumn(const std::string &column, bool isOfTargets)
    {
        std::string sql = "SELECT v, count(*) FROM (" + column + ") WHERE v IS NOT NULL AND v <> ''";
        std::vector<filter::SqlValue> parameters;
        if (!m_word.empty()) {
            sql += " AND contains(lower(v), ?)";
            parameters.emplace_back(m_word);
        }
        sql += " GROUP BY v ORDER BY 2 DESC, 1 LIMIT " + std::to_string(m_limit);
        FieldCensus::Values found;
        const event::Status read
            = alertsql::forEachRow(m_connection, sql, parameters, [&](const duckdb::Chunk &chunk, std::size_t row) {
                  found.values.push_back({std::string(chunk.column(0).text(row)), chunk.column(1).bigint(row)});
              });
        if (!read) {
            return tl::unexpected(read.error());
        }
        return withSample(std::move(found), isOfTargets ? FieldCensus::sampleOfTargets : FieldCensus::sample);
    }

    event::Result<FieldCensus::Values> ofProfiles(const filter::ProfilePath &profile)
    {
        using enum filter::ProfilePath::Of;
        const auto profiles = m_cache.profiles().get(m_connection);
        if (!profiles) {
            return tl::unexpected(profiles.error());
        }
        Counts counts;
        const auto count = [&](std::string_view id, std::int64_t events) {
            event::visitValues((*profiles)->find(id), profile.path, [&](std::string_view value, event::JsonKind) {
                counts[std::string(value)] += events;
                return true;
            });
        };
        if (profile.of == Event) {
            for (const std::string_view uuid : (*profiles)->annotated()) {
                count(uuid, 1);
            }
            return FieldCensus::Values{mostFrequent(counts), 0};
        }
        const std::string ids
            = columnOf(profile.of == Target ? "target.id" : std::string(event::fields()[profile.idField()].path));
        const event::Status read
            = alertsql::forEachRow(m_connection, "SELECT v, count(*) FROM (" + ids + ") WHERE v IS NOT NULL GROUP BY v",
                {}, [&](const duckdb::Chunk &chunk, std::size_t row) {
                    count(chunk.column(0).text(row), chunk.column(1).bigint(row));
                });
        if (!read) {
            return tl::unexpected(read.error());
        }
        return withSample(
            {mostFrequent(counts), 0}, profile.of == Target ? FieldCensus::sampleOfTargets : FieldCensus::sample);
    }

    event::Result<FieldCensus::Values> ofBytes(const event::FieldPath &path)
    {
        std::vector<Seq> seqs;
        const event::Status read = alertsql::forEachRow(m_connection,
            "SELECT seq FROM events WHERE " + newestEvents(FieldCensus::sampleOfBytes) + " ORDER BY seq", {},
            [&](const duckdb::Chunk &chunk, std::size_t row) { seqs.push_back(chunk.column(0).bigint(row)); });
        BlockReader blocks(m_connection, m_cache);
        const auto bytes = read.and_then([&] { return blocks.extents(); }).and_then([&](const auto &) {
            return bytesOf(blocks, seqs, m_stop);
        });
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        Counts counts;
        for (const std::string &json : *bytes) {
            event::visitValues(json, path, [&](std::string_view value, event::JsonKind kind) {
                if (kind != event::JsonKind::Object) {
                    ++counts[std::string(value)];
                }
                return true;
            });
        }
        return withSample({mostFrequent(counts), 0}, FieldCensus::sampleOfBytes);
    }

    std::vector<Store::ValueCount> mostFrequent(const Counts &counts) const
    {
        std::vector<Store::ValueCount> values;
        for (const auto &[value, count] : counts) {
            if (!value.empty() && event::foldCase(value).find(m_word) != std::string::npos) {
                values.push_back({value, count});
            }
        }
        std::ranges::sort(values, [](const Store::ValueCount &a, const Store::ValueCount &b) {
            return a.count != b.count ? a.count > b.count : a.value < b.value;
        });
        values.resize(std::min(values.size(), m_limit));
        return values;
    }

    /// Tells of how many events the values are, if there are others.
    event::Result<FieldCensus::Values> withSample(FieldCensus::Values found, std::int64_t sample)
    {
        auto older = m_connection.query(
            "SELECT count(*) FROM (SELECT 1 FROM events WHERE NOT (" + newestEvents(sample) + ") LIMIT 1)");
        if (!older) {
            return tl::unexpected(older.error());
        }
        found.newest = older->number() > 0 ? sample : 0;
        return found;
    }

    duckdb::Connection &m_connection;
    BlockCache &m_cache;
    const std::stop_token &m_stop;
    std::string m_word;
    std::size_t m_limit;
};

} // namespace

QFuture<event::Result<FieldCensus::Census>> FieldCensus::fields()
{
    Store::Private &d = Store::Private::of(m_store);
    return d.read<Census>(d.lookups,
        [](duckdb::Connection &connection, const std::stop_token &) { return readFieldOccurrences(connection); });
}

QFuture<event::Result<FieldCensus::Values>> FieldCensus::values(
    std::string path, std::string word, int limit, const std::stop_source &stop)
{
    Store::Private &d = Store::Private::of(m_store);
    return d.read<Values>(
        d.lookups,
        [&d, path = filter::readPath(path).value_or(std::move(path)), word = std::move(word), limit](
            duckdb::Connection &connection, const std::stop_token &token) {
            return duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
                return ValueCensus(connection, d.cache, token, word, limit).of(path);
            });
        },
        stop);
}

} // namespace octotrail::store
