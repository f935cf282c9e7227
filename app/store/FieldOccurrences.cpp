// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/FieldOccurrences.h"

#include "filter/ProfilePath.h"
#include "filter/Tree.h"
#include "store/AlertSql.h"
#include "store/Schema.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <unordered_map>

namespace octotrail::store {

namespace {

using Occurrences = std::vector<FieldCensus::Occurrence>;

constexpr int mostKeys = 300;
constexpr std::size_t mostProfileFields = 64;
/// Which of the profile fields somebody's profile has.
using ProfileMask = std::bitset<mostProfileFields>;

/// What leads from an event to profiles: the id of the first of these is that of a user, say.
struct ProfileRole
{
    std::string_view prefix; ///< of the paths
    bool ofDevice;
    std::string_view ids; ///< rows of seq and id, of the events in "newest"
};
constexpr std::array profileRoles{
    ProfileRole{"actor.profile.", false, "SELECT seq, \"actor.id\" AS id FROM newest"},
    ProfileRole{"target.profile.", false, "SELECT seq, struct_extract(unnest(target), 'id') AS id FROM newest"},
    ProfileRole{"device.profile.", true, "SELECT seq, \"device.id\" AS id FROM newest"},
};

/// The events that are asked for profiles, as a CTE before a statement.
std::string withNewest()
{
    return R"(WITH newest AS (SELECT seq, "actor.id", "device.id", target FROM events WHERE )"
        + newestEvents(FieldCensus::sampleOfProfiles) + ") ";
}

/// Where the profile fields stand in the JSON of a user or device.
const std::vector<event::FieldPath> &pathsInJson()
{
    static const std::vector<event::FieldPath> all = [] {
        std::vector<event::FieldPath> paths;
        for (const filter::ProfileField &field : filter::profileFields()) {
            const event::FieldPath path("actor.profile." + std::string(field.path));
            paths.push_back(filter::profilePath(path)->path);
        }
        return paths;
    }();
    return all;
}

ProfileMask maskOf(std::string_view json)
{
    ProfileMask mask;
    std::size_t bit = 0;
    for (const event::FieldPath &path : pathsInJson()) {
        event::visitValues(json, path, [&](std::string_view value, event::JsonKind) {
            mask[bit] = mask[bit] || !value.empty();
            return !mask[bit];
        });
        ++bit;
    }
    return mask;
}

/// Most cases have no annotations, and an archive has no profiles: then nothing is to be looked for in the events.
event::Result<bool> hasRows(duckdb::Connection &connection, const std::string &table)
{
    return connection.query("SELECT count(*) FROM (SELECT 1 FROM " + table + " LIMIT 1)")
        .map([](duckdb::QueryResult &&result) { return result.number() > 0; });
}

event::Result<std::unordered_map<std::string, ProfileMask>> readMasks(duckdb::Connection &connection)
{
    if (const auto known = hasRows(connection, "profiles"); !known || !*known) {
        return known.map([](bool) { return std::unordered_map<std::string, ProfileMask>(); });
    }
    std::string ids;
    for (const ProfileRole &role : profileRoles) {
        ids += (ids.empty() ? "SELECT id FROM (" : " UNION SELECT id FROM (") + std::string(role.ids) + ")";
    }
    std::unordered_map<std::string, ProfileMask> masks;
    const event::Status read
        = alertsql::forEachRow(connection, withNewest() + "SELECT id, bytes FROM profiles WHERE id IN (" + ids + ")",
            {}, [&](const duckdb::Chunk &chunk, std::size_t row) {
                masks.try_emplace(std::string(chunk.column(0).text(row)), maskOf(chunk.column(1).text(row)));
            });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return masks;
}

/// How often each of the profile fields is found that way.
event::Result<std::array<std::int64_t, mostProfileFields>> countMasks(
    duckdb::Connection &connection, const std::unordered_map<std::string, ProfileMask> &masks, const ProfileRole &role)
{
    std::array<std::int64_t, mostProfileFields> counts{};
    if (masks.empty()) {
        return counts;
    }
    std::int64_t seq = -1;
    ProfileMask ofEvent;
    const auto add = [&] {
        for (std::size_t bit = 0; bit < mostProfileFields; ++bit) {
            counts[bit] += ofEvent[bit] ? 1 : 0;
        }
        ofEvent.reset();
    };
    const event::Status read = alertsql::forEachRow(connection,
        withNewest() + "SELECT seq, id FROM (" + std::string(role.ids) + ") WHERE id IS NOT NULL ORDER BY seq", {},
        [&](const duckdb::Chunk &chunk, std::size_t row) {
            if (chunk.column(0).bigint(row) != seq) {
                add();
                seq = chunk.column(0).bigint(row);
            }
            if (const auto mask = masks.find(std::string(chunk.column(1).text(row))); mask != masks.end()) {
                ofEvent |= mask->second;
            }
        });
    add();
    if (!read) {
        return tl::unexpected(read.error());
    }
    return counts;
}

event::Status addFields(duckdb::Connection &connection, FieldCensus::Census &census)
{
    std::string sql = "SELECT count(*)";
    for (const event::Field &field : event::fields()) {
        sql += ", count(" + schema::quoted(field.path) + ")";
    }
    sql += ", count(*) FILTER (WHERE len(target) > 0) FROM events WHERE " + newestEvents(FieldCensus::sample);
    return alertsql::forEachRow(connection, sql, {}, [&](const duckdb::Chunk &chunk, std::size_t row) {
        census.events = chunk.column(0).bigint(row);
        std::size_t column = 1;
        for (const event::Field &field : event::fields()) {
            census.fields.push_back({std::string(field.path), chunk.column(column++).bigint(row)});
        }
        for (const std::string_view member : event::targetMembers) {
            census.fields.push_back({"target." + std::string(member), chunk.column(column).bigint(row)});
        }
        // Each event with a time has its hour.
        const std::int64_t published = census.fields[event::field::Published].events;
        for (const std::string_view part : filter::tree::timePartNames) {
            census.fields.push_back({"published." + std::string(part), published});
        }
    });
}

event::Status addAnnotations(duckdb::Connection &connection, Occurrences &fields)
{
    const auto known = hasRows(connection, "annotations");
    if (!known || !*known) {
        for (const filter::AnnotationField &field : filter::annotationFields()) {
            fields.push_back({std::string(field.path), 0});
        }
        return known.map([](bool) {});
    }
    return alertsql::forEachRow(connection,
        "SELECT count(*), count(*) FILTER (WHERE len(tags) > 0), count(*) FILTER (WHERE note <> '') FROM annotations "
        "WHERE uuid IN (SELECT uuid FROM events WHERE "
            + newestEvents(FieldCensus::sample) + ")",
        {}, [&](const duckdb::Chunk &chunk, std::size_t row) {
            std::size_t column = 0;
            for (const filter::AnnotationField &field : filter::annotationFields()) {
                fields.push_back({std::string(field.path), chunk.column(column++).bigint(row)});
            }
        });
}

/// Of the events' number of which the others are counted.
event::Status addProfiles(duckdb::Connection &connection, FieldCensus::Census &census)
{
    const auto masks = readMasks(connection);
    if (!masks) {
        return tl::unexpected(masks.error());
    }
    const std::int64_t looked = std::min(census.events, FieldCensus::sampleOfProfiles);
    for (const ProfileRole &role : profileRoles) {
        const auto counts = countMasks(connection, *masks, role);
        if (!counts) {
            return tl::unexpected(counts.error());
        }
        std::size_t bit = 0;
        for (const filter::ProfileField &field : filter::profileFields()) {
            const std::int64_t found = (*counts)[bit++];
            if (field.ofDevice == role.ofDevice) {
                census.fields.push_back({std::string(role.prefix) + std::string(field.path),
                    looked == 0 ? 0 : found * census.events / looked});
            }
        }
    }
    return {};
}

event::Status addKeys(duckdb::Connection &connection, Occurrences &fields)
{
    return alertsql::forEachRow(connection,
        "SELECT k, count(*) FROM (SELECT unnest(map_keys(\"debugData\")) AS k FROM events WHERE "
            + newestEvents(FieldCensus::sample) + ") GROUP BY k ORDER BY 2 DESC, 1 LIMIT " + std::to_string(mostKeys),
        {}, [&](const duckdb::Chunk &chunk, std::size_t row) {
            fields.push_back({std::string(event::debugDataPrefix) + std::string(chunk.column(0).text(row)),
                chunk.column(1).bigint(row)});
        });
}

} // namespace

std::string newestEvents(std::int64_t count)
{
    return "seq > (SELECT max(seq) FROM events) - " + std::to_string(count);
}

event::Result<FieldCensus::Census> readFieldOccurrences(duckdb::Connection &connection)
{
    FieldCensus::Census census;
    const event::Status read = addFields(connection, census)
                                   .and_then([&] { return addAnnotations(connection, census.fields); })
                                   .and_then([&] { return addProfiles(connection, census); })
                                   .and_then([&] { return addKeys(connection, census.fields); });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return census;
}

} // namespace octotrail::store
