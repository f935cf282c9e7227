// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ProfileTable.h"

#include "event/Json.h"
#include "filter/Matcher.h"
#include "store/CellText.h"
#include "store/CheckpointTable.h"
#include "store/ProfileChangeTable.h"
#include "store/ProfileFacts.h"
#include "store/WithoutMember.h"
#include "store/duckdb/Appender.h"
#include "store/duckdb/ChunkWriter.h"

#include <QObject>
#include <map>

namespace octotrail::store {

using event::Timestamp;

namespace {

constexpr std::string_view profileColumns
    = "source, kind, id, status, name, login, last_updated, seen, bytes, first_seen, "
      "deleted, listing";

std::string valueOf(std::string_view json, std::string_view path)
{
    std::string value;
    event::visitValues(json, event::FieldPath(path), [&](std::string_view text, event::JsonKind) {
        value = text;
        return false;
    });
    return value;
}

std::string displayName(std::string_view json, ProfileKind kind)
{
    std::string name = valueOf(json, "profile.displayName");
    if (name.empty() && kind == ProfileKind::User) {
        name = valueOf(json, "profile.firstName");
        const std::string last = valueOf(json, "profile.lastName");
        name += (name.empty() || last.empty() ? "" : " ") + last;
    }
    return name;
}

/// What the store had of a profile.
struct Known
{
    std::string bytes;
    std::optional<Timestamp> lastUpdated;
    std::optional<Timestamp> firstSeen;
    std::optional<Timestamp> deleted;
    std::int64_t listing = 0;
};

/// What it is to have. Texts come out of visitValues, so they are valid UTF-8.
struct Row
{
    std::string id;
    std::string status;
    std::string name;
    std::string login;
    std::optional<Timestamp> lastUpdated;
    Timestamp firstSeen;
    std::int64_t listing = 0;
    std::string bytes;
};

/// The types of the profiles table, in the order of its columns.
std::vector<duckdb::LogicalType> profileTypes()
{
    std::vector<duckdb::LogicalType> types;
    for (const duckdb_type type : {DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_VARCHAR,
             DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_TIMESTAMP, DUCKDB_TYPE_TIMESTAMP, DUCKDB_TYPE_BLOB,
             DUCKDB_TYPE_TIMESTAMP, DUCKDB_TYPE_TIMESTAMP, DUCKDB_TYPE_BIGINT}) {
        types.emplace_back(type);
    }
    return types;
}

/// Writes one page.
class PageWriter
{
public:
    PageWriter(duckdb::Connection &connection, const ProfilePage &page)
        : m_connection(connection)
        , m_page(page)
        , m_listing(page.progress ? page.progress->listing : 0)
        , m_changes(connection, page.source, page.kind)
    { }

    event::Result<ProfileReport> write()
    {
        for (const std::string &json : m_page.profiles) {
            if (std::string id = valueOf(json, "id"); !id.empty()) {
                // Password hashes and recovery questions have no place on an analyst's disk.
                m_received[std::move(id)] = withoutEmbedded(withoutMember(json, "credentials"), "credentials");
            }
        }
        return readKnown()
            .and_then([&] { return replace(); })
            .and_then([&] { return m_page.endsListing ? markDeleted() : event::Status{}; })
            .and_then([&] { return m_changes.finish(); })
            .map([&] { return m_report; });
    }

private:
    std::vector<filter::SqlValue> keys() const
    {
        std::vector<filter::SqlValue> values{std::int64_t{m_page.source}, std::string(nameOf(m_page.kind))};
        for (const auto &[id, json] : m_received) {
            values.emplace_back(id);
        }
        return values;
    }
    std::string whereKeys() const
    {
        std::string marks;
        for (std::size_t i = 0; i < m_received.size(); ++i) {
            marks += marks.empty() ? "?" : ", ?";
        }
        return " WHERE source = ? AND kind = ? AND id IN (" + marks + ")";
    }

    event::Status readKnown()
    {
        if (m_received.empty()) {
            return {};
        }
        const auto values = keys();
        auto result = m_connection.query(
            "SELECT id, bytes, last_updated, first_seen, deleted, listing FROM profiles" + whereKeys(), values);
        if (!result) {
            return tl::unexpected(result.error());
        }
        return result->forEach([&](const duckdb::Chunk &chunk) {
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                Known known;
                known.bytes = chunk.column(1).text(row);
                known.lastUpdated = chunk.column(2).time(row);
                known.firstSeen = chunk.column(3).time(row);
                known.deleted = chunk.column(4).time(row);
                known.listing = chunk.column(5).isNull(row) ? 0 : chunk.column(5).bigint(row);
                m_known.insert_or_assign(std::string(chunk.column(0).text(row)), std::move(known));
            }
            return true;
        });
    }

    event::Status replace()
    {
        if (m_received.empty()) {
            return {};
        }
        const auto values = keys();
        if (auto removed = m_connection.query("DELETE FROM profiles" + whereKeys(), values); !removed) {
            return tl::unexpected(removed.error());
        }
        for (const auto &[id, json] : m_received) {
            if (const event::Status status = take(id, json); !status) {
                return status;
            }
        }
        return append();
    }

    event::Status take(const std::string &id, const std::string &received)
    {
        const auto known = m_known.find(id);
        const bool isNew = known == m_known.end();
        const std::optional<Timestamp> updated = event::parseTimestamp(valueOf(received, "lastUpdated"));
        // A search may be served from an index that lags: what it tells must not undo what was told already.
        const bool isStale = !isNew && updated && known->second.lastUpdated && *updated < *known->second.lastUpdated;
        const std::string &json = isStale ? known->second.bytes : received;
        Row row;
        row.id = id;
        row.status = valueOf(json, "status");
        row.name = displayName(json, m_page.kind);
        row.login = valueOf(json, m_page.kind == ProfileKind::User ? "profile.login" : "profile.serialNumber");
        row.lastUpdated = isStale ? known->second.lastUpdated : updated;
        row.firstSeen = isNew ? m_now : known->second.firstSeen.value_or(m_now);
        row.listing = std::max(m_listing, isNew ? 0 : known->second.listing);
        row.bytes = json;
        m_rows.push_back(std::move(row));
        if (isNew) {
            ++m_report.added;
            return {};
        }
        return compare(id, known->second, json, updated);
    }

    /// An appender is ten times faster than inserting row by row.
    event::Status append()
    {
        auto appender = duckdb::Appender::open(m_connection, "profiles");
        if (!appender) {
            return tl::unexpected(appender.error());
        }
        const std::vector<duckdb::LogicalType> types = profileTypes();
        const std::size_t capacity = duckdb::chunkCapacity();
        for (std::size_t first = 0; first < m_rows.size(); first += capacity) {
            const duckdb::Chunk chunk = duckdb::makeChunk(types);
            const std::size_t count = std::min(capacity, m_rows.size() - first);
            fill(chunk, first, count);
            duckdb_data_chunk_set_size(chunk.handle(), count);
            if (event::Status appended = appender->append(chunk); !appended) {
                return appended;
            }
        }
        return appender->close();
    }

    void fill(const duckdb::Chunk &chunk, std::size_t first, std::size_t count) const
    {
        std::vector<duckdb::ColumnWriter> columns;
        for (idx_t i = 0; i < duckdb_data_chunk_get_column_count(chunk.handle()); ++i) {
            columns.emplace_back(duckdb_data_chunk_get_vector(chunk.handle(), i));
        }
        for (std::size_t i = 0; i < count; ++i) {
            const Row &row = m_rows[first + i];
            columns[0].setInteger(i, m_page.source);
            columns[1].setView(i, nameOf(m_page.kind));
            columns[2].setView(i, row.id);
            columns[3].setView(i, row.status);
            columns[4].setView(i, row.name);
            columns[5].setView(i, row.login);
            if (row.lastUpdated) {
                columns[6].setTime(i, *row.lastUpdated);
            } else {
                columns[6].setNull(i);
            }
            columns[7].setTime(i, m_now);
            columns[8].setView(i, row.bytes);
            columns[9].setTime(i, row.firstSeen);
            columns[10].setNull(i);
            columns[11].setBigint(i, row.listing);
        }
    }

    event::Status compare(
        const std::string &id, const Known &known, const std::string &json, const std::optional<Timestamp> &updated)
    {
        bool changed = known.deleted.has_value();
        event::Status status;
        if (known.deleted) {
            status = m_changes.add(id, ProfileChange::Kind::Restored, m_now, updated);
        }
        if (known.bytes != json) {
            const auto before = comparableFacts(known.bytes);
            const auto after = comparableFacts(json);
            const auto tell = [&](const std::string &field, const std::string &from, const std::string &to) {
                changed = true;
                status = status.and_then(
                    [&] { return m_changes.add(id, ProfileChange::Kind::Changed, m_now, updated, field, from, to); });
            };
            for (const auto &[field, text] : before) {
                const auto now = after.find(field);
                if (now == after.end() || now->second != text) {
                    tell(field, text, now == after.end() ? std::string() : now->second);
                }
            }
            for (const auto &[field, text] : after) {
                if (!before.contains(field)) {
                    tell(field, {}, text);
                }
            }
        }
        ++(changed ? m_report.changed : m_report.unchanged);
        return status;
    }

    event::Status markDeleted()
    {
        const std::vector<filter::SqlValue> key{
            std::int64_t{m_page.source}, std::string(nameOf(m_page.kind)), m_listing};
        const std::string where = " WHERE source = ? AND kind = ? AND coalesce(listing, 0) < ? AND deleted IS NULL";
        auto gone = m_connection.query("SELECT id FROM profiles" + where, key);
        if (!gone) {
            return tl::unexpected(gone.error());
        }
        event::Status status = gone->forEach([&](const duckdb::Chunk &chunk) {
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                m_gone.emplace_back(chunk.column(0).text(row));
            }
            return true;
        });
        for (const std::string &id : m_gone) {
            status = status.and_then([&] { return m_changes.add(id, ProfileChange::Kind::Deleted, m_now, {}); });
        }
        if (!status || m_gone.empty()) {
            return status;
        }
        m_report.deleted = static_cast<int>(m_gone.size());
        std::vector<filter::SqlValue> values{m_now};
        values.insert(values.end(), key.begin(), key.end());
        return m_connection.query("UPDATE profiles SET deleted = ?" + where, values)
            .map([](const duckdb::QueryResult &) {});
    }

    duckdb::Connection &m_connection;
    const ProfilePage &m_page;
    const std::int64_t m_listing;
    const Timestamp m_now = event::now();
    ProfileChangeTable m_changes;
    std::map<std::string, std::string> m_received; ///< by id; of two with one id the later one
    std::map<std::string, Known> m_known;
    std::vector<Row> m_rows;
    std::vector<std::string> m_gone;
    ProfileReport m_report;
};

Profile profileIn(const duckdb::Chunk &chunk, std::size_t row)
{
    Profile profile;
    profile.source = chunk.column(0).integer(row);
    profile.kind = chunk.column(1).text(row) == nameOf(ProfileKind::User) ? ProfileKind::User : ProfileKind::Device;
    profile.id = cellText(chunk.column(2).text(row));
    profile.status = cellText(chunk.column(3).text(row));
    profile.name = cellText(chunk.column(4).text(row));
    profile.login = cellText(chunk.column(5).text(row));
    profile.lastUpdated = chunk.column(6).time(row);
    profile.seen = chunk.column(7).time(row);
    profile.bytes = chunk.column(8).text(row);
    profile.firstSeen = chunk.column(9).time(row);
    profile.deleted = chunk.column(10).time(row);
    return profile;
}

} // namespace

std::string_view nameOf(ProfileKind kind)
{
    return kind == ProfileKind::User ? "user" : "device";
}

event::Result<ProfileReport> writeProfiles(
    duckdb::Connection &connection, const ProfilePage &page, const std::optional<Checkpoint> &checkpoint)
{
    auto transaction = duckdb::Transaction::begin(connection);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    auto report = PageWriter(connection, page).write();
    if (!report) {
        return report;
    }
    const auto known = countProfiles(connection, page.source, page.kind);
    if (!known) {
        return tl::unexpected(known.error());
    }
    report->known = *known;
    event::Status status;
    if (page.progress) {
        status = writeProgress(connection, page.source, page.kind, *page.progress);
    }
    if (checkpoint) {
        status = status.and_then([&] { return putCheckpoint(connection, page.source, *checkpoint); });
    }
    status = status.and_then([&] { return transaction->commit(); });
    if (!status) {
        return tl::unexpected(status.error());
    }
    return report;
}

event::Status visitProfiles(duckdb::Connection &connection, ProfileKind kind,
    const std::function<bool(std::string_view bytes)> &wants, const std::function<void(Profile)> &visit,
    const std::stop_token &stop)
{
    const std::array<filter::SqlValue, 1> key{std::string(nameOf(kind))};
    auto result = connection.stream("SELECT " + std::string(profileColumns)
            + " FROM profiles WHERE kind = ? ORDER BY lower(name), name, id, source",
        key);
    if (!result) {
        return tl::unexpected(result.error());
    }
    const event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            if (wants(chunk.column(8).text(row))) {
                visit(profileIn(chunk, row));
            }
        }
        return !stop.stop_requested();
    });
    if (read && stop.stop_requested()) {
        return event::failure(event::ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
    }
    return read;
}

event::Result<std::vector<Profile>> readProfiles(duckdb::Connection &connection, ProfileKind kind,
    const filter::Expression &expression, const std::vector<std::string> &words, const std::stop_token &stop)
{
    const filter::Matcher matcher(expression, words);
    const bool all = expression.matchesAll() && words.empty();
    std::vector<Profile> profiles;
    const event::Status read = visitProfiles(
        connection, kind, [&](std::string_view bytes) { return all || matcher.matchesJson(bytes); },
        [&](Profile profile) { profiles.push_back(std::move(profile)); }, stop);
    if (!read) {
        return tl::unexpected(read.error());
    }
    return profiles;
}

event::Result<std::vector<Profile>> findProfiles(
    duckdb::Connection &connection, ProfileKind kind, const std::vector<std::string> &ids)
{
    std::vector<Profile> profiles;
    if (ids.empty()) {
        return profiles;
    }
    std::vector<filter::SqlValue> values{std::string(nameOf(kind))};
    std::string marks;
    for (const std::string &id : ids) {
        values.emplace_back(id);
        marks += marks.empty() ? "?" : ", ?";
    }
    auto result = connection.query("SELECT " + std::string(profileColumns) + " FROM profiles WHERE kind = ? AND id IN ("
            + marks + ") ORDER BY lower(name), name, id, seen DESC",
        values);
    if (!result) {
        return tl::unexpected(result.error());
    }
    const event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            profiles.push_back(profileIn(chunk, row));
        }
        return true;
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return profiles;
}

} // namespace octotrail::store
