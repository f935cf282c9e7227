// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/BlockCodec.h"
#include "store/duckdb/Connection.h"

#include <functional>
#include <stop_token>

namespace octotrail::store {

/// Gives every block of a damaged store that can be read and unpacked, in the order of seq. Fails only with what visit
/// gives, with Cancelled, and if the table cannot be read at all.
event::Status salvageBlocks(duckdb::Connection &connection,
    const std::function<event::Status(const Block &, double fraction)> &visit, const std::stop_token &stop);

} // namespace octotrail::store
