// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/duckdb/Connection.h"

#include <QStringList>
#include <cstdint>
#include <map>
#include <stop_token>
#include <string>

namespace octotrail::store {

/// Copies what can be read of every table but those of the events, their bytes, their chain and the version, from a
/// damaged store into a new one, column by column by their names. Gives a sentence for each table that is not whole.
event::Result<QStringList> salvageTables(
    duckdb::Connection &from, duckdb::Connection &into, const std::stop_token &stop);

} // namespace octotrail::store
