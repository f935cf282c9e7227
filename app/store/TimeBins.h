// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/duckdb/Connection.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::store {

/// How often each value occurs in each of some equally long stretches of time.
struct TimeBins
{
    struct Value
    {
        std::string text;
        std::vector<std::int64_t> counts; ///< one for each bin
    };

    std::vector<Value> values; ///< as many as are told apart, in no order
    std::vector<std::int64_t> others; ///< of those that came after them, together; may be empty
};

/// Makes the aggregate time_bins(published, value, start, width, bins) known to the connection's database: it counts
/// TIMESTAMP and VARCHAR by bins of that many microseconds, from the first one's start on. What is before, after or
/// without a time is not counted; NULL counts as the empty text. In one pass, where a GROUP BY of two columns takes
/// three times as long.
event::Status registerTimeBins(duckdb::Connection &connection);

/// What time_bins gave for so many bins.
TimeBins readTimeBins(std::string_view packed, std::size_t bins);

} // namespace octotrail::store
