// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ProfileChangeTable.h"

#include "store/CellText.h"
#include "store/ProfileTable.h"

#include <array>

namespace octotrail::store {

namespace {

constexpr std::array<std::string_view, 4> kindNames{"added", "changed", "deleted", "restored"};

QString qString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// A profile's value is as hostile and as long as its administrator likes.
std::string bounded(std::string_view text)
{
    return cellText(text).toStdString();
}

} // namespace

event::Status ProfileChangeTable::add(const std::string &id, ProfileChange::Kind change, event::Timestamp seen,
    const std::optional<event::Timestamp> &updated, std::string_view field, std::string_view before,
    std::string_view after)
{
    if (!m_insert) {
        auto insert = m_connection.prepare("INSERT INTO profile_changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        if (!insert) {
            return tl::unexpected(insert.error());
        }
        m_insert.emplace(std::move(*insert));
    }
    m_insert->bindInteger(1, m_source);
    m_insert->bindText(2, nameOf(m_kind));
    m_insert->bindText(3, id);
    m_insert->bindText(4, kindNames[static_cast<std::size_t>(change)]);
    m_insert->bindTime(5, seen);
    m_insert->bindTime(6, updated);
    m_insert->bindText(7, bounded(field));
    m_insert->bindText(8, bounded(before));
    m_insert->bindText(9, bounded(after));
    if (change == ProfileChange::Kind::Changed) {
        m_touched.insert(id);
    }
    return m_insert->execute().map([](const duckdb::QueryResult &) {});
}

event::Status ProfileChangeTable::finish()
{
    if (m_touched.empty()) {
        return {};
    }
    std::vector<filter::SqlValue> values{std::int64_t{m_source}, std::string(nameOf(m_kind))};
    std::string marks;
    for (const std::string &id : m_touched) {
        values.emplace_back(id);
        marks += marks.empty() ? "?" : ", ?";
    }
    const std::string where = " WHERE source = ? AND kind = ? AND id IN (" + marks + ")";
    auto counted = m_connection.query("SELECT id, count(*) FROM profile_changes" + where
            + " GROUP BY id HAVING count(*) > " + std::to_string(mostProfileChanges),
        values);
    if (!counted) {
        return tl::unexpected(counted.error());
    }
    std::vector<std::string> full;
    event::Status read = counted->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            full.emplace_back(chunk.column(0).text(row));
        }
        return true;
    });
    if (!read) {
        return read;
    }
    for (const std::string &id : full) {
        // The rowid is stable within the transaction, and as good as any order among changes of one moment.
        const std::array<filter::SqlValue, 3> key{std::int64_t{m_source}, std::string(nameOf(m_kind)), id};
        const auto trimmed = m_connection.query(
            "DELETE FROM profile_changes WHERE rowid IN (SELECT rowid FROM profile_changes WHERE source = ? AND "
            "kind = ? AND id = ? ORDER BY seen DESC, rowid DESC OFFSET "
                + std::to_string(mostProfileChanges) + ")",
            key);
        if (!trimmed) {
            return tl::unexpected(trimmed.error());
        }
    }
    return {};
}

event::Result<std::vector<ProfileChange>> readProfileChanges(
    duckdb::Connection &connection, SourceId source, ProfileKind kind, const std::string &id)
{
    const std::array<filter::SqlValue, 3> key{std::int64_t{source}, std::string(nameOf(kind)), id};
    auto result
        = connection.query("SELECT change, seen, last_updated, field, old_value, new_value FROM profile_changes "
                           "WHERE source = ? AND kind = ? AND id = ? ORDER BY seen DESC, field LIMIT "
                + std::to_string(mostProfileChanges),
            key);
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::vector<ProfileChange> changes;
    const event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            ProfileChange change;
            const std::string_view name = chunk.column(0).text(row);
            for (std::size_t i = 0; i < kindNames.size(); ++i) {
                if (kindNames[i] == name) {
                    change.kind = static_cast<ProfileChange::Kind>(i);
                }
            }
            change.seen = chunk.column(1).time(row).value_or(event::Timestamp());
            change.lastUpdated = chunk.column(2).time(row);
            change.field = qString(chunk.column(3).text(row));
            change.before = qString(chunk.column(4).text(row));
            change.after = qString(chunk.column(5).text(row));
            changes.push_back(std::move(change));
        }
        return true;
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    // That it came is in its own row: most profiles never change.
    auto first = connection.query("SELECT first_seen FROM profiles WHERE source = ? AND kind = ? AND id = ?", key);
    if (!first) {
        return tl::unexpected(first.error());
    }
    if (const auto chunk = first->next(); chunk && chunk->size() > 0 && chunk->column(0).time(0)) {
        changes.push_back({ProfileChange::Kind::Added, *chunk->column(0).time(0), {}, {}, {}, {}});
    }
    return changes;
}

event::Status writeProgress(
    duckdb::Connection &connection, SourceId source, ProfileKind kind, const ProfileProgress &progress)
{
    const std::array<filter::SqlValue, 2> key{std::int64_t{source}, std::string(nameOf(kind))};
    if (auto removed = connection.query("DELETE FROM profile_progress WHERE source = ? AND kind = ?", key); !removed) {
        return tl::unexpected(removed.error());
    }
    auto insert = connection.prepare("INSERT INTO profile_progress VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert) {
        return tl::unexpected(insert.error());
    }
    insert->bindInteger(1, source);
    insert->bindText(2, nameOf(kind));
    insert->bindText(3, progress.queryHash.toStdString());
    insert->bindText(4, progress.nextLink.toStdString());
    insert->bindBoolean(5, progress.full);
    insert->bindInteger(6, progress.listing);
    insert->bindTime(7, progress.started);
    insert->bindTime(8, progress.since);
    insert->bindTime(9, progress.ended);
    insert->bindTime(10, progress.fullEnded);
    return insert->execute().map([](const duckdb::QueryResult &) {});
}

event::Result<ProfileProgress> readProgress(duckdb::Connection &connection, SourceId source, ProfileKind kind)
{
    const std::array<filter::SqlValue, 2> key{std::int64_t{source}, std::string(nameOf(kind))};
    auto result = connection.query("SELECT query_hash, next_link, is_full, listing, started, since, ended, full_ended "
                                   "FROM profile_progress WHERE source = ? AND kind = ?",
        key);
    if (!result) {
        return tl::unexpected(result.error());
    }
    ProfileProgress progress;
    if (const auto chunk = result->next(); chunk && chunk->size() > 0) {
        progress.queryHash = qString(chunk->column(0).text(0));
        progress.nextLink = qString(chunk->column(1).text(0));
        progress.full = chunk->column(2).boolean(0);
        progress.listing = chunk->column(3).bigint(0);
        progress.started = chunk->column(4).time(0);
        progress.since = chunk->column(5).time(0);
        progress.ended = chunk->column(6).time(0);
        progress.fullEnded = chunk->column(7).time(0);
    }
    return countProfiles(connection, source, kind).map([&progress](std::int64_t known) {
        progress.known = known;
        return progress;
    });
}

event::Result<std::int64_t> countProfiles(duckdb::Connection &connection, SourceId source, ProfileKind kind)
{
    const std::array<filter::SqlValue, 2> key{std::int64_t{source}, std::string(nameOf(kind))};
    return connection.query("SELECT count(*) FROM profiles WHERE source = ? AND kind = ? AND deleted IS NULL", key)
        .map([](duckdb::QueryResult &&result) { return result.number(); });
}

event::Status addProfileHistory(duckdb::Connection &connection)
{
    return connection.run(
        "ALTER TABLE profiles ADD COLUMN first_seen TIMESTAMP;"
        "ALTER TABLE profiles ADD COLUMN deleted TIMESTAMP;"
        "ALTER TABLE profiles ADD COLUMN listing BIGINT;"
        "CREATE TABLE profile_changes(source INTEGER NOT NULL, kind VARCHAR NOT NULL, id VARCHAR NOT NULL, "
        "change VARCHAR NOT NULL, seen TIMESTAMP NOT NULL, last_updated TIMESTAMP, field VARCHAR NOT NULL, "
        "old_value VARCHAR NOT NULL, new_value VARCHAR NOT NULL);"
        "CREATE TABLE profile_progress(source INTEGER NOT NULL, kind VARCHAR NOT NULL, query_hash VARCHAR NOT NULL, "
        "next_link VARCHAR NOT NULL, is_full BOOLEAN NOT NULL, listing BIGINT NOT NULL, started TIMESTAMP, "
        "since TIMESTAMP, ended TIMESTAMP, full_ended TIMESTAMP);"
        "UPDATE profiles SET first_seen = seen;"
        "DELETE FROM checkpoints WHERE stream IN ('users', 'devices');");
}

} // namespace octotrail::store
