// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/duckdb/Connection.h"

#include <cstdint>

namespace octotrail::store {

/// Bounds what DuckDB may take, in all connections of the store's file.
event::Status limitMemory(duckdb::Connection &connection, std::int64_t megabytes);

/// Lets it take what few questions need, such as grouping by two fields of millions of values: a quarter of the
/// machine's memory, between one and two GiB. Until the store rests.
event::Status allowMoreMemory(duckdb::Connection &connection);

/// Asks, and once more with more memory if that was lacking. Nothing of the first answer may have been used.
template <class F>
auto withEnoughMemory(duckdb::Connection &connection, F ask)
{
    auto answer = ask();
    if (!answer && answer.error().kind == event::ErrorKind::OutOfMemory && allowMoreMemory(connection)) {
        answer = ask();
    }
    return answer;
}

} // namespace octotrail::store
