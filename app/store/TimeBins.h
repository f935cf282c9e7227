// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/duckdb/Connection.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::store {

/// How often a value occurs in each of some equally long stretches of time.
struct TimeBins
{
    std::string value;
    std::vector<std::int64_t> counts; ///< one for each bin
};

/// Makes the aggregate time_bins(published, value, start, width, bins) known to the connection's database: it counts
/// TIMESTAMP and VARCHAR by bins of that many microseconds, from the first one's start on. What is before, after or
/// without a time is not counted; NULL counts as the empty text. In one pass, where a GROUP BY of two columns takes
/// twice as long.
event::Status registerTimeBins(duckdb::Connection &connection);

/// What time_bins gave for so many bins, in no order; nullopt if there were more than 256 different values.
std::optional<std::vector<TimeBins>> readTimeBins(std::string_view packed, std::size_t bins);

} // namespace octotrail::store
