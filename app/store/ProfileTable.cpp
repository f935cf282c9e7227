// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ProfileTable.h"

#include "event/Json.h"
#include "event/Text.h"
#include "filter/Matcher.h"
#include "store/CellText.h"
#include "store/CheckpointTable.h"
#include "store/WithoutMember.h"

#include <QObject>
#include <array>
#include <map>

namespace octotrail::store {

namespace {

constexpr std::string_view nameOf(ProfileKind kind)
{
    return kind == ProfileKind::User ? "user" : "device";
}

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

event::Status writeOne(duckdb::Statement &remove, duckdb::Statement &insert, SourceId source, ProfileKind kind,
    const std::string &id, const std::string &json)
{
    remove.bindInteger(1, source);
    remove.bindText(2, nameOf(kind));
    remove.bindText(3, id);
    insert.bindInteger(1, source);
    insert.bindText(2, nameOf(kind));
    insert.bindText(3, id);
    insert.bindText(4, valueOf(json, "status"));
    insert.bindText(5, displayName(json, kind));
    insert.bindText(6, valueOf(json, kind == ProfileKind::User ? "profile.login" : "profile.serialNumber"));
    insert.bindTime(7, event::parseTimestamp(valueOf(json, "lastUpdated")));
    insert.bindTime(8, event::now());
    insert.bindBlob(9, json);
    return remove.execute()
        .and_then([&](const duckdb::QueryResult &) { return insert.execute(); })
        .map([](const duckdb::QueryResult &) {});
}

} // namespace

event::Status writeProfiles(duckdb::Connection &connection, SourceId source, ProfileKind kind,
    const std::vector<std::string> &profiles, const std::optional<Checkpoint> &checkpoint)
{
    auto transaction = duckdb::Transaction::begin(connection);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    auto remove = connection.prepare("DELETE FROM profiles WHERE source = ? AND kind = ? AND id = ?");
    if (!remove) {
        return tl::unexpected(remove.error());
    }
    auto insert = connection.prepare("INSERT INTO profiles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert) {
        return tl::unexpected(insert.error());
    }
    std::map<std::string, const std::string *> byId; // of two with one id the later one
    for (const std::string &json : profiles) {
        if (std::string id = valueOf(json, "id"); !id.empty()) {
            byId[std::move(id)] = &json;
        }
    }
    for (const auto &[id, json] : byId) {
        // Password hashes and recovery questions have no place on an analyst's disk.
        const event::Status written = writeOne(*remove, *insert, source, kind, id, withoutMember(*json, "credentials"));
        if (!written) {
            return written;
        }
    }
    if (checkpoint) {
        if (const event::Status put = putCheckpoint(connection, source, *checkpoint); !put) {
            return put;
        }
    }
    return transaction->commit();
}

event::Result<std::vector<Profile>> readProfiles(duckdb::Connection &connection, ProfileKind kind,
    const filter::Expression &expression, const std::vector<std::string> &words, const std::stop_token &stop)
{
    const filter::Matcher matcher(expression, words);
    const bool all = expression.matchesAll() && words.empty();
    const std::array<filter::SqlValue, 1> key{std::string(nameOf(kind))};
    auto result = connection.stream(
        "SELECT source, id, status, name, login, last_updated, seen, bytes FROM profiles WHERE kind = ? "
        "ORDER BY lower(name), name, id, source",
        key);
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::vector<Profile> profiles;
    const event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            const std::string_view bytes = chunk.column(7).text(row);
            if (!all && !matcher.matchesJson(bytes)) {
                continue;
            }
            Profile profile;
            profile.source = chunk.column(0).integer(row);
            profile.kind = kind;
            profile.id = cellText(chunk.column(1).text(row));
            profile.status = cellText(chunk.column(2).text(row));
            profile.name = cellText(chunk.column(3).text(row));
            profile.login = cellText(chunk.column(4).text(row));
            profile.lastUpdated = chunk.column(5).time(row);
            profile.seen = chunk.column(6).time(row);
            profile.bytes = bytes;
            profiles.push_back(std::move(profile));
        }
        return !stop.stop_requested();
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    if (stop.stop_requested()) {
        return event::failure(event::ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
    }
    return profiles;
}

} // namespace octotrail::store
