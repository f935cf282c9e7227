// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace octotrail::store {

class Store;

/// An event as it came, not read.
struct RawEvent
{
    Seq seq = 0;
    SourceId source = 0;
    std::string bytes;
};

/// Takes the next of many, some thousand at a time; false ends it.
using TakeRawEvents = std::function<bool(std::vector<RawEvent> events)>;

/// As Store::forEachEvent(): all on one snapshot, in the query's order. total is told before the first.
event::Status forEachRaw(Store &store, const EventQuery &query, const std::function<void(std::int64_t total)> &total,
    const TakeRawEvents &take, const std::stop_token &stop);

} // namespace octotrail::store
