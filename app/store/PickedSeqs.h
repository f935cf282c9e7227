// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"
#include "store/duckdb/Connection.h"

#include <span>

namespace octotrail::store {

/// Makes the temporary table picked(position, seq) of the connection, which goes with the caller's transaction: for
/// queries over events that only their bytes could choose.
event::Status pickSeqs(duckdb::Connection &connection, std::span<const Seq> seqs);

} // namespace octotrail::store
