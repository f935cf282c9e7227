// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "event/Timestamp.h"
#include "store/duckdb/Connection.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::store {

/// How often a value occurs in each of some stretches of time.
struct TimeBins
{
    std::string value;
    std::vector<std::int64_t> counts; ///< one for each bin
};

/// Makes the aggregate time_bins(published, value, edges) known to the connection's database: it counts TIMESTAMP and
/// VARCHAR by the stretches between packedEdges(). What is before, after or without a time is not counted; NULL counts
/// as the empty text. In one pass, where a GROUP BY of two columns takes twice as long.
event::Status registerTimeBins(duckdb::Connection &connection);

/// Where one stretch ends and the next one begins, in their order, as the function takes it.
std::string packedEdges(std::span<const event::Timestamp> edges);

/// What time_bins gave for so many bins, in no order; nullopt if there were more than 256 different values.
std::optional<std::vector<TimeBins>> readTimeBins(std::string_view packed, std::size_t bins);

} // namespace octotrail::store
