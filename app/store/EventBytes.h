// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/BlockReader.h"

#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace octotrail::store {

/// The bytes of the events, in their order; empty where there are none. Call the reader's extents() before.
event::Result<std::vector<std::string>> bytesOf(
    BlockReader &reader, std::span<const Seq> seqs, const std::stop_token &stop);

} // namespace octotrail::store
