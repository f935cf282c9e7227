// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/duckdb/MemoryBudget.h"

#include <array>
#include <cstdint>
#include <utility>

namespace octotrail::store {

/// What questions may take that lack memory, one after the other. The last is what few need, such as grouping by two
/// fields of millions of values: a quarter of the machine's memory, between one and two GB.
std::array<std::int64_t, 5> moreMegabytes();

/// Asks, and again with more memory as long as that was lacking.
/// @param mayAskAgain asked then: false if something of the answer was used that cannot be given once more
template <class F, class Condition>
auto withEnoughMemory(duckdb::Connection &connection, F ask, Condition mayAskAgain)
{
    duckdb::MemoryAllowance allowance(connection);
    auto answer = ask();
    for (const std::int64_t megabytes : moreMegabytes()) {
        if (!answer && answer.error().kind == event::ErrorKind::OutOfMemory && mayAskAgain()
            && allowance.set(megabytes)) {
            answer = ask();
        }
    }
    return answer;
}

template <class F>
auto withEnoughMemory(duckdb::Connection &connection, F ask)
{
    return withEnoughMemory(connection, std::move(ask), [] { return true; });
}

} // namespace octotrail::store
