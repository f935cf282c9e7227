// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/BlockSalvage.h"

#include "store/TolerantRead.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace octotrail::store {

namespace {

/// Rows whose places alone are read.
constexpr std::int64_t placesAtOnce = 61'440;
/// Rows that are read with their bytes: some eight megabytes.
constexpr std::int64_t rowsAtOnce = 2048;

/// A part of a block, and where its row is.
struct Part
{
    Seq block;
    std::int32_t part;
    std::int64_t place;
};

/// Neighbouring parts, whose rows are read together.
struct Group
{
    std::size_t begin;
    std::size_t end;
    std::int64_t firstPlace;
    std::int64_t lastPlace;
};

/// Whole blocks whose rows stand close together.
Group groupFrom(const std::vector<Part> &parts, std::size_t begin)
{
    Group group{begin, begin, parts[begin].place, parts[begin].place};
    while (group.end < parts.size()) {
        std::size_t next = group.end;
        std::int64_t low = group.firstPlace;
        std::int64_t high = group.lastPlace;
        for (; next < parts.size() && parts[next].block == parts[group.end].block; ++next) {
            low = std::min(low, parts[next].place);
            high = std::max(high, parts[next].place);
        }
        if (group.end > begin && high - low >= rowsAtOnce) {
            break;
        }
        group = {begin, next, low, high};
    }
    return group;
}

} // namespace

event::Status salvageBlocks(duckdb::Connection &connection,
    const std::function<event::Status(const Block &, double fraction)> &visit, const std::stop_token &stop)
{
    std::vector<Part> parts;
    TolerantRead places(connection, "blocks", "first_seq, part, rowid");
    const auto take = [&](const duckdb::Chunk &chunk) -> event::Status {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            parts.push_back({chunk.column(0).bigint(row), chunk.column(1).integer(row), chunk.column(2).bigint(row)});
        }
        return {};
    };
    if (event::Status listed = places.readAll(placesAtOnce, take, stop); !listed) {
        return listed;
    }
    std::ranges::sort(parts, {}, [](const Part &part) { return std::pair(part.block, part.part); });

    TolerantRead rows(connection, "blocks", "rowid, data");
    for (std::size_t begin = 0; begin < parts.size();) {
        const Group group = groupFrom(parts, begin);
        std::map<std::int64_t, std::string> data;
        const auto keep = [&](const duckdb::Chunk &chunk) -> event::Status {
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                data.emplace(chunk.column(0).bigint(row), chunk.column(1).text(row));
            }
            return {};
        };
        if (event::Status read = rows.read(group.firstPlace, group.lastPlace + 1, keep, stop); !read) {
            return read;
        }
        while (begin < group.end) {
            const Seq first = parts[begin].block;
            std::string packed;
            for (; begin < group.end && parts[begin].block == first; ++begin) {
                packed += data[parts[begin].place];
            }
            const auto block = unpack(packed, first);
            if (!block) {
                continue; // a part of it is missing
            }
            const double fraction = static_cast<double>(begin) / static_cast<double>(parts.size());
            if (event::Status visited = visit(**block, fraction); !visited) {
                return visited;
            }
        }
    }
    return {};
}

} // namespace octotrail::store
