// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/duckdb/Connection.h"

#include <cstdint>
#include <utility>

namespace octotrail::store {

/// Bounds what DuckDB may take, in all connections of the store's file.
event::Status limitMemory(duckdb::Connection &connection, std::int64_t megabytes);

/// Lets it take what few questions need, such as grouping by two fields of millions of values: a quarter of the
/// machine's memory, between one and two GB. Until the store rests.
event::Status allowMoreMemory(duckdb::Connection &connection);

/// Asks, and once more with more memory if that was lacking.
/// @param mayAskAgain asked then: false if something of the first answer was used that cannot be given once more
template <class F, class Condition>
auto withEnoughMemory(duckdb::Connection &connection, F ask, Condition mayAskAgain)
{
    auto answer = ask();
    if (!answer && answer.error().kind == event::ErrorKind::OutOfMemory && mayAskAgain()
        && allowMoreMemory(connection)) {
        answer = ask();
    }
    return answer;
}

template <class F>
auto withEnoughMemory(duckdb::Connection &connection, F ask)
{
    return withEnoughMemory(connection, std::move(ask), [] { return true; });
}

} // namespace octotrail::store
