// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/Records.h"

#include <stop_token>
#include <vector>

namespace octotrail::store {

class Store;

/// The events of the query, in its order. Any thread; waits for the disk.
event::Result<std::vector<Seq>> seqsOf(Store &store, const EventQuery &query, const std::stop_token &stop = {});

} // namespace octotrail::store
