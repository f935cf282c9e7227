// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/BlockCodec.h"
#include "store/FilePages.h"

#include <functional>

namespace octotrail::store {

/// Finds blocks of events in the pages of a file whose tables cannot be read any more. What a page of the blocks'
/// column looks like is DuckDB's: lengths from the front, the values from the back. A block that goes on in another
/// page goes on in the next one, mostly.
/// Gives each block that can be unpacked, with seqs from 0, in the order of the pages: also those that were removed
/// but not written over. Returns how many began but could not be unpacked.
event::Result<std::int64_t> carveBlocks(FilePages &pages, const std::function<event::Status(const Block &)> &visit,
    const std::function<void(qint64 page, qint64 pages)> &progress, const std::stop_token &stop);

} // namespace octotrail::store
