// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/MemoryLimit.h"

#include <algorithm>
#include <string>
#include <unistd.h>

namespace octotrail::store {

namespace {

constexpr std::int64_t bytesAMegabyte = 1'000'000; // as DuckDB counts MB

std::int64_t machineMegabytes()
{
    return (static_cast<std::int64_t>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGE_SIZE)) >> 20;
}

} // namespace

event::Status limitMemory(duckdb::Connection &connection, std::int64_t megabytes)
{
    return connection.run("SET memory_limit = '" + std::to_string(megabytes) + "MB'");
}

event::Status allowMemory(duckdb::Connection &connection, std::int64_t megabytes)
{
    return connection.query("SELECT parse_formatted_bytes(current_setting('memory_limit'))::BIGINT")
        .and_then([&](duckdb::QueryResult &&limit) {
            return limit.number() >= megabytes * bytesAMegabyte ? event::Status() : limitMemory(connection, megabytes);
        });
}

std::array<std::int64_t, 2> moreMegabytes()
{
    return {512, std::clamp<std::int64_t>(machineMegabytes() / 4, 1024, 2048)};
}

} // namespace octotrail::store
